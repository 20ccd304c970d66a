using ChatLock.Gateway.Page;
using ChatLock.Gateway.Settings;
using ChatLock.Protocol.Wire;

namespace ChatLock.Gateway.Tests.BadInput;

/// <summary>A gateway in this process on free ports, with a bystander in the lobby who must not notice anything.</summary>
public sealed class GatewayRig : IAsyncDisposable
{
    private readonly DirectoryInfo _data;

    private GatewayRig(GatewayHost host, DirectoryInfo data, RawClient bystander) =>
        (Host, _data, Bystander) = (host, data, bystander);

    public GatewayHost Host { get; }

    public RawClient Bystander { get; }

    public static Task<GatewayRig> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <param name="page">What is served to browsers instead of the built page.</param>
    public static async Task<GatewayRig> StartAsync(PageFiles? page, params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("chatlock-test-");
        var all = new Dictionary<string, string>
        {
            ["data-folder"] = data.FullName,
            ["listen.tcp"] = "127.0.0.1:0",
            ["listen.tcp-plain"] = "127.0.0.1:0",
            ["listen.page"] = "127.0.0.1:0",
            ["listen.page-tls"] = "127.0.0.1:0",
            ["tick-interval"] = "100 ms",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        var host = await GatewayHost.StartAsync(SettingsLayers.Merge(all, [], file: null), TimeProvider.System, page);
        return new GatewayRig(host, data, await RawClient.EnterAsync(host.TcpPlain!, "bystander"));
    }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Host.TcpPlain!);

    public Task<RawClient> EnterAsync(string name) => RawClient.EnterAsync(Host.TcpPlain!, name);

    /// <summary>The bystander talks on as if nothing had happened, and the reason was counted.</summary>
    public async Task AssertOnlyCountedAsync(CloseReason reason, long times = 1)
    {
        var reply = await Bystander.ReplyToAsync(await Bystander.PostAsync("on it goes"));
        Assert.NotNull(reply.Accepted);
        Assert.Equal(times, Host.Server.Counters.Closes(reason));
    }

    public async ValueTask DisposeAsync()
    {
        Bystander.Dispose();
        await Host.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
