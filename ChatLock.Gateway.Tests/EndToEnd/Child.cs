using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>A real process of the project's: its lines are read as they come, its end is waited for, its pid is ours.</summary>
public sealed class Child : IAsyncDisposable
{
    /// <summary>A guard against hanging, not an assertion about speed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const int Sigterm = 15;
    private readonly Process _process;
    private readonly string _name;
    private readonly ConcurrentQueue<string> _all = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private int _ended;

    private Child(string name, Process process)
    {
        (_name, _process) = (name, process);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    public int Id => _process.Id;

    /// <summary>All that it has printed, both streams.</summary>
    public string Everything => string.Join('\n', _all);

    /// <summary>Starts a program from its own project's output, as a user would.</summary>
    public static Child Start(string name, string project, string assembly, params string[] arguments)
    {
        var folder = AppContext.BaseDirectory.Replace("ChatLock.Gateway.Tests", project, StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(folder, assembly) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var child = new Child(name, new Process { StartInfo = start });
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <summary>The next line that holds this text; what came before it is passed over.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(patience.Token);
                if (line.Contains(text, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"{_name} never printed \"{text}\". It printed:\n{Everything}");
        }
    }

    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitCodeAsync();
    }

    public void Terminate() => _ = Kill(_process.Id, Sigterm);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            // Both streams have ended: nothing more will come, so nobody needs to wait for it.
            if (Interlocked.Increment(ref _ended) == 2)
                _lines.Writer.TryComplete();
            return;
        }

        _all.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
