using ChatLock.Client.Connection;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests.Connection;

public sealed class ConnectionStateTests
{
    private static readonly Limits Limits = new SessionLimits().ToWire(32);
    private IReadOnlyList<LinkEffect> _effects = [];
    private ConnectionState _state = new(ServerAddress.Default, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));

    [Fact]
    public void Connecting_opens_a_socket_and_says_so()
    {
        On(new LinkInput.Connect(0));
        Assert.Contains(_effects, effect => effect is LinkEffect.Open);
        Assert.Equal("Connecting to 127.0.0.1:4600", Reported().Sentence);
    }

    [Fact]
    public void Failing_before_the_lobby_was_ever_reached_is_the_end_and_carries_the_advice()
    {
        On(new LinkInput.Connect(0), new LinkInput.Failed("Nothing answers.", "Is it running?", 0));
        var stopped = Assert.IsType<ConnectionStatus.Stopped>(Reported());
        Assert.Equal(StopKind.CannotConnect, stopped.Kind);
        Assert.Equal("Nothing answers. Is it running?", stopped.Sentence);
    }

    [Fact]
    public void A_lost_connection_is_tried_again_later_and_later()
    {
        Enter();
        On(new LinkInput.Ended(CloseReason.ConnectionLost, "x", Random: 1));
        Assert.Equal("Connection lost. Reconnecting, next try in 1 s", Reported().Sentence);
        On(new LinkInput.RetryDue(0), new LinkInput.Failed("Nothing answers.", "Is it running?", 1));
        Assert.Equal("Nothing answers. Reconnecting, next try in 2 s", Reported().Sentence);
        On(new LinkInput.RetryDue(0), new LinkInput.Failed("Nothing answers.", "", 1));
        Assert.Equal(TimeSpan.FromSeconds(4), Assert.Single(_effects.OfType<LinkEffect.RetryIn>()).Delay);
    }

    [Fact]
    public void Reaching_the_lobby_again_starts_the_delays_over()
    {
        Enter();
        On(new LinkInput.Ended(CloseReason.ConnectionLost, "x", 1), new LinkInput.RetryDue(0), new LinkInput.Failed("no", "", 1), new LinkInput.RetryDue(0));
        On(new LinkInput.Opened(0), new LinkInput.Entered("alice", 1, Limits, 0, TimeSpan.FromDays(1)), new LinkInput.Ended(CloseReason.ConnectionLost, "x", 1));
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(_effects.OfType<LinkEffect.RetryIn>()).Delay);
    }

    [Fact]
    public void Trying_now_does_not_wait()
    {
        Enter();
        On(new LinkInput.Ended(CloseReason.ServerStopping, "The server is stopping.", 1));
        Assert.StartsWith("The server is stopping. Reconnecting", Reported().Sentence, StringComparison.Ordinal);
        On(new LinkInput.Connect(5));
        Assert.Contains(_effects, effect => effect is LinkEffect.Open);
    }

    [Theory]
    [InlineData(CloseReason.TakenOver)]
    [InlineData(CloseReason.BadProof)]
    [InlineData(CloseReason.BadKey)]
    public void What_would_end_the_same_way_again_is_not_tried_again(CloseReason reason)
    {
        Enter();
        On(new LinkInput.Ended(reason, "No.", 0));
        Assert.Equal(StopKind.Refused, Assert.IsType<ConnectionStatus.Stopped>(Reported()).Kind);
    }

    [Fact]
    public void After_silence_a_ping_is_sent_once_and_then_the_connection_counts_as_lost()
    {
        Enter();
        On(new LinkInput.Tick(19_999));
        Assert.Empty(_effects);
        On(new LinkInput.Tick(20_000));
        Assert.IsType<LinkEffect.Ping>(Assert.Single(_effects));
        On(new LinkInput.Tick(40_000));
        Assert.Empty(_effects);
        On(new LinkInput.Tick(60_000));
        Assert.Contains(_effects, effect => effect is LinkEffect.Drop);
        Assert.StartsWith("Connection lost. Reconnecting", Reported().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_heard_is_a_sign_of_life()
    {
        Enter();
        On(new LinkInput.Tick(20_000), new LinkInput.Heard(21_000), new LinkInput.Tick(60_000));
        Assert.IsType<LinkEffect.Ping>(Assert.Single(_effects));
        Assert.Equal(LinkPhase.Online, _state.Phase);
    }

    [Fact]
    public void A_server_that_does_not_wait_for_the_name_is_connected_to_again_when_it_is_chosen()
    {
        On(new LinkInput.Connect(0), new LinkInput.Opened(0), new LinkInput.NameMissing());
        On(new LinkInput.Ended(CloseReason.HelloTimeout, "Too late.", 0));
        Assert.Equal(LinkPhase.Parked, _state.Phase);
        Assert.DoesNotContain(_effects, effect => effect is LinkEffect.Report);
        On(new LinkInput.NameChosen(0));
        Assert.Contains(_effects, effect => effect is LinkEffect.Open);
    }

    [Fact]
    public void Thinking_about_a_name_takes_as_long_as_it_takes()
    {
        On(new LinkInput.Connect(0), new LinkInput.Opened(0), new LinkInput.NameMissing(), new LinkInput.Tick(1_000_000));
        Assert.Empty(_effects);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_that_says_nothing_is_given_up(bool isOpen)
    {
        On(new LinkInput.Connect(0));
        if (isOpen)
            On(new LinkInput.Opened(0));
        On(new LinkInput.Tick(10_000));
        Assert.Equal(StopKind.CannotConnect, Assert.IsType<ConnectionStatus.Stopped>(Reported()).Kind);
    }

    [Fact]
    public void Whoever_is_not_trusted_is_not_talked_to_again()
    {
        Enter();
        On(new LinkInput.Ended(CloseReason.ConnectionLost, "x", 1), new LinkInput.RetryDue(0), new LinkInput.NotTrusted("Another certificate."));
        Assert.Equal(StopKind.NotTrusted, Assert.IsType<ConnectionStatus.Stopped>(Reported()).Kind);
        On(new LinkInput.Connect(0));
        Assert.Empty(_effects);
    }

    [Fact]
    public void Leaving_says_goodbye_and_waits_for_it_to_be_out_but_not_for_ever()
    {
        Enter();
        On(new LinkInput.Leave(0));
        Assert.IsType<LinkEffect.SayBye>(Assert.Single(_effects));
        On(new LinkInput.Tick(2_000));
        Assert.Equal(StopKind.Left, Assert.IsType<ConnectionStatus.Stopped>(Reported()).Kind);
    }

    [Fact]
    public void Leaving_while_waiting_ends_at_once()
    {
        Enter();
        On(new LinkInput.Ended(CloseReason.ConnectionLost, "x", 1), new LinkInput.Leave(0));
        Assert.Equal(StopKind.Left, Assert.IsType<ConnectionStatus.Stopped>(Reported()).Kind);
    }

    private void Enter() => On(
        new LinkInput.Connect(0), new LinkInput.Opened(0), new LinkInput.Entered("alice", 1, Limits, 0, TimeSpan.FromDays(1)));

    private void On(params LinkInput[] inputs)
    {
        foreach (var input in inputs)
            (_state, _effects) = _state.On(input);
    }

    private ConnectionStatus Reported() => Assert.Single(_effects.OfType<LinkEffect.Report>()).Status;
}
