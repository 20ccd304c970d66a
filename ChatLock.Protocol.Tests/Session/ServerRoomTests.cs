using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>Entering rooms, what may be said in them, and leaving them.</summary>
public sealed class ServerRoomTests
{
    private const string Sealed = "~0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly SessionLimits Limits = new() { RoomsMax = 3, PostsBurst = 1000 };
    private readonly ServerRun _run = new ServerRun(Limits).To(SessionPhase.Ready);

    [Fact]
    public void A_join_is_passed_on_as_it_came_and_the_room_answers_its_client_itself()
    {
        var join = new Join { Room = Sealed, Position = Frames.At(Sealed, 9), Create = true, Suite = 2 };

        Assert.Equal([$"join 3 {Sealed} create"], _run.Receive(new ClientFrame { Ref = 3, Join = join }));
        var asked = Assert.IsType<SessionEffect.Join>(Assert.Single(_run.Last));
        Assert.Equal((Frames.At(Sealed, 9), 2u), (asked.Position, asked.Suite));

        Assert.Equal(["reply 4 refused not-a-member", "credit"], _run.Receive(Frames.Post(4, room: Sealed)));
        Assert.Equal(["credit"], _run.Admit(Sealed, 3));
        Assert.Equal(["post 5"], _run.Receive(Frames.Post(5, room: Sealed)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("#")]
    [InlineData("#Upper")]
    [InlineData("#two words")]
    [InlineData("~0123")]
    [InlineData("~0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void What_is_no_room_is_refused_and_nobody_asked(string id)
    {
        Assert.Equal(["reply 7 refused room-invalid", "credit"], _run.Receive(Frames.Join(id)));
        Assert.Equal(["reply 7 refused no-such-room", "credit"], _run.Receive(Frames.Leave(id)));
        Assert.Equal(["reply 7 refused no-such-room", "credit"], _run.Receive(Frames.Post(room: id)));
        Assert.Equal(["reply 7 refused no-such-room", "credit"], _run.Receive(Frames.Moderate(id, new RoomAct())));
    }

    [Fact]
    public void A_position_is_of_the_room_that_is_joined() => Assert.Equal(
        ["reply 7 refused invalid-field", "credit"], _run.Receive(Frames.Join("#one", position: Frames.At("#two"))));

    [Fact]
    public void No_more_rooms_than_allowed_those_under_way_included()
    {
        _run.In("#one");
        _run.Receive(Frames.Join("#two"));
        _run.Receive(Frames.Join("#three"));

        Assert.Equal(["reply 7 refused too-many-rooms", "credit"], _run.Receive(Frames.Join("#four")));
        _run.Turn("#two", 7);
        Assert.Equal(["join 8 #four"], _run.Receive(Frames.Join("#four", 8)));
    }

    [Fact]
    public void A_flood_of_joins_is_bounded_by_the_rate_and_by_the_rooms()
    {
        var run = new ServerRun(new SessionLimits { RoomsMax = 3, PostsBurst = 20 }).To(SessionPhase.Ready);
        var done = Enumerable.Range(0, 1000).Select(i => run.Receive(Frames.Join($"#{i}", (ulong)i + 1))[0]).ToArray();

        Assert.Equal(3, done.Count(effect => effect.StartsWith("join ", StringComparison.Ordinal)));
        Assert.Equal(16, done.Count(effect => effect.EndsWith("too-many-rooms", StringComparison.Ordinal)));
        Assert.Equal(981, done.Count(effect => effect.EndsWith("too-fast", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_two_joins_to_one_room_the_second_is_refused_until_the_first_is_answered()
    {
        _run.Receive(Frames.Join("#one", 3));

        Assert.Equal(["reply 4 refused too-fast", "credit"], _run.Receive(Frames.Join("#one", 4)));
        Assert.Equal(["reply 3 refused banned", "credit"], _run.Turn("#one", 3));
        Assert.Equal(["join 5 #one"], _run.Receive(Frames.Join("#one", 5)));
    }

    [Fact]
    public void A_room_may_be_joined_again_and_a_refusal_then_changes_nothing()
    {
        _run.In("#one");

        Assert.Equal(["join 5 #one"], _run.Receive(Frames.Join("#one", 5)));
        Assert.Equal(["post 6"], _run.Receive(Frames.Post(6, room: "#one")));
        Assert.Equal(["reply 5 refused banned", "credit"], _run.Turn("#one", 5));
        Assert.Equal(["post 7"], _run.Receive(Frames.Post(7, room: "#one")));
    }

    [Fact]
    public void Whoever_leaves_is_out_at_once_and_the_room_answers()
    {
        _run.In("#one");

        Assert.Equal(["leave 5 #one"], _run.Receive(Frames.Leave("#one", 5)));
        Assert.Equal(["reply 6 refused not-a-member", "credit"], _run.Receive(Frames.Post(6, room: "#one")));
        Assert.Equal(["reply 7 refused not-a-member", "credit"], _run.Receive(Frames.Leave("#one")));
        Assert.Equal(["reply 5 accepted", "credit"], _run.On(new SessionInput.Answered(new Reply { Ref = 5, Accepted = new Accepted() })));
    }

    [Fact]
    public void Nobody_leaves_the_lobby()
    {
        Assert.Equal(["reply 7 refused unsupported", "credit"], _run.Receive(Frames.Leave("lobby")));
        Assert.Equal(["post 8"], _run.Receive(Frames.Post(8)));
    }

    [Fact]
    public void Who_leaves_before_the_join_is_answered_waits_for_that_answer()
    {
        _run.Receive(Frames.Join("#one", 3));
        Assert.Empty(_run.Receive(Frames.Leave("#one", 4)));
        Assert.Equal(["reply 5 refused not-a-member", "credit"], _run.Receive(Frames.Leave("#one", 5)));
        Assert.Equal(["credit", "leave 4 #one"], _run.Admit("#one", 3));

        _run.Receive(Frames.Join("#two", 6));
        _run.Receive(Frames.Leave("#two", 7));
        Assert.Equal(["reply 6 refused banned", "credit", "reply 7 accepted", "credit"], _run.Turn("#two", 6));
    }

    [Fact]
    public void Whoever_is_sent_out_is_out_and_may_join_again()
    {
        _run.In("#one");

        Assert.Empty(_run.On(new SessionInput.Expelled(Frames.Room("#one"))));

        Assert.Equal(["reply 6 refused not-a-member", "credit"], _run.Receive(Frames.Post(6, room: "#one")));
        Assert.Equal(["join 7 #one"], _run.Receive(Frames.Join("#one")));
        _run.Admit("#one", 7);
        Assert.Equal(["post 8"], _run.Receive(Frames.Post(8, room: "#one")));
    }

    [Fact]
    public void An_expulsion_that_crosses_a_new_join_does_not_undo_it()
    {
        _run.In("#one");
        _run.Receive(Frames.Leave("#one", 4));
        _run.Receive(Frames.Join("#one", 5));

        _run.On(new SessionInput.Expelled(Frames.Room("#one")));

        Assert.Equal(["credit"], _run.Admit("#one", 5));
        Assert.Equal(["post 6"], _run.Receive(Frames.Post(6, room: "#one")));
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_changes_nothing()
    {
        Assert.Empty(_run.Admit("#one", 3));
        Assert.Empty(_run.Turn("#one", 0));
        Assert.Equal(["reply 7 refused not-a-member", "credit"], _run.Receive(Frames.Post(room: "#one")));
    }

    [Fact]
    public void An_act_goes_to_the_room_unless_it_can_not_be_one()
    {
        _run.In("#one");

        Assert.Equal(["act 7 #one"], _run.Receive(Frames.Moderate("#one", new RoomAct { Envelope = Frames.Zeros(512 + 512) })));
        Assert.Equal(
            ["reply 7 refused too-large", "credit"],
            _run.Receive(Frames.Moderate("#one", new RoomAct { Envelope = Frames.Zeros(512 + 513) })));
        Assert.Equal(["reply 7 refused invalid-field", "credit"], _run.Receive(Frames.Moderate("#one", null)));
        Assert.Equal(["reply 7 refused not-allowed", "credit"], _run.Receive(Frames.Moderate("lobby", new RoomAct())));
    }

    [Fact]
    public void A_page_of_a_rooms_members_is_for_its_members()
    {
        _run.In("#one");

        Assert.Equal(["members 7 #one"], _run.Receive(Frames.Who(new Who { Room = "#one", After = "bob" })));
        Assert.Equal("bob", Assert.IsType<SessionEffect.AskMembers>(Assert.Single(_run.Last)).After);
        Assert.Equal(["reply 8 refused not-a-member", "credit"], _run.Receive(Frames.Who(new Who { Room = "#two" }, 8)));
    }

    [Fact]
    public void An_acknowledgement_is_of_the_mailbox_only_and_taken_at_once()
    {
        Assert.Equal(["ack 9", "reply 7 accepted", "credit"], _run.Receive(Frames.Ack(Frames.At("lobby", 3), Frames.At("", 9))));
        Assert.Equal(["reply 7 accepted", "credit"], _run.Receive(Frames.Ack(Frames.At("lobby", 3))));
        Assert.Equal(["reply 7 accepted", "credit"], _run.Receive(Frames.Ack()));
    }
}
