using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using static ChatLock.Protocol.Tests.Golden.SessionInputs;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Stories of rooms, positions and resuming, for vectors/sessions/client.json.</summary>
internal static class SessionStories
{
    public static IEnumerable<SessionScript> All => [.. Resuming(), .. Numbers(), .. Rooms(), .. Mailbox()];

    private static IEnumerable<SessionScript> Resuming() =>
    [
        Again("goes on where it was", Received(Welcome(sequence: 30, resumed: true)), Received(EnteredAgain("#garden", 9)),
            Received(Posted(31)), Received(Posted(10, "#garden")), Received(Private(3)), new ClientInput.Lost()),
        Again("cannot go on, and begins anew under the same name without asking", Received(Refused(1, RefusalCode.CannotResume)),
            Received(Welcome(@ref: 2, sequence: 30)), Received(EnteredAgain("#garden", 9)), Received(Posted(31)), Ask(1, Post()), Received(Accepted(3, 32))),
        Again("cannot go on twice, which makes no sense",
            Received(Refused(1, RefusalCode.CannotResume)), Received(Refused(2, RefusalCode.CannotResume))),
        Again("cannot go on, and its name is gone", Received(Refused(1, RefusalCode.CannotResume)),
            Received(Refused(2, RefusalCode.NameTaken, "alice2")), Chosen("alice2"), Received(Welcome("alice2", @ref: 3))),
        Again("a refused name keeps the token", Received(Refused(1, RefusalCode.NameInvalid)), Chosen("bob"), Received(Welcome("bob", @ref: 2))),
        Again("a refusal to resume under another ref is unexpected", Received(Refused(2, RefusalCode.CannotResume))),
        Again("cut before the welcome, nothing is forgotten", new ClientInput.Lost()),
        Again("cut between the welcome and the rooms, a room keeps its old position", Received(Welcome(sequence: 33)), new ClientInput.Lost()),
        Again("comes back to another log", Received(WelcomeTo(At("lobby", 100, epoch: 9))), Received(Gap(0, 0, epoch: 9)),
            Received(Posted(101, epoch: 9)), Received(Posted(102))),
        Again("comes back to a log that is shorter than it was", Received(Welcome(sequence: 5)), Received(Posted(6))),
        Again("is not back in a room that can't be entered any more", Received(Welcome(sequence: 30)),
            Received(LeftRoom("#garden", RefusalCode.Banned)), Received(Posted(10, "#garden"))),
        Again("a post of a room that it isn't back in yet is unexpected", Received(Welcome(sequence: 30)), Received(Posted(10, "#garden"))),
        Again("a gap of a room that it isn't back in yet is unexpected", Received(Welcome(sequence: 30)), Received(Gap(10, 11, "#garden"))),
        Again("a room that is entered twice is unexpected",
            Received(Welcome(sequence: 30)), Received(EnteredAgain("#garden", 9)), Received(EnteredAgain("#garden", 9))),
        Again("a room that wasn't named is not entered", Received(Welcome(sequence: 30)), Received(EnteredAgain("#kitchen", 9))),
        Again("a room without a position is not entered", Received(Welcome(sequence: 30)), Received(new ServerFrame { Entered = new RoomInfo() })),
        Again("a mailbox is not a room to enter", Received(Welcome(sequence: 30)), Received(EnteredAgain("", 9))),
        Again("nobody is sent out of a mailbox", Received(Welcome(sequence: 30)), Received(LeftRoom(""))),
        SessionRun.Of("positions without a token: a new session where it stood", "alice",
            new ResumePoint(Google.Protobuf.ByteString.Empty, [Place("lobby", 7, 30)]), [Received(Challenge()), Received(Welcome(sequence: 30)), Received(Posted(31))]),
        SessionRun.Of("a token without a name waits for one", null, Earlier, [Received(Challenge()), Chosen("alice"), Received(Welcome(sequence: 30))]),
        Story("a session that isn't kept gives no token", Received(WelcomeTo(At("lobby", 41)))),
        Story("cannot go on without having asked to makes no sense", Received(Refused(1, RefusalCode.CannotResume))),
    ];

    private static IEnumerable<SessionScript> Numbers() =>
    [
        Entered("an own number counts", Ask(1, Post()), Received(Accepted(2, 42)), Received(Posted(43))),
        Entered("an own number that overtakes others counts when they have come", Ask(1, Post()), Received(Accepted(2, 44)),
            Received(Posted(42)), Received(Posted(43)), Received(Posted(45))),
        Entered("an own number told late changes nothing", Ask(1, Post()), Received(Posted(43)), Received(Accepted(2, 42)), Received(Posted(44))),
        Entered("own numbers that overtake count one after the other", Ask(1, Post()), Ask(2, Post()), Ask(3, Post()),
            Received(Accepted(4, 45)), Received(Accepted(2, 43)), Received(Accepted(3, 44)), Received(Posted(42))),
        Entered("cut while an own number is ahead, what it jumped over is asked for", Ask(1, Post()), Received(Accepted(2, 44)), new ClientInput.Lost()),
        Entered("a post told as if it were ours and then delivered is unexpected", Ask(1, Post()), Received(Accepted(2, 42)), Received(Posted(42))),
        Entered("a refused post has no number", Ask(1, Post()), Received(Refused(2, RefusalCode.NotStored)), Received(Posted(42))),
        Entered("an answer that isn't a number of a post has no part in this", Ask(1, Ping()), Received(Accepted(2, 99)), Received(Posted(42))),
        Entered("an own act comes like everyone's, after its answer or before it", Ask(1, Moderate("lobby")), Received(Accepted(2, 42)),
            Received(PostedAct(42)), Ask(2, Moderate("lobby")), Received(PostedAct(43)), Received(Accepted(3, 43)), Received(Posted(44))),
        Entered("an own number of a room that isn't ours has no part in this", Ask(1, Post("#kitchen")), Received(Accepted(2, 42))),
        Entered("another log's post is unexpected", Received(Posted(42, epoch: 8))),
        Entered("a gap moves the position", Received(Gap(42, 45)), Received(Posted(46))),
        Entered("a number within a gap is unexpected", Received(Gap(42, 45)), Received(Posted(45))),
        Entered("a gap behind the position doesn't move it back", Received(Gap(1, 5)), Received(Posted(42))),
        Entered("a gap up to own numbers counts them too", Ask(1, Post()), Received(Accepted(2, 46)), Received(Gap(42, 45)), Received(Posted(46))),
        Entered("the log began anew, and nobody knows how many there were", Received(Gap(0, 0, epoch: 9)), Received(Posted(1, epoch: 9)), Received(Posted(42))),
        Entered("a gap in a new log", Received(Gap(1, 7, epoch: 9)), Received(Posted(8, epoch: 9))),
        Entered("a gap of an unknown room is unexpected", Received(Gap(1, 7, "#kitchen"))),
        Entered("an act is numbered like a post", Received(PostedAct(42)), Received(Posted(43)), Received(PostedAct(43))),
    ];

    private static IEnumerable<SessionScript> Rooms() =>
    [
        Entered("joins a room", Ask(1, Join("#garden")), Received(Joined(2, At("#garden", 9))), Received(Posted(10, "#garden")),
            Ask(2, Post("#garden")), Received(Accepted(3, 11)), new ClientInput.Lost()),
        Entered("is refused a room", Ask(1, Join("#garden")), Received(Refused(2, RefusalCode.Banned)), Received(Posted(10, "#garden"))),
        Entered("a room that wasn't asked for is not joined", Ask(1, Join("#garden")), Received(Joined(2, At("#kitchen", 9)))),
        Entered("a room without a position is not joined", Ask(1, Join("#garden")), Received(Joined(2, new RoomInfo()))),
        Entered("a room is not joined by asking something else", Ask(1, Ping()), Received(Joined(2, At("#garden", 9)))),
        Entered("a mailbox is not joined", Ask(1, Join("")), Received(Joined(2, At("", 9)))),
        Entered("joins the same room again", Ask(1, Join("#garden")), Received(Joined(2, At("#garden", 9))), Received(Posted(10, "#garden")),
            Ask(2, Join("#garden")), Received(Joined(3, At("#garden", 10))), Received(Posted(11, "#garden"))),
        Entered("leaves a room; until the answer its posts still come", Ask(1, Join("#garden")), Received(Joined(2, At("#garden", 9))),
            Ask(2, Leave("#garden")), Received(Posted(10, "#garden")), Received(Accepted(3, 0)), Received(Posted(11, "#garden"))),
        Entered("is refused to leave and stays", Ask(1, Leave("lobby")), Received(Refused(2, RefusalCode.Unsupported)), Received(Posted(42))),
        Entered("leaves a room that it isn't in, as it turns out", Ask(1, Join("#garden")), Received(Joined(2, At("#garden", 9))),
            Ask(2, Leave("#garden")), Received(Refused(3, RefusalCode.NotAMember)), Received(Posted(10, "#garden"))),
        Entered("is sent out of a room", Ask(1, Join("#garden")), Received(Joined(2, At("#garden", 9))), Received(PostedAct(10, "#garden")),
            Received(LeftRoom("#garden")), Received(Posted(11, "#garden"))),
        Entered("is sent out while leaving", Ask(1, Join("#garden")), Received(Joined(2, At("#garden", 9))), Ask(2, Leave("#garden")),
            Received(LeftRoom("#garden")), Received(Refused(3, RefusalCode.NotAMember))),
        Entered("is not sent out of a room that it isn't in", Received(LeftRoom("#garden"))),
        Entered("rooms are kept in one order", Ask(1, Join("#zoo")), Received(Joined(2, At("#zoo", 1))), Ask(2, Join("#Zoe")),
            Received(Joined(3, At("#Zoe", 2))), Ask(3, Join("~ff")), Received(Joined(4, At("~ff", 3)))),
    ];

    private static IEnumerable<SessionScript> Mailbox() =>
    [
        Entered("private messages have numbers of their own", Received(Private(3)), Received(Private(4)), Ask(1, Ack(4)), Received(Accepted(2, 0))),
        Entered("a private message told already is unexpected", Received(Private(3)), Received(Private(3))),
        Entered("a private message at the welcome's position is unexpected", Received(Private(2))),
        Entered("a private message of another mailbox is unexpected", Received(Private(3, epoch: 9))),
        Entered("a private message of a room is unexpected", Received(Private(42, epoch: 7, room: "lobby"))),
        Entered("a private message without a position is unexpected",
            Received(new ServerFrame { PrivateMessage = new PrivateMessage { From = FrameSamples.Who("bob") } })),
        Entered("private messages that are gone", Received(Gap(3, 5, room: "", epoch: 8)), Received(Private(6))),
        Entered("a mailbox that began anew", Received(Gap(0, 0, room: "", epoch: 9)), Received(Private(1, epoch: 9))),
        Story("a welcome without a mailbox: no private message is expected",
            Received(new ServerFrame { Welcome = new Welcome { Ref = 1, You = FrameSamples.Who("alice") } }), Received(Private(1))),
    ];

    private static SessionScript Again(string name, params ClientInput[] inputs) =>
        SessionRun.Of(name, "alice", Earlier, [Received(Challenge()), .. inputs]);

    private static SessionScript Entered(string name, params ClientInput[] inputs) => Story(name, [Received(Welcome()), .. inputs]);

    private static SessionScript Story(string name, params ClientInput[] inputs) =>
        SessionRun.Of(name, "alice", null, [Received(Challenge()), .. inputs]);
}
