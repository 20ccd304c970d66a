using ChatLock.Gateway.Page;
using ChatLock.Gateway.Settings;
using ChatLock.Protocol.Wire;
using Microsoft.Extensions.Time.Testing;

namespace ChatLock.Gateway.Tests.BadInput;

/// <summary>A gateway in this process on free ports, with a bystander in the lobby who must not notice anything.</summary>
public sealed class GatewayRig : IAsyncDisposable
{
    /// <summary>A guard against hanging, not an assertion about speed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _data;

    private GatewayRig(GatewayHost host, DirectoryInfo data, RawClient bystander) =>
        (Host, _data, Bystander) = (host, data, bystander);

    public GatewayHost Host { get; }

    public RawClient Bystander { get; }

    public static Task<GatewayRig> StartAsync(params (string Key, string Value)[] settings) =>
        StartOnAsync(TimeProvider.System, null, settings);

    /// <param name="page">What is served to browsers instead of the built page.</param>
    public static Task<GatewayRig> StartAsync(PageFiles? page, params (string Key, string Value)[] settings) =>
        StartOnAsync(TimeProvider.System, page, settings);

    /// <param name="time">The clock of its sessions. One that stands still lets a slow machine be late for nothing.</param>
    public static Task<GatewayRig> StartAsync(FakeTimeProvider time, params (string Key, string Value)[] settings) =>
        StartOnAsync(time, null, settings);

    private static async Task<GatewayRig> StartOnAsync(TimeProvider time, PageFiles? page, (string Key, string Value)[] settings)
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
        var host = await GatewayHost.StartAsync(SettingsLayers.Merge(all, [], file: null), time, page);
        return new GatewayRig(host, data, await RawClient.EnterAsync(host.TcpPlain!, "bystander"));
    }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Host.TcpPlain!);

    public Task<RawClient> EnterAsync(string name) => RawClient.EnterAsync(Host.TcpPlain!, name);

    /// <summary>The bystander talks on as if nothing had happened, and the reason was counted.</summary>
    public async Task AssertOnlyCountedAsync(CloseReason reason, long times = 1)
    {
        var reply = await Bystander.ReplyToAsync(await Bystander.PostAsync("on it goes"));
        Assert.NotNull(reply.Accepted);
        // Counted by another actor than the one that says goodbye.
        Assert.True(SpinWait.SpinUntil(() => Host.Server.Counters.Closes(reason) >= times, Patience));
        Assert.Equal(times, Host.Server.Counters.Closes(reason));
    }

    public static Task<T> WhileTimePassesAsync<T>(FakeTimeProvider time, Task<T> done) =>
        PassingTime.WhileAsync(() => time.Advance(TimeSpan.FromMilliseconds(100)), done);

    /// <summary>A clock that shows today and stands still.</summary>
    public static FakeTimeProvider StandingClock() => new(TimeProvider.System.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        Bystander.Dispose();
        await Host.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
