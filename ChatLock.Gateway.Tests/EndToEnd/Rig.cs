using System.Net;
using System.Text.RegularExpressions;
using ChatLock.Gateway.Tests.BadInput;
using ChatLock.Protocol.Wire;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>A gateway and terminal clients as real processes, each client with a data folder of its own.</summary>
public sealed partial class Rig : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatlock-e2e-");
    private readonly List<Child> _children = [];

    private Rig(Child gateway, IPEndPoint tls, IPEndPoint plain) => (Gateway, Tls, Plain) = (gateway, tls, plain);

    public Child Gateway { get; }

    public IPEndPoint Tls { get; }

    public IPEndPoint Plain { get; }

    public static async Task<Rig> StartAsync(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("chatlock-e2e-");
        var gateway = Child.Start(
            "gateway", "ChatLock.Gateway", "chatlock-gateway.dll",
            [
                "--data-folder", data.FullName,
                "--listen.tcp", "127.0.0.1:0", "--listen.tcp-plain", "127.0.0.1:0",
                "--listen.page", "127.0.0.1:0", "--listen.page-tls", "", .. settings,
            ]);
        var tls = Endpoint().Match(await gateway.ReadUntilAsync("on this machine:"));
        var plain = Endpoint().Match(await gateway.ReadUntilAsync("plain://"));
        var rig = new Rig(gateway, IPEndPoint.Parse(tls.Value), IPEndPoint.Parse(plain.Value));
        await rig.LetsInAsync();
        return rig;
    }

    /// <summary>It listens before it has read what it stores, and whoever comes then waits; a terminal client not for ever.</summary>
    private async Task LetsInAsync()
    {
        using var early = await RawClient.EnterAsync(Plain, "early");
        await early.SendAsync(new ClientFrame { Bye = new Bye() });
        Assert.Equal(CloseReason.Left, await early.CloseReasonAsync());
    }

    /// <summary>A terminal client over pipes, in the lobby under this name.</summary>
    public async Task<Child> JoinAsync(string name, params string[] more)
    {
        var client = Start(name, [Tls.ToString(), "--name", name, .. more]);
        await client.ReadUntilAsync($"as {name}");
        return client;
    }

    /// <summary>A terminal client with these arguments.</summary>
    public Child Start(string dataName, params string[] arguments)
    {
        var client = Child.Start(
            dataName, "ChatLock.ConsoleClient", "chatlock.dll", ["join", .. arguments, "--plain", "--data", Path.Combine(_folder.FullName, dataName)]);
        _children.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _children)
            await child.DisposeAsync();
        await Gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Endpoint();
}
