using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>What a session may ask for, how much of it and how fast.</summary>
public sealed class ServerLimitTests
{
    private static readonly SessionLimits Limits = new() { PostsPerSecond = 10, PostsBurst = 3, TextMaxBytes = 1000 };
    private readonly ServerRun _run = new ServerRun(Limits).To(SessionPhase.Ready);

    [Fact]
    public void An_envelope_may_be_as_long_as_the_text_and_its_overhead()
    {
        Assert.Equal(["post 7"], _run.Receive(Frames.Post(envelopeBytes: 1000 + SessionLimits.EnvelopeOverheadMaxBytes)));
        Assert.Equal(
            ["reply 8 refused too-large", "credit"],
            _run.Receive(Frames.Post(8, 1001 + SessionLimits.EnvelopeOverheadMaxBytes)));
        Assert.Equal(
            ["reply 9 refused too-large", "credit"],
            _run.Receive(Frames.Private(9, 1001 + SessionLimits.EnvelopeOverheadMaxBytes)));
    }

    [Fact]
    public void A_message_without_an_envelope_is_refused() =>
        Assert.Equal(["reply 7 refused invalid-field", "credit"], _run.Receive(Frames.Post(envelopeBytes: 0)));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void A_message_id_has_16_bytes(int length)
    {
        var post = Frames.Post();
        post.Post.MessageId = Frames.Zeros(length);
        Assert.Equal(["reply 7 refused invalid-field", "credit"], _run.Receive(post));
        var message = Frames.Private(8);
        message.Private.MessageId = Frames.Zeros(length);
        Assert.Equal(["reply 8 refused invalid-field", "credit"], _run.Receive(message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_recipient_is_a_fingerprint_of_32_bytes(int length)
    {
        var message = Frames.Private();
        message.Private.Recipient = Frames.Zeros(length);

        Assert.Equal(["reply 7 refused invalid-field", "credit"], _run.Receive(message));
    }

    [Fact]
    public void Who_asks_one_question()
    {
        var key = Frames.Zeros(32);
        Assert.Equal(["who 1"], _run.Receive(Frames.Who(new Who { Name = "bob" }, 1)));
        Assert.Equal(["who 2"], _run.Receive(Frames.Who(new Who { Fingerprint = key }, 2)));
        _run.NowMs += 1000; // the Hello took a token of the same bucket
        Assert.Equal(["who 3"], _run.Receive(Frames.Who(new Who { After = "bob" }, 3)));
        foreach (var wrong in (Who[])
            [
                new() { Name = "bob", After = "bob" },
                new() { Name = "bob", Fingerprint = key },
                new() { Fingerprint = key, After = "bob" },
                new() { Fingerprint = Frames.Zeros(31) },
                new() { Name = "bob", Room = "lobby" },
                new() { Fingerprint = key, Room = "lobby" },
            ])
        {
            _run.NowMs += 1000;
            Assert.Equal(["reply 7 refused invalid-field", "credit"], _run.Receive(Frames.Who(wrong)));
        }
    }

    [Fact]
    public void Posts_and_private_messages_share_a_bucket_that_refills()
    {
        Assert.Equal(["post 1"], _run.Receive(Frames.Post(1)));
        Assert.Equal(["private 2"], _run.Receive(Frames.Private(2)));
        Assert.Equal(["post 3"], _run.Receive(Frames.Post(3)));

        Assert.Equal(["reply 4 refused too-fast", "credit"], _run.Receive(Frames.Private(4)));
        var refused = Assert.IsType<SessionEffect.Send>(_run.Last[0]).Frame.Reply.Refused;
        Assert.Equal(100u, refused.RetryAfterMs);

        _run.NowMs += refused.RetryAfterMs;
        Assert.Equal(["post 5"], _run.Receive(Frames.Post(5)));
        Assert.Equal(["reply 6 refused too-fast", "credit"], _run.Receive(Frames.Post(6)));
    }

    [Fact]
    public void Other_requests_have_a_bucket_of_their_own()
    {
        // The Hello was the first of the three.
        Assert.Equal(["who 1"], _run.Receive(Frames.Who(new Who(), 1)));
        Assert.Equal(["claim bob"], _run.Receive(Frames.Rename("bob", 2)));
        foreach (var kind in (ClientFrame.BodyOneofCase[])
            [
                ClientFrame.BodyOneofCase.None, ClientFrame.BodyOneofCase.Rename, ClientFrame.BodyOneofCase.Join,
                ClientFrame.BodyOneofCase.Leave, ClientFrame.BodyOneofCase.Ack, ClientFrame.BodyOneofCase.Who,
                ClientFrame.BodyOneofCase.Ping, ClientFrame.BodyOneofCase.Moderate, ClientFrame.BodyOneofCase.List,
            ])
            Assert.Equal((kind, "reply 7 refused too-fast"), (kind, _run.Receive(Frames.Of(kind))[0]));

        Assert.Equal(["post 7"], _run.Receive(Frames.Post()));
    }

    [Fact]
    public void What_is_refused_for_its_content_counts_as_well()
    {
        for (var i = 0; i < Limits.PostsBurst; i++)
            Assert.Equal("reply 7 refused invalid-field", _run.Receive(Frames.Post(envelopeBytes: 0))[0]);

        Assert.Equal("reply 7 refused too-fast", _run.Receive(Frames.Post(envelopeBytes: 0))[0]);
    }

    [Fact]
    public void A_pong_is_no_request_and_never_too_much()
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal(["credit"], _run.Receive(Frames.Pong));
    }

    [Fact]
    public void The_defaults_are_those_of_the_protocol_page()
    {
        var defaults = new SessionLimits();

        Assert.Equal(
            (65536, 16384, 262144, 10, 50, 64, 64, 66, 512),
            (defaults.FrameMaxBytes, defaults.TextMaxBytes, defaults.OutboundMaxBytes, defaults.PostsPerSecond,
             defaults.PostsBurst, defaults.RoomsMax, defaults.InFlightMax, defaults.PositionsMax,
             defaults.TopicMaxBytes));
        Assert.Equal(
            (60, 10, 60, 20, 300, 10),
            (defaults.HelloTimeout.TotalSeconds, defaults.FrameTimeout.TotalSeconds, defaults.SilenceTimeout.TotalSeconds,
             defaults.PingAfter.TotalSeconds, defaults.ResumeWindow.TotalSeconds, defaults.AwayAfter.TotalSeconds));
    }
}
