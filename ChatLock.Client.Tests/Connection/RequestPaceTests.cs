using ChatLock.Client.Connection;
using ChatLock.Protocol.Session;
using CsCheck;

namespace ChatLock.Client.Tests.Connection;

public sealed class RequestPaceTests
{
    private static readonly SessionLimits Limits = new();

    [Fact]
    public void Four_fifths_of_the_burst_go_at_once_and_then_it_waits()
    {
        var pace = RequestPace.Under(Limits.ToWire(32), nowMs: 0);
        for (var sent = 0; sent < 40; sent++)
        {
            Assert.True(pace.TryTake(isMessage: true, 0, out pace, out _));
            pace = pace.Answered();
        }
        Assert.False(pace.TryTake(isMessage: true, 0, out pace, out var waitMs));
        Assert.Equal(125u, waitMs);
        Assert.True(pace.TryTake(isMessage: false, 0, out _, out _));
    }

    [Fact]
    public void Requests_without_an_answer_hold_the_next_ones_back()
    {
        var pace = RequestPace.Under(new SessionLimits { InFlightMax = 5 }.ToWire(32), 0);
        for (var sent = 0; sent < 4; sent++)
            Assert.True(pace.TryTake(true, 0, out pace, out _));
        Assert.False(pace.TryTake(true, 0, out pace, out var waitMs));
        Assert.Equal(0u, waitMs);
        Assert.True(pace.Answered().TryTake(true, 0, out _, out _));
    }

    [Fact]
    public void What_nobody_waits_for_goes_while_half_of_the_burst_is_left()
    {
        var pace = RequestPace.Under(Limits.ToWire(32), nowMs: 0);
        for (var sent = 0; sent < 19; sent++)
        {
            Assert.True(pace.HasRoom(0, out _));
            Assert.True(pace.TryTake(isMessage: sent % 2 == 0, 0, out pace, out _));
            pace = pace.Answered();
        }
        for (var sent = 0; sent < 20; sent++)
            Assert.True(pace.TryTake(isMessage: true, 0, out pace, out _));
        Assert.False(pace.HasRoom(0, out var waitMs));
        Assert.Equal(11 * 125u, waitMs); // 40 - 10 - 20 are left, 21 are wanted
        for (var sent = 0; sent < 20; sent++)
            pace = pace.Answered();
        Assert.False(pace.HasRoom(waitMs - 1, out _));
        Assert.True(pace.HasRoom(waitMs, out _));
    }

    [Fact]
    public void What_nobody_waits_for_goes_while_half_of_the_answers_are_there()
    {
        var pace = RequestPace.Under(new SessionLimits { InFlightMax = 5 }.ToWire(32), 0);
        for (var sent = 0; sent < 2; sent++)
        {
            Assert.True(pace.HasRoom(0, out _));
            Assert.True(pace.TryTake(true, 0, out pace, out _));
        }
        Assert.False(pace.HasRoom(0, out var waitMs));
        Assert.Equal(0u, waitMs);
        Assert.True(pace.Answered().HasRoom(0, out _));
    }

    [Fact]
    public void However_the_network_bunches_what_was_sent_the_server_never_refuses_it() =>
        Gen.Int[0, 900].Array[50, 200].Sample(gapsMs =>
        {
            var pace = RequestPace.Under(Limits.ToWire(32), 0);
            var server = TokenBucket.Full(Limits.PostsBurst, 0);
            long nowMs = 0;
            foreach (var gapMs in gapsMs)
            {
                nowMs += gapMs;
                if (!pace.TryTake(true, nowMs, out pace, out _))
                    continue;
                pace = pace.Answered();
                // Up to a second of delay, so that what was sent in a second can arrive at once.
                var arrivesMs = (nowMs + 999) / 1000 * 1000;
                if (!server.TryTake(Limits.PostsPerSecond, Limits.PostsBurst, arrivesMs, out server, out _))
                    return false;
            }
            return true;
        });
}
