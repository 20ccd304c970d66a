using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>What time alone does; time comes as Tick.</summary>
public sealed class ServerClockTests
{
    [Theory]
    [InlineData(SessionPhase.AwaitHello)]
    [InlineData(SessionPhase.Claiming)]
    [InlineData(SessionPhase.Entering)]
    public void A_name_must_be_granted_in_time(SessionPhase phase)
    {
        var run = new ServerRun().To(phase);

        Assert.Empty(run.Tick(60_000));
        Assert.Equal(["close hello-timeout"], run.Tick(60_001));
    }

    [Fact]
    public void The_time_for_hello_is_not_begun_anew_by_a_refusal()
    {
        var run = new ServerRun { NowMs = 59_000 };
        run.Hello("no name");

        Assert.Equal(["close hello-timeout"], run.Tick(60_001));
    }

    [Fact]
    public void Whoever_thinks_of_a_name_may_be_silent_for_as_long_as_hello_may_take()
    {
        var run = new ServerRun(new SessionLimits { HelloTimeout = TimeSpan.FromMinutes(5) });

        Assert.Empty(run.Tick(299_000));
        Assert.Equal(["close hello-timeout"], run.Tick(300_001));
    }

    [Fact]
    public void Silence_is_met_with_one_ping_and_then_the_end()
    {
        var run = new ServerRun().To(SessionPhase.Ready);

        Assert.Empty(run.Tick(20_000));
        Assert.Equal(["ping 1"], run.Tick(20_001));
        Assert.Empty(run.Tick(21_000));
        Assert.Empty(run.Tick(60_000));
        Assert.Equal(["close silent detached"], run.Tick(60_001));
    }

    [Fact]
    public void An_answered_ping_begins_the_count_anew()
    {
        var run = new ServerRun().To(SessionPhase.Ready);
        run.Tick(20_001);

        Assert.Equal(["credit"], run.Receive(Frames.Pong));

        Assert.Empty(run.Tick(40_001));
        Assert.Equal(["ping 2"], run.Tick(40_002));
        Assert.Empty(run.Tick(80_001));
        Assert.Equal(["close silent detached"], run.Tick(80_002));
    }

    [Fact]
    public void Any_frame_is_a_sign_of_life()
    {
        var run = new ServerRun().To(SessionPhase.Ready);
        for (var second = 15; second <= 600; second += 15)
        {
            Assert.Empty(run.Tick(second * 1000));
            Assert.Equal(["post 7"], run.Receive(Frames.Post()));
        }
    }

    [Theory]
    [InlineData(SessionPhase.AwaitHello)]
    [InlineData(SessionPhase.Ready)]
    public void A_frame_that_was_begun_must_be_ended_in_time(SessionPhase phase)
    {
        var run = new ServerRun().To(phase);

        Assert.Empty(run.Tick(15_000, partialSinceMs: 5_000));
        Assert.Equal(["close frame-timeout detached"], run.Tick(15_001, partialSinceMs: 5_000));
    }

    [Fact]
    public void Time_does_nothing_to_what_is_over() =>
        Assert.Empty(new ServerRun().To(SessionPhase.Closed).Tick(1_000_000, partialSinceMs: 0));

    [Fact]
    public void A_clock_that_goes_back_harms_nobody()
    {
        var run = new ServerRun { NowMs = 50_000 }.To(SessionPhase.Ready);

        Assert.Empty(run.Tick(0, partialSinceMs: 9_000));
        Assert.Equal(["post 7"], run.Receive(Frames.Post()));
    }

    [Fact]
    public void The_times_are_settings()
    {
        var limits = new SessionLimits
        {
            HelloTimeout = TimeSpan.FromSeconds(1),
            SilenceTimeout = TimeSpan.FromSeconds(4),
            PingAfter = TimeSpan.FromSeconds(2),
            FrameTimeout = TimeSpan.FromSeconds(3),
        };

        Assert.Equal(["close hello-timeout"], new ServerRun(limits).Tick(1_001));
        Assert.Equal(["ping 1"], new ServerRun(limits).To(SessionPhase.Ready).Tick(2_001));
        Assert.Equal(["close frame-timeout detached"], new ServerRun(limits).To(SessionPhase.Ready).Tick(3_001, partialSinceMs: 0));
        Assert.Equal(["close silent detached"], new ServerRun(limits).To(SessionPhase.Ready).Tick(4_001));
    }

    [Fact]
    public void Every_reason_from_outside_closes_with_itself()
    {
        foreach (var reason in Enum.GetValues<CloseReason>())
        {
            var run = new ServerRun().To(SessionPhase.Ready);
            run.On(new SessionInput.Ended(reason));
            Assert.Equal(reason, Assert.IsType<SessionEffect.Close>(Assert.Single(run.Last)).Reason);
            Assert.Equal(SessionPhase.Closed, run.Session.Phase);
        }
    }
}
