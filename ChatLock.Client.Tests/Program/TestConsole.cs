using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;
using ChatLock.Client.Tests.Scenarios;
using ChatLock.ConsoleClient;
using ChatLock.ConsoleClient.Terminal;

namespace ChatLock.Client.Tests.Program;

/// <summary>The program in this process, over pipes: what is typed, what it prints, how it ends.</summary>
internal sealed class TestConsole : IDisposable
{
    private readonly Pipe _input = new();
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("chatlock-test-");
    private readonly CancellationTokenSource _patience = new(ScriptedServer.Patience);

    public TestConsole() => Environment = new() { ["HOME"] = _home.FullName };

    public Dictionary<string, string> Environment { get; }

    public LineSink Out { get; } = new();

    public LineSink Error { get; } = new();

    public Task<int> Start(params string[] args) => Task.Run(() => new ConsoleApp(new ConsoleIo
    {
        In = _input.Reader.AsStream(),
        Out = Out,
        Error = Error,
        InIsTerminal = false,
        OutIsTerminal = false,
        ErrorIsTerminal = false,
        Environment = Environment,
        Columns = () => 80,
    }).RunAsync(args)).WaitAsync(_patience.Token);

    public async Task TypeAsync(string line) => await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), _patience.Token);

    public void EndInput() => _input.Writer.Complete();

    public void Dispose()
    {
        _home.Delete(recursive: true);
        _patience.Dispose();
    }
}

/// <summary>A stream whose lines can be waited for.</summary>
internal sealed class LineSink : MemoryStream
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _partial = new();

    /// <summary>All lines so far.</summary>
    public List<string> All { get; } = [];

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => Take(Encoding.UTF8.GetString(buffer));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>The next line that holds this text; what comes before it is passed over.</summary>
    public async Task<string> UntilAsync(string text)
    {
        using var patience = new CancellationTokenSource(ScriptedServer.Patience);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(patience.Token);
                if (line.Contains(text, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"\"{text}\" was never printed, but: {string.Join(" | ", All)}");
        }
    }

    private void Take(string text)
    {
        lock (All)
        {
            foreach (var c in text)
            {
                if (c != '\n')
                {
                    _partial.Append(c);
                    continue;
                }
                All.Add(_partial.ToString());
                _lines.Writer.TryWrite(_partial.ToString());
                _partial.Clear();
            }
        }
    }
}
