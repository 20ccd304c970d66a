using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Microsoft.Extensions.Time.Testing;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Actors.Tests.Report;

/// <summary>What ends by the clock, with a clock of the test's own.</summary>
public sealed class ClockTests : ServerRig
{
    private readonly FakeTimeProvider _time;

    public ClockTests()
        : this(new FakeTimeProvider())
    {
    }

    private ClockTests(FakeTimeProvider time)
        : base(new SessionLimits(), time) => _time = time;

    [Fact]
    public async Task Who_falls_silent_is_asked_then_closed_and_everyone_is_told()
    {
        var silent = await EnterAsync("silent");
        var watcher = await EnterAsync("watcher");

        _time.Advance(TimeSpan.FromSeconds(21));
        var ping = (await silent.NextAsync(BodyOneofCase.Ping)).Ping;
        Assert.Equal(1UL, ping.Nonce);
        await watcher.SettleAsync();
        _time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(CloseReason.Silent, (await silent.NextAsync(BodyOneofCase.Close)).Close.Reason);
        // The lobby counts from when it hears of the end, and what is told in the lobby after that, it takes later.
        await watcher.ReplyToAsync(watcher.Post("whoever answers this has heard of it"));
        await PassAsync(TimeSpan.FromSeconds(12), watcher);
        var away = (await watcher.FindAsync(frame => frame.Presence?.Away.Count > 0)).Presence;
        Assert.Equal("silent", away.Away[0].Name);
        await PassAsync(TimeSpan.FromSeconds(300), watcher);
        var seen = (await watcher.FindAsync(frame => frame.Presence?.Left.Count > 0)).Presence;
        Assert.Equal(("silent", CloseReason.ConnectionLost), (seen.Left[0].Member.Name, seen.Left[0].Reason));
        Assert.DoesNotContain(watcher.Everything, frame => frame.Presence?.Joined.Any(member => member.Name == "silent") == true
            && frame.Presence.Left.Count > 0);
    }

    /// <summary>Time passes, while this one is heard from.</summary>
    private async Task PassAsync(TimeSpan time, TestClient heard)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(4))
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            await heard.SettleAsync();
        }
    }

    [Fact]
    public async Task Who_never_says_hello_is_closed()
    {
        var mute = await TestClient.ConnectAsync(Server);

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(CloseReason.HelloTimeout, (await mute.NextAsync(BodyOneofCase.Close)).Close.Reason);
    }

    [Fact]
    public async Task Who_begins_a_frame_and_never_ends_it_is_closed_though_bytes_keep_coming()
    {
        var dripping = await EnterAsync("dripping");
        dripping.PartialSinceMs = 0;

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(CloseReason.FrameTimeout, (await dripping.NextAsync(BodyOneofCase.Close)).Close.Reason);
    }
}
