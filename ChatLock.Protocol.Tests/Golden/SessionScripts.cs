using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Tests.Golden.SessionInputs;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Makes vectors/sessions/client.json: each input in each phase, stories by hand, and long walks.</summary>
internal static class SessionScripts
{
    public static SessionScriptFile All { get; } = new([.. Table(), .. Stories(), .. SessionStories.All, .. Enumerable.Range(1, 8).Select(Walk)]);

    /// <summary>Each kind of input in each phase; a goodbye from the server and a reply afterwards show where it led.</summary>
    private static IEnumerable<SessionScript> Table() =>
        from phase in Enum.GetValues<ClientPhase>()
        from input in Kinds
        select SessionRun.Of($"{SessionSpelling.Of(phase)}: {input.Name}", StartOf(phase), Earlier,
            [.. WayTo(phase), input.Input, Ask(9, Ping()), Received(Close(CloseReason.ServerStopping))]);

    private static string? StartOf(ClientPhase phase) => phase == ClientPhase.AwaitName ? null : "alice";

    private static ClientInput[] WayTo(ClientPhase phase) => phase switch
    {
        ClientPhase.AwaitChallenge => [],
        ClientPhase.AwaitName or ClientPhase.AwaitWelcome => [Received(Challenge())],
        ClientPhase.Ready => [Received(Challenge()), Received(Welcome()), Ask(1, Post())],
        _ => [Received(Challenge()), Received(Welcome()), Ask(1, Post()), new ClientInput.Lost()],
    };

    private static IEnumerable<SessionScript> Stories() =>
    [
        Story("enters, talks, leaves", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Post()), Received(Accepted(2)), Received(Posted(42)),
            Received(Private()), new ClientInput.Leave(), Received(Close(CloseReason.Left))),
        Story("has no name until one is chosen", null,
            Received(Challenge()), Chosen("alice"), Received(Welcome()), Ask(1, Ping()), Received(Accepted(2))),
        Story("chooses a name before the server has spoken", null,
            Chosen("alice"), Chosen("alicia"), Received(Challenge()), Received(Welcome("alicia"))),
        Story("is refused a name and asks for another", "alice",
            Received(Challenge()), Received(Refused(1, RefusalCode.NameTaken, "alice2", "alice_", "Zoë")), Chosen("alice2"),
            Received(Refused(2, RefusalCode.NameConfusable)), Chosen("bob"), Received(Refused(3, RefusalCode.NameInvalid)),
            Chosen("carol"), Received(Welcome("carol")), Ask(1, Who()), Received(Reply(5, reply => reply.Roster = new Roster()))),
        Story("is refused for a reason of a newer server", "alice",
            Received(Challenge()), Received(Refused(1, (RefusalCode)99)), Chosen("bob")),
        Story("is refused a second time without having asked", "alice",
            Received(Challenge()), Received(Refused(1, RefusalCode.NameTaken)), Received(Refused(1, RefusalCode.NameTaken))),
        Story("a refusal of another Hello is unexpected", "alice",
            Received(Challenge()), Received(Refused(1, RefusalCode.NameTaken)), Chosen("bob"), Received(Refused(1, RefusalCode.NameTaken))),
        Story("a Hello is not accepted by a reply", "alice", Received(Challenge()), Received(Accepted(1))),
        Story("a Hello is not answered by a roster", "alice", Received(Challenge()), Received(Reply(1, reply => reply.Roster = new Roster()))),
        Story("a Hello is not answered by an empty reply", "alice", Received(Challenge()), Received(Reply(1, _ => { }))),
        Story("a name chosen while a Hello is on its way is not asked for", "alice",
            Received(Challenge()), Chosen("bob"), Received(Welcome())),
        Story("a name chosen when entered is not asked for", "alice",
            Received(Challenge()), Received(Welcome()), Chosen("bob"), Ask(1, Ping())),
        Story("is granted another spelling of its name", "ALICE", Received(Challenge()), Received(Welcome("Alice"))),
        Story("is granted a name by a welcome that tells none", "alice",
            Received(Challenge()), Received(new ServerFrame { Welcome = new Welcome { Ref = 1 } })),
        Story("a welcome without rooms: no post is expected", "alice",
            Received(Challenge()), Received(new ServerFrame { Welcome = new Welcome { Ref = 1, You = FrameSamples.Who("alice") } }),
            Received(Posted(1))),
        Story("a welcome with a room that has no position", "alice",
            Received(Challenge()), Received(WelcomeTo(new RoomInfo { Suite = 2 })), Received(Posted(1))),
        Story("a welcome with a room at two numbers is malformed", "alice",
            Received(Challenge()), Received(WelcomeTo(At("lobby", 1), At("lobby", 2)))),
        Story("a welcome with a room told twice alike is malformed too", "alice",
            Received(Challenge()), Received(WelcomeTo(At("lobby", 1), At("garden", 1), At("lobby", 1)))),
        Story("a nonce of 31 bytes is malformed", "alice", Received(Bad(challenge => challenge.Nonce = FrameSamples.Bytes("nonce", 31)))),
        Story("a nonce of 33 bytes is malformed", "alice", Received(Bad(challenge => challenge.Nonce = FrameSamples.Bytes("nonce", 33)))),
        Story("no nonce is malformed", null, Received(Bad(challenge => challenge.Nonce = ByteString.Empty))),
        Story("a server id of 31 bytes is malformed", "alice", Received(Bad(challenge => challenge.ServerId = FrameSamples.Bytes("server", 31)))),
        Story("a server id of 33 bytes is malformed", null, Received(Bad(challenge => challenge.ServerId = FrameSamples.Bytes("server", 33)))),
        Story("a server without versions speaks none of ours", "alice", Received(Bad(challenge => challenge.Versions.Clear()))),
        Story("a server of version 2 only speaks none of ours", "alice", Received(Bad(challenge => Versions(challenge, 2)))),
        Story("a server of versions 2 and 1 speaks ours", "alice", Received(Bad(challenge => Versions(challenge, 2, 1)))),
        Story("a challenge without limits is one", "alice", Received(Bad(challenge => challenge.Limits = null))),
        Story("a second challenge is unexpected", "alice", Received(Challenge()), Received(Challenge())),
        Story("replies come in another order than their requests", "alice",
            Received(Challenge()), Received(Welcome()), Ask(10, Post()), Ask(11, Who()), Ask(12, Ping()), Received(Accepted(4)),
            Received(Refused(2, RefusalCode.TooFast)), Received(Reply(3, reply => reply.Roster = new Roster()))),
        Story("a reply to nothing is unexpected", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Post()), Received(Accepted(3))),
        Story("a reply to a ref of 0 is unexpected", "alice", Received(Challenge()), Received(Welcome()), Received(Accepted(0))),
        Story("a reply to the Hello after entering is unexpected", "alice",
            Received(Challenge()), Received(Welcome()), Received(Refused(1, RefusalCode.NameTaken))),
        Story("a second reply is unexpected", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Post()), Received(Accepted(2)), Received(Accepted(2))),
        Story("a reply of an unknown kind is an answer", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Post()), Received(Reply(2, _ => { }))),
        Story("a change of name is granted", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Rename("bob")), Received(Renamed(2, "Bob")), Ask(2, Ping())),
        Story("a change of name is refused", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Rename("bob")), Received(Refused(2, RefusalCode.NameTaken, "bob2"))),
        Story("a ref in the asked frame is not the one that is sent", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, new ClientFrame(Ping()) { Ref = 77 }), Received(Accepted(2))),
        Story("two requests under one tag are two", "alice",
            Received(Challenge()), Received(Welcome()), Ask(5, Post()), Ask(5, Post()), Received(Accepted(3)), new ClientInput.Lost()),
        Story("tags of any size come back", "alice",
            Received(Challenge()), Received(Welcome()), Ask(-1, Ping()), Ask(4_000_000_000, Ping()), Received(Accepted(3)), Received(Accepted(2))),
        Story("requests before entering aren't sent", null,
            Ask(1, Post()), Received(Challenge()), Ask(2, Post()), Chosen("alice"), Ask(3, Post()), Received(Welcome()), Ask(4, Post())),
        Story("what had no answer when the server closed is told", "alice",
            Received(Challenge()), Received(Welcome()), Ask(3, Post()), Ask(1, Post()), Ask(2, Post()), Received(Accepted(3)),
            Received(Close(CloseReason.TooSlow)), Ask(4, Post())),
        Story("what had no answer when the socket ended is told", "alice",
            Received(Challenge()), Received(Welcome()), Ask(2, Post()), Ask(1, Ping()), new ClientInput.Lost(), new ClientInput.Lost()),
        Story("what had no answer when leaving is told", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Post()), new ClientInput.Leave(), Received(Accepted(2)), new ClientInput.Leave()),
        Story("what had no answer at an unexpected frame is told", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Post()), Received(Welcome()), Received(Accepted(2))),
        Story("numbers rise, not necessarily by one", "alice",
            Received(Challenge()), Received(Welcome(sequence: 41)), Received(Posted(42)), Received(Posted(50)), Received(Posted(ulong.MaxValue))),
        Story("a number told already is unexpected", "alice",
            Received(Challenge()), Received(Welcome(sequence: 41)), Received(Posted(42)), Received(Posted(42))),
        Story("a smaller number is unexpected", "alice",
            Received(Challenge()), Received(Welcome(sequence: 41)), Received(Posted(43)), Received(Posted(42))),
        Story("a number at the welcome's position is unexpected", "alice",
            Received(Challenge()), Received(Welcome(sequence: 41)), Received(Posted(41))),
        Story("the number 0 is unexpected", "alice",
            Received(Challenge()), Received(Welcome()), Received(Posted(0))),
        Story("a post without a position is unexpected", "alice",
            Received(Challenge()), Received(Welcome()), Received(new ServerFrame { Posted = new Posted { From = FrameSamples.Who("bob") } })),
        Story("each room has its own numbers", "alice",
            Received(Challenge()), Received(WelcomeTo(At("lobby", 41), At("garden", 7))), Received(Posted(8, "garden")), Received(Posted(42)),
            Received(Posted(9, "garden")), Received(Posted(8, "garden"))),
        Story("a room that isn't entered has no posts", "alice", Received(Challenge()), Received(Welcome()), Received(Posted(42, "kitchen"))),
        Story("numbers above 2^53 are told apart", "alice",
            Received(Challenge()), Received(Welcome(sequence: 1UL << 53)), Received(Posted((1UL << 53) + 1)), Received(Posted((1UL << 53) + 2)),
            Received(Posted((1UL << 53) + 2))),
        Story("every ping is answered with its nonce", "alice",
            Received(Challenge()), Received(Welcome()), Received(Ping(0)), Received(Ping(7)), Received(Ping(ulong.MaxValue))),
        Story("a ping before the welcome is unexpected", "alice", Received(Challenge()), Received(Ping(7))),
        Story("frames of a newer server are ignored in each phase", null,
            Received(Newer()), Received(Challenge()), Received(Newer()), Chosen("alice"), Received(Newer()), Received(Welcome()),
            Received(Newer()), Received(new ServerFrame()), Ask(1, Ping()), Received(Accepted(2)), new ClientInput.Leave(), Received(Newer())),
        Story("unknown fields of known frames are ignored", "alice", Received(WithUnknown(Challenge())), Received(WithUnknown(Welcome()))),
        Story("leaves before the server has spoken", "alice", new ClientInput.Leave()),
        Story("leaves instead of choosing a name", null, Received(Challenge()), new ClientInput.Leave(), Chosen("alice")),
        Story("leaves while its Hello is on its way", "alice", Received(Challenge()), new ClientInput.Leave(), Received(Welcome())),
        Story("the socket ends before the server has spoken", null, new ClientInput.Lost(), Received(Challenge())),
        Story("closed by a reason of a newer server", "alice", Received(Challenge()), Received(Close((CloseReason)99))),
        Story("closed without a reason", "alice", Received(Challenge()), Received(Welcome()), Received(new ServerFrame { Close = new Close() })),
        .. Enum.GetValues<CloseReason>().Select(reason => Story($"closed: {Codes.CodeNames.Of(reason)}", "alice",
            Received(Challenge()), Received(Welcome()), Ask(1, Post()), Received(Close(reason)), Received(Posted(42)))),
    ];

    private static SessionScript Story(string name, string? start, params ClientInput[] inputs) =>
        SessionRun.Of(name, start, null, inputs);

    private static SessionScript Walk(int number) => new SessionWalk(number).Script();
}
