using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>What may happen to a client's session, in short.</summary>
internal static class SessionInputs
{
    /// <summary>One of each kind: every frame a server can send, and everything else.</summary>
    public static IReadOnlyList<(string Name, ClientInput Input)> Kinds { get; } =
    [
        ("nothing known", Received(Newer())),
        ("challenge", Received(Challenge())),
        ("welcome", Received(Welcome())),
        ("reply accepted 1", Received(Accepted(1))),
        ("reply accepted 2", Received(Accepted(2))),
        ("reply refused 1", Received(Refused(1, RefusalCode.NameTaken, "alice2"))),
        ("reply refused 2", Received(Refused(2, RefusalCode.NotHere))),
        ("posted", Received(Posted(42))),
        ("posted act", Received(PostedAct(42))),
        ("entered", Received(EnteredAgain("#garden", 9))),
        ("left room", Received(LeftRoom("#garden"))),
        ("private message", Received(Private())),
        ("presence", Received(Presence())),
        ("gap", Received(Gap(42, 44))),
        ("ping", Received(Ping(7))),
        ("close", Received(Close(CloseReason.Moving))),
        ("name chosen", Chosen("bob")),
        ("ask", Ask(5, Post())),
        ("leave", new ClientInput.Leave()),
        ("lost", new ClientInput.Lost()),
    ];

    public static ClientInput Received(ServerFrame frame) => new ClientInput.Received(frame);

    public static ClientInput Chosen(string name) => new ClientInput.NameChosen(name);

    public static ClientInput Ask(long tag, ClientFrame frame) => new ClientInput.Ask(tag, frame);

    public static ServerFrame Challenge() => new() { Challenge = FrameSamples.Challenge() };

    public static ServerFrame Bad(Action<Challenge> change)
    {
        var challenge = FrameSamples.Challenge();
        change(challenge);
        return new ServerFrame { Challenge = challenge };
    }

    public static void Versions(Challenge challenge, params uint[] versions)
    {
        challenge.Versions.Clear();
        challenge.Versions.Add(versions);
    }

    /// <summary>Where an earlier connection ended.</summary>
    public static ResumePoint Earlier { get; } = new(
        FrameSamples.Bytes("token", 16), [Place("", 8, 2), Place("#garden", 7, 9), Place("lobby", 7, 30)]);

    public static ServerFrame Welcome(string name = "alice", ulong sequence = 41, ulong @ref = 1, bool resumed = false) => new()
    {
        Welcome = new Welcome
        {
            Ref = @ref,
            You = FrameSamples.Who(name),
            Rooms = { At("lobby", sequence) },
            ResumeToken = FrameSamples.Bytes("next token", 16),
            Resumed = resumed,
            Mailbox = Place("", 8, 2),
        },
    };

    public static ServerFrame WelcomeTo(params RoomInfo[] rooms) => new()
    {
        Welcome = new Welcome { Ref = 1, You = FrameSamples.Who("alice"), Rooms = { rooms }, Mailbox = Place("", 8, 2) },
    };

    public static RoomInfo At(string room, ulong sequence, ulong epoch = 7) => new() { Position = Place(room, epoch, sequence), Suite = 2 };

    public static Position Place(string room, ulong epoch, ulong sequence) => new() { Room = room, Epoch = epoch, Sequence = sequence };

    public static ServerFrame EnteredAgain(string room, ulong sequence, ulong epoch = 7) => new() { Entered = At(room, sequence, epoch) };

    public static ServerFrame LeftRoom(string room, RefusalCode why = RefusalCode.Kicked) =>
        new() { LeftRoom = new RoomLeft { Room = room, Why = new Refused { Code = why, Sentence = "No." } } };

    public static ServerFrame Reply(ulong @ref, Action<Reply> fill)
    {
        var reply = new Reply { Ref = @ref };
        fill(reply);
        return new ServerFrame { Reply = reply };
    }

    public static ServerFrame Accepted(ulong @ref, ulong sequence = 42) =>
        Reply(@ref, reply => reply.Accepted = new Accepted { Sequence = sequence, TimeUnixMs = 1 });

    public static ServerFrame Joined(ulong @ref, RoomInfo room) => Reply(@ref, reply => reply.Joined = room);

    public static ServerFrame Renamed(ulong @ref, string name) => Reply(@ref, reply => reply.Renamed = FrameSamples.Who(name));

    public static ServerFrame Refused(ulong @ref, RefusalCode code, params string[] suggestions) =>
        Reply(@ref, reply => reply.Refused = new Refused { Code = code, Sentence = "No.", Suggestions = { suggestions } });

    public static ServerFrame Posted(ulong sequence, string room = "lobby", ulong epoch = 7) => new()
    {
        Posted = new Posted
        {
            Position = Place(room, epoch, sequence),
            From = FrameSamples.Who("bob"),
            Envelope = FrameSamples.Bytes("sealed", 20),
            MessageId = FrameSamples.Bytes("id", 16),
        },
    };

    public static ServerFrame PostedAct(ulong sequence, string room = "lobby") => new()
    {
        Posted = new Posted
        {
            Position = Place(room, 7, sequence),
            From = FrameSamples.Who("bob"),
            Act = new RoomAct { Kind = RoomActKind.Mute, Number = 3, Target = FrameSamples.Bytes("target", 32) },
        },
    };

    public static ServerFrame Private(ulong sequence = 3, ulong epoch = 8, string room = "") => new()
    {
        PrivateMessage = new PrivateMessage
        {
            Position = Place(room, epoch, sequence),
            From = FrameSamples.Who("bob"),
            Envelope = FrameSamples.Bytes("sealed", 20),
            MessageId = FrameSamples.Bytes("id", 16),
        },
    };

    public static ServerFrame Presence() =>
        new() { Presence = new Presence { Room = "lobby", Joined = { FrameSamples.Who("bob") }, Online = 2 } };

    public static ServerFrame Gap(ulong from, ulong to, string room = "lobby", ulong epoch = 7) =>
        new() { Gap = new Gap { Room = room, FromSequence = from, ToSequence = to, Epoch = epoch } };

    public static ServerFrame Ping(ulong nonce) => new() { Ping = new Ping { Nonce = nonce } };

    public static ServerFrame Close(CloseReason reason) => new() { Close = new Close { Reason = reason, Sentence = "Goodbye." } };

    /// <summary>A frame with number 111.</summary>
    public static ServerFrame Newer() => ServerFrame.Parser.ParseFrom(Convert.FromHexString("fa0603010203"));

    public static ServerFrame WithUnknown(ServerFrame frame) =>
        ServerFrame.Parser.ParseFrom([.. frame.ToByteArray(), .. Convert.FromHexString("f80601")]);

    public static ClientFrame Post(string room = "lobby") =>
        new() { Post = new Post { Room = room, MessageId = FrameSamples.Bytes("id", 16), Envelope = FrameSamples.Bytes("sealed", 20) } };

    public static ClientFrame Ping() => new() { Ping = new Ping { Nonce = 3 } };

    public static ClientFrame Join(string room) => new() { Join = new Join { Room = room } };

    public static ClientFrame Leave(string room) => new() { Leave = new Leave { Room = room } };

    public static ClientFrame Moderate(string room) => new()
    {
        Moderate = new Moderate { Room = room, Act = new RoomAct { Kind = RoomActKind.Mute, Number = 3, Target = FrameSamples.Bytes("target", 32) } },
    };

    public static ClientFrame Ack(ulong sequence) => new() { Ack = new Ack { Positions = { Place("", 8, sequence) } } };

    public static ClientFrame Who() => new() { Who = new Who { Name = "bob" } };

    public static ClientFrame Rename(string name) => new() { Rename = new Rename { Name = name } };
}

/// <summary>Dice that always fall the same (Knuth's MMIX numbers).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0 to below <paramref name="sides"/>.</summary>
    public int Next(int sides)
    {
        _state = unchecked(_state * 6364136223846793005 + 1442695040888963407);
        return (int)((_state >> 33) % (ulong)sides);
    }
}
