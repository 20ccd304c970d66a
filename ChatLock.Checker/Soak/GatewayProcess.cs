using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ChatLock.Checker.Soak;

/// <summary>A gateway as a process of its own, that can be killed and started again with the same data and ports.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private const int Sigterm = 15;

    /// <summary>What is kept of its output; what follows is read and thrown away.</summary>
    private const long OutputMaxCharacters = 64 * 1024 * 1024;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly SoakSettings _settings;
    private readonly StreamWriter _output;
    private readonly Lock _gate = new();
    private Process? _process;
    private TaskCompletionSource _ready = new();
    private long _written;

    private GatewayProcess(SoakSettings settings)
    {
        _settings = settings;
        Directory.CreateDirectory(DataFolder);
        _output = new StreamWriter(OutputFile) { AutoFlush = true };
    }

    public string DataFolder => Path.Combine(_settings.Folder, "data");

    /// <summary>All that it prints, and how it was started.</summary>
    public string OutputFile => Path.Combine(_settings.Folder, "gateway.log");

    public IPEndPoint Tls { get; private set; } = new(IPAddress.Loopback, 0);

    public IPEndPoint Plain { get; private set; } = new(IPAddress.Loopback, 0);

    public int Kills { get; private set; }

    public static async Task<GatewayProcess> StartAsync(SoakSettings settings)
    {
        if (!File.Exists(settings.Gateway))
            throw new SoakException($"There is no gateway at {settings.Gateway}. Build it first: dotnet build ChatLock.sln -c Release");
        var gateway = new GatewayProcess(settings);
        await gateway.StartAsync().ConfigureAwait(false);
        return gateway;
    }

    /// <summary>kill -9, and another one with the same data.</summary>
    public async Task KillAndRestartAsync()
    {
        await KillAsync().ConfigureAwait(false);
        Kills++;
        await StartAsync().ConfigureAwait(false);
    }

    /// <summary>Asks it to stop, so that all its files are written.</summary>
    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        _ = Kill(process.Id, Sigterm);
        using var patience = new CancellationTokenSource(StopPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new SoakException($"The gateway didn't stop within {StopPatience.TotalSeconds} s of being asked to.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        await _output.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            _settings.Gateway, "--data-folder", DataFolder,
            "--listen.tcp", Tls.ToString(), "--listen.tcp-plain", Plain.ToString(), "--listen.page", "", "--listen.page-tls", "",
            "--limits.posts-per-second", "1000", "--limits.posts-burst", "1000",
            .. _settings.GatewayArguments,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => _ready.TrySetException(new SoakException($"The gateway ended before it was ready; {OutputFile} says why."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await _ready.Task.WaitAsync(StartPatience).ConfigureAwait(false);
    }

    private async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
        _process = null;
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            if ((_written += line.Length) < OutputMaxCharacters)
                _output.WriteLine(line);
        }
        if (PlainLine().Match(line) is { Success: true } plain)
            Plain = IPEndPoint.Parse(plain.Groups[1].Value);
        if (TlsLine().Match(line) is { Success: true } tls)
            Tls = IPEndPoint.Parse(tls.Groups[1].Value);
        if (line.Contains("fingerprint", StringComparison.Ordinal))
            _ready.TrySetResult();
    }

    [GeneratedRegex(@"\bplain://(\S+)")]
    private static partial Regex PlainLine();

    [GeneratedRegex(@"this machine:.* (127\.0\.0\.1:\d+)")]
    private static partial Regex TlsLine();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}

/// <summary>A soak that couldn't be made or came to no judgement: its sentence says why.</summary>
public sealed class SoakException : Exception
{
    public SoakException()
    {
    }

    public SoakException(string message) : base(message)
    {
    }

    public SoakException(string message, Exception inner) : base(message, inner)
    {
    }
}
