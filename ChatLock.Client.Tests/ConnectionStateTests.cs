using ChatLock.Client.Connection;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests;

public sealed class ConnectionStateTests
{
    private static readonly Limits Limits = new SessionLimits().ToWire(32);

    [Fact]
    public void A_lost_connection_waits_longer_each_time_and_never_longer_than_half_a_minute()
    {
        var delays = Enumerable.Range(1, 40).Select(failures => Backoff.Default.Delay(failures, 0.999)).ToArray();

        Assert.Equal(delays.Order(), delays);
        Assert.InRange(delays[0], TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
        Assert.InRange(delays[^1], TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(15), Backoff.Default.Delay(40, 0));
    }

    [Fact]
    public void The_first_failure_ends_and_later_ones_are_tried_again()
    {
        var never = Opening().On(new LinkInput.Failed("Nothing answers.", 0));
        Assert.Equal(LinkPhase.Stopped, never.Next.Phase);

        var (waiting, effects) = Online().On(new LinkInput.Ended(CloseReason.ConnectionLost, "lost", 0));
        Assert.Equal(LinkPhase.Waiting, waiting.Phase);
        Assert.Contains(effects, effect => effect is LinkEffect.RetryIn);
        Assert.Contains(effects, effect => effect is LinkEffect.Report { Status: ConnectionStatus.Waiting });
        Assert.Contains(waiting.On(new LinkInput.RetryDue(0)).Effects, effect => effect is LinkEffect.Open);
    }

    [Fact]
    public void Silence_is_asked_and_then_taken_for_a_lost_connection()
    {
        var (asked, effects) = Online().On(new LinkInput.Tick(25_000));
        Assert.Contains(effects, effect => effect is LinkEffect.Ping);

        var (heard, _) = asked.On(new LinkInput.Heard(26_000));
        Assert.Equal(LinkPhase.Online, heard.On(new LinkInput.Tick(61_000)).Next.Phase);
        Assert.Equal(LinkPhase.Waiting, asked.On(new LinkInput.Tick(61_000)).Next.Phase);
    }

    [Theory]
    [InlineData(CloseReason.TakenOver)]
    [InlineData(CloseReason.BadProof)]
    public void What_would_end_the_same_way_isnt_tried_again(CloseReason reason) =>
        Assert.Equal(LinkPhase.Stopped, Online().On(new LinkInput.Ended(reason, "no", 0)).Next.Phase);

    [Theory]
    [InlineData("127.0.0.1", 4600)]
    [InlineData("localhost:1234", 1234)]
    [InlineData("[::1]:99", 99)]
    [InlineData("chatlock://host.example:7", 7)]
    public void An_address_is_read_with_or_without_its_parts(string text, int port)
    {
        Assert.True(ServerAddress.TryParse(text, out var address, out _));
        Assert.Equal(port, address.Port);
    }

    [Theory]
    [InlineData("host:0")]
    [InlineData("host:99999")]
    [InlineData("chatlock://host:1#sha256=12")]
    [InlineData("plain://10.0.0.1:4601")]
    [InlineData("")]
    public void A_wrong_address_is_refused_with_a_sentence(string text)
    {
        Assert.False(ServerAddress.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    private static ConnectionState Opening() =>
        new ConnectionState(ServerAddress.Default, Backoff.Default).On(new LinkInput.Connect(0)).Next;

    private static ConnectionState Online() =>
        Opening().On(new LinkInput.Opened(0)).Next.On(new LinkInput.Entered("me", 1, Limits, 0)).Next;
}
