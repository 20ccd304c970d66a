using ChatLock.Protocol.Session;
using ChatLock.Protocol.Tests.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>From the connection to Welcome.</summary>
public sealed class ServerHelloTests
{
    private readonly ServerRun _run = new();

    [Fact]
    public void The_server_speaks_first_and_tells_its_nonce_its_id_and_every_limit()
    {
        Assert.Equal(["challenge"], _run.Opened);

        var limits = new SessionLimits { FrameMaxBytes = 1, TextMaxBytes = 2, OutboundMaxBytes = 3, PostsPerSecond = 4, PostsBurst = 5 };
        var (_, effects) = ServerSession.Open(Frames.Zeros(16), ServerRun.Nonce, ServerRun.ServerId, limits, "ChatLock 1", nowMs: 0);
        var challenge = Assert.IsType<SessionEffect.Send>(Assert.Single(effects)).Frame.Challenge;
        Assert.Equal((ServerRun.Nonce, ServerRun.ServerId, "ChatLock 1"), (challenge.Nonce, challenge.ServerId, challenge.Server));
        Assert.Equal([ServerSession.Version], challenge.Versions);
        Assert.Equal(new Limits
        {
            FrameMaxBytes = 1,
            TextMaxBytes = 2,
            NameMaxCharacters = 32,
            HelloTimeoutMs = 60_000,
            FrameTimeoutMs = 10_000,
            SilenceTimeoutMs = 60_000,
            PingAfterMs = 20_000,
            OutboundMaxBytes = 3,
            PostsPerSecond = 4,
            PostsBurst = 5,
            RoomsMax = 64,
            InFlightMax = 64,
            ResumeWindowMs = 300_000,
            TopicMaxBytes = 512,
        }, challenge.Limits);
    }

    [Fact]
    public void The_way_in_is_claim_enter_welcome_and_one_credit()
    {
        Assert.Equal(["claim Alice"], _run.Hello("Alice", 3));
        Assert.Equal(["enter Alice"], _run.Grant("Alice"));
        Assert.Equal(["welcome 3 Alice", "credit"], _run.Enter());
        Assert.Equal(SessionPhase.Ready, _run.Session.Phase);
    }

    [Fact]
    public void Welcome_tells_the_rooms_who_is_here_and_no_key_that_nobody_asked_for()
    {
        _run.Hello("alice");
        _run.Grant("alice");
        var room = new RoomInfo { Position = new Position { Room = "lobby", Epoch = 4, Sequence = 9 }, Suite = 2 };
        var page = new Roster { Members = { new Member { Name = "bob" } }, More = true, Online = 2 };

        _run.On(new SessionInput.Entered(room, page, Frames.At("", 7), Frames.Zeros(16)));

        var welcome = Assert.IsType<SessionEffect.Greet>(_run.Last[0]).Welcome.Welcome;
        Assert.Equal(new Member { Name = "alice", IdentityKey = ServerRun.Alice.Point }, welcome.You);
        Assert.Equal([room], welcome.Rooms);
        Assert.Equal(page.Members, welcome.Here);
        Assert.True(welcome.More);
        Assert.Equal(16, welcome.SessionId.Length);
        Assert.Equal(16, welcome.ResumeToken.Length);
        Assert.Equal(Frames.At("", 7), welcome.Mailbox);
        Assert.False(welcome.Resumed);
    }

    [Fact]
    public void Others_get_the_session_key_that_the_identity_key_signed()
    {
        _run.Hello("alice");

        _run.Grant("alice");

        var you = Assert.IsType<SessionEffect.Enter>(Assert.Single(_run.Last)).You;
        Assert.Equal(("alice", ServerRun.Alice.SessionPoint), (you.Name, you.SessionKey));
        Assert.Equal(64, you.SessionKeySignature.Length);
        Assert.Equal(Frames.Hello("alice").Hello.SessionKeyMadeUnixMs, you.SessionKeyMadeUnixMs);
    }

    [Fact]
    public void A_name_that_exists_is_refused_and_another_is_taken_on_the_same_connection()
    {
        _run.Hello("bob", 1);
        Assert.Equal(
            ["reply 1 refused name-taken", "credit"],
            _run.On(new SessionInput.NameRefused(Codes.Refusals.NameTaken(confusable: false, ["bob2"]))));

        Assert.Equal(["claim bob2"], _run.Hello("bob2", 2));
        _run.Grant("bob2");
        Assert.Equal(["welcome 2 bob2", "credit"], _run.Enter());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a:b")]
    [InlineData("\u0007bell")]
    [InlineData("a\u202Eb")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    public void A_text_that_can_not_be_a_name_is_refused_and_asked_for_again(string name)
    {
        Assert.Equal(["reply 1 refused name-invalid", "credit"], _run.Hello(name, 1));
        Assert.Equal(SessionPhase.AwaitHello, _run.Session.Phase);
        Assert.Equal(["claim alice"], _run.Hello("alice", 2));
    }

    [Fact]
    public void Another_key_may_be_tried_after_a_refusal_and_is_the_one_that_counts()
    {
        using var other = new TestIdentity();
        _run.Hello("alice", 1);
        _run.On(new SessionInput.NameRefused(Codes.Refusals.Internal));

        _run.Receive(new ClientFrame { Ref = 2, Hello = other.Hello(ServerRun.Nonce, ServerRun.ServerId, "alice") });

        Assert.Equal(other.Point, _run.Session.You.IdentityKey);
    }

    [Fact]
    public void A_hello_that_was_good_elsewhere_proves_nothing_here()
    {
        var elsewhere = ByteString.CopyFrom([.. Enumerable.Repeat((byte)9, 32)]);
        Assert.Equal(["close bad-proof"], new ServerRun(nonce: elsewhere).Hello("alice"));
        Assert.Equal(["close bad-proof"], new ServerRun(serverId: elsewhere).Hello("alice"));
    }

    [Fact]
    public void A_key_that_is_none_closes()
    {
        var hello = Frames.Hello("alice");
        hello.Hello.IdentityKey = Frames.Zeros(65);
        Assert.Equal(["close bad-key"], _run.Receive(hello));
    }

    [Theory]
    [InlineData(16, 64, "claim alice")]
    [InlineData(17, 64, "close malformed")]
    [InlineData(16, 65, "close malformed")]
    public void What_a_hello_lists_and_says_of_its_client_is_bounded(int suites, int clientBytes, string expected)
    {
        var hello = Frames.Hello("alice");
        hello.Hello.Suites.Clear();
        hello.Hello.Suites.Add(Enumerable.Repeat(2u, suites));
        hello.Hello.Client = new string('c', clientBytes);

        Assert.Equal([expected], _run.Receive(hello));
    }

    [Fact]
    public void What_the_client_calls_itself_is_counted_in_bytes_of_UTF_8()
    {
        var hello = Frames.Hello("alice");
        hello.Hello.Client = new string('é', 33);

        Assert.Equal(["close malformed"], _run.Receive(hello));
    }

    [Fact]
    public void Hellos_are_requests_too_and_limited_as_such()
    {
        var run = new ServerRun(new SessionLimits { PostsPerSecond = 1, PostsBurst = 2 });
        run.Hello("no name", 1);
        run.Hello("no name", 2);

        Assert.Equal(["reply 3 refused too-fast", "credit"], run.Hello("no name", 3));

        run.NowMs = 1000;
        Assert.Equal(["claim alice"], run.Hello("alice", 4));
    }
}
