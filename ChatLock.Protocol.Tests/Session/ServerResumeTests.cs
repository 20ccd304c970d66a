using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>A session that goes on, and what it brings back.</summary>
public sealed class ServerResumeTests
{
    private static readonly ByteString Token = ByteString.CopyFrom([.. Enumerable.Repeat((byte)7, 16)]);
    private readonly ServerRun _run = new();

    [Fact]
    public void A_token_asks_for_the_session_and_not_for_the_name()
    {
        Assert.Equal(["resume"], _run.Receive(Frames.Hello("alice", Token)));
        Assert.Equal(Token, Assert.IsType<SessionEffect.Resume>(Assert.Single(_run.Last)).Token);

        Assert.Equal(["enter Held"], _run.On(new SessionInput.NameGranted(Frames.Name("Held"), Resumed: true)));
        Assert.Equal(["welcome 1 Held", "credit"], _run.Enter());

        var welcome = Assert.IsType<SessionEffect.Greet>(_run.Last[0]).Welcome.Welcome;
        Assert.True(welcome.Resumed);
    }

    [Fact]
    public void With_a_token_the_name_may_be_one_that_can_not_be_had() =>
        Assert.Equal(["resume"], _run.Receive(Frames.Hello("not a name", Token)));

    [Fact]
    public void A_token_that_is_no_good_is_refused_and_a_hello_without_it_follows_on_the_same_connection()
    {
        _run.Receive(Frames.Hello("alice", Token));

        Assert.Equal(
            ["reply 1 refused cannot-resume", "credit"], _run.On(new SessionInput.NameRefused(Refusals.CannotResume)));

        Assert.Equal(SessionPhase.AwaitHello, _run.Session.Phase);
        Assert.Equal(["claim alice"], _run.Hello("alice", 2));
        _run.Grant("alice");
        _run.Enter();
        Assert.False(Assert.IsType<SessionEffect.Greet>(_run.Last[0]).Welcome.Welcome.Resumed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(4000)]
    public void A_token_of_another_length_asks_nobody(int length)
    {
        Assert.Equal(["reply 1 refused cannot-resume", "credit"], _run.Receive(Frames.Hello("alice", Frames.Zeros(length))));
        Assert.Equal(SessionPhase.AwaitHello, _run.Session.Phase);
    }

    [Fact]
    public void The_key_must_be_proved_before_a_token_is_looked_at()
    {
        var hello = Frames.Hello("alice", Token);
        hello.Hello.Name = "bob";

        Assert.Equal(["close bad-proof"], _run.Receive(hello));
    }

    [Fact]
    public void The_lobby_and_the_mailbox_are_entered_where_the_client_stands()
    {
        _run.Receive(Frames.Hello("alice", Token, Frames.At("", 7), Frames.At("lobby", 8)));
        _run.Grant("alice");

        var enter = Assert.IsType<SessionEffect.Enter>(Assert.Single(_run.Last));
        Assert.Equal((Frames.At("lobby", 8), Frames.At("", 7)), (enter.Lobby, enter.Mailbox));
    }

    [Fact]
    public void Positions_are_taken_without_a_token_too()
    {
        Enter(Frames.At("#one"));

        Assert.Equal(["welcome 1 alice", "credit", "bring-back #one"], _run.Enter());
        Assert.Equal(Frames.At("#one"), Assert.IsType<SessionEffect.Join>(_run.Last[2]).Position);
    }

    [Fact]
    public void Rooms_are_brought_back_in_their_order_a_few_at_a_time()
    {
        Enter(Frames.At("#one"), Frames.At("#two"), Frames.At("#three"), Frames.At("#four"));

        Assert.Equal(["welcome 1 alice", "credit", "bring-back #one", "bring-back #two"], _run.Enter());
        Assert.Equal(["bring-back #three"], _run.Admit("#two", 0));
        Assert.Equal(["left-room #one banned", "bring-back #four"], _run.Turn("#one", 0));
        Assert.Empty(_run.Admit("#three", 0));
        Assert.Empty(_run.Admit("#four", 0));
        Assert.Equal(["post 7"], _run.Receive(Frames.Post(room: "#four")));
        Assert.Equal(["reply 7 refused not-a-member", "credit"], _run.Receive(Frames.Post(room: "#one")));
    }

    [Fact]
    public void What_can_not_be_a_room_is_named_in_its_turn()
    {
        Enter(Frames.At("nonsense"), Frames.At("#Upper"), Frames.At("#one"));

        Assert.Equal(
            ["welcome 1 alice", "credit", "left-room nonsense room-invalid", "left-room #Upper room-invalid", "bring-back #one"],
            _run.Enter());
    }

    [Fact]
    public void No_more_rooms_are_brought_back_than_a_session_may_be_in()
    {
        var run = new ServerRun(new SessionLimits { RoomsMax = 2 });
        run.Receive(Frames.Hello("alice", ByteString.Empty, Frames.At("#a"), Frames.At("#b"), Frames.At("#c"), Frames.At("#d")));
        run.Grant("alice");
        run.Enter();

        Assert.Equal(["left-room #c too-many-rooms", "left-room #d too-many-rooms"], run.Admit("#a", 0));
        Assert.Empty(run.Admit("#b", 0));
    }

    [Theory]
    [InlineData(66, "claim alice")]
    [InlineData(67, "close malformed")]
    public void As_many_positions_as_rooms_and_lobby_and_mailbox(int count, string expected)
    {
        var positions = Enumerable.Range(0, count).Select(i => Frames.At($"#{i}")).ToArray();
        Assert.Equal([expected], _run.Receive(Frames.Hello("alice", ByteString.Empty, positions)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lobby")]
    [InlineData("#one")]
    public void A_room_that_is_named_twice_is_malformed(string room) =>
        Assert.Equal(["close malformed"], _run.Receive(Frames.Hello("alice", Token, Frames.At(room, 1), Frames.At(room, 2))));

    [Fact]
    public void A_room_that_waits_to_be_brought_back_can_be_left_or_entered_before()
    {
        Enter(Frames.At("#one"), Frames.At("#two"), Frames.At("#three", 3), Frames.At("#four"));
        _run.Enter();

        Assert.Equal(["join 5 #three"], _run.Receive(Frames.Join("#three", 5)));
        Assert.Equal(Frames.At("#three", 3), Assert.IsType<SessionEffect.Join>(Assert.Single(_run.Last)).Position);
        Assert.Equal(["reply 6 accepted", "credit"], _run.Receive(Frames.Leave("#four", 6)));
        Assert.Empty(_run.Admit("#one", 0));
    }

    [Fact]
    public void A_room_on_its_way_back_can_not_be_joined_and_is_left_once_it_has_answered()
    {
        Enter(Frames.At("#one"));
        _run.Enter();

        Assert.Equal(["reply 5 refused too-fast", "credit"], _run.Receive(Frames.Join("#one", 5)));
        Assert.Empty(_run.Receive(Frames.Leave("#one", 6)));
        Assert.Equal(["leave 6 #one"], _run.Admit("#one", 0));
    }

    [Fact]
    public void A_full_lobby_is_a_refusal_and_the_name_is_given_up()
    {
        Enter();

        Assert.Equal(["withdraw", "reply 1 refused banned", "credit"], _run.Turn("lobby", 0));
        Assert.Equal(SessionPhase.AwaitHello, _run.Session.Phase);
        Assert.Equal(["claim alice"], _run.Hello("alice", 2));
    }

    [Fact]
    public void A_session_outlives_a_lost_connection_and_no_goodbye()
    {
        CloseReason[] outlived =
        [
            CloseReason.ConnectionLost, CloseReason.Silent, CloseReason.FrameTimeout, CloseReason.TooSlow, CloseReason.ServerStopping,
            CloseReason.Moving, CloseReason.TakenOver, CloseReason.InternalError,
        ];
        foreach (var reason in Enum.GetValues<CloseReason>())
        {
            var run = new ServerRun().To(SessionPhase.Ready);
            run.On(new SessionInput.Ended(reason));
            Assert.Equal(outlived.Contains(reason), Assert.IsType<SessionEffect.Close>(Assert.Single(run.Last)).Detached);
        }
    }

    [Fact]
    public void With_a_window_of_zero_nothing_outlives_its_connection()
    {
        var run = new ServerRun(new SessionLimits { ResumeWindow = TimeSpan.Zero }).To(SessionPhase.Ready);

        Assert.Equal(["close connection-lost"], run.On(new SessionInput.Ended(CloseReason.ConnectionLost)));
    }

    private void Enter(params Position[] positions)
    {
        _run.Receive(Frames.Hello("alice", ByteString.Empty, positions));
        _run.Grant("alice");
    }
}
