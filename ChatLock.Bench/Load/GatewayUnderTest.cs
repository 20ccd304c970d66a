using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ChatLock.Bench.Load;

/// <summary>A gateway of our own: a child process on free loopback ports, with the limits that would end a benchmark raised.</summary>
internal sealed partial class GatewayUnderTest : IDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private GatewayUnderTest(Process process, DirectoryInfo data) => (_process, _data) = (process, data);

    public IPEndPoint Tls { get; private set; } = new(IPAddress.Loopback, 0);

    public IPEndPoint Plain { get; private set; } = new(IPAddress.Loopback, 0);

    public ProcessUsage Usage => ProcessUsage.Of(_process.Id);

    /// <summary>What its data folder holds on the disk.</summary>
    public long DataBytes => _data.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public static GatewayUnderTest Start(params string[] more)
    {
        var data = Directory.CreateTempSubdirectory("chatlock-bench-");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "chatlock-gateway.dll"),
            "--data-folder", data.FullName,
            "--listen.tcp", "127.0.0.1:0", "--listen.tcp-plain", "127.0.0.1:0", "--listen.page", "", "--listen.page-tls", "",
            "--limits.posts-per-second", "1000000", "--limits.posts-burst", "1000000", "--limits.hello-timeout", "600 s",
            .. more,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("the gateway didn't start");
        var gateway = new GatewayUnderTest(process, data);
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        process.BeginErrorReadLine();
        gateway.ReadBanner();
        return gateway;
    }

    public void Dispose()
    {
        _ = Kill(_process.Id, Sigterm);
        if (!_process.WaitForExit(StopPatience))
            _process.Kill();
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private static void Forward(string? line)
    {
        if (line is not null)
            Console.Error.WriteLine($"gateway: {line}");
    }

    private void ReadBanner()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (PlainLine().Match(line) is { Success: true } plain)
                Plain = IPEndPoint.Parse(plain.Groups[1].Value);
            if (TlsLine().Match(line) is { Success: true } tls)
                Tls = IPEndPoint.Parse(tls.Groups[1].Value);
            if (line.Contains("fingerprint", StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException("the gateway ended before it was ready");
    }

    [GeneratedRegex(@"\bplain://(\S+)")]
    private static partial Regex PlainLine();

    [GeneratedRegex(@"this machine:.* (127\.0\.0\.1:\d+)")]
    private static partial Regex TlsLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
