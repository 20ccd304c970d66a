using ChatLock.Crypto.Tests.Suites;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Frames of every kind, ordinary and at the edges of their fields. Made-up bytes, always the same.</summary>
internal static class FrameSamples
{
    public static readonly string[] Names =
    [
        "alice", "Zoë", "Ελένη", "名前", "عمر", "ÅNGSTRÖM", "e\u0301", "👩‍👩‍👧", "nul\0inside", "\uFEFFmark", "a\u202Eb", "",
    ];

    public static IEnumerable<(string Name, ClientFrame Frame)> OfClient =>
    [
        ("hello", Hello(1, "alice")),
        .. Names.Select(name => ($"hello as {Escaped(name)}", Hello(2, name))),
        ("hello with nothing in it", new ClientFrame { Ref = 1, Hello = new Hello() }),
        ("hello with the greatest suite and a resume token", new ClientFrame
        {
            Ref = 3,
            Hello = new Hello { Name = "alice", Suites = { 0, 1, 2, 127, 128, uint.MaxValue }, ResumeToken = Bytes("token", 48) },
        }),
        ("rename", new ClientFrame { Ref = 4, Rename = new Rename { Name = "bob" } }),
        ("rename to nothing", new ClientFrame { Ref = 4, Rename = new Rename() }),
        ("join", new ClientFrame { Ref = 5, Join = new Join { Room = "garden" } }),
        ("join a room that isn't there yet", new ClientFrame { Ref = 5, Join = new Join { Room = "#garden", Create = true, Suite = 2 } }),
        ("join where one was", new ClientFrame { Ref = 5, Join = new Join { Room = "#garden", Position = At("#garden", 7, 12) } }),
        ("hello of someone who comes back", new ClientFrame
        {
            Ref = 3,
            Hello = new Hello { Name = "alice", ResumeToken = Bytes("token", 16), SessionKeyMadeUnixMs = 1_764_000_000_000, Positions = { At("lobby", 7, 12), At("", 8, 1) } },
        }),
        ("hello with a key made before 1970", new ClientFrame { Ref = 3, Hello = new Hello { SessionKeyMadeUnixMs = -1 } }),
        ("moderate: kick", new ClientFrame { Ref = 13, Moderate = new Moderate { Room = "#garden", Act = Act(RoomActKind.Kick) } }),
        ("moderate: topic", new ClientFrame { Ref = 13, Moderate = new Moderate { Room = "#garden", Act = TopicAct() } }),
        ("moderate with nothing in it", new ClientFrame { Ref = 13, Moderate = new Moderate() }),
        ("list of rooms", new ClientFrame { Ref = 14, List = new List() }),
        ("list of rooms after one", new ClientFrame { Ref = 14, List = new List { After = "#garden" } }),
        ("who is in a room", new ClientFrame { Ref = 11, Who = new Who { Room = "#garden", After = "bob" } }),
        ("leave", new ClientFrame { Ref = 6, Leave = new Leave { Room = "garden" } }),
        ("post", new ClientFrame { Ref = 7, Post = Post(200) }),
        ("post without a ref", new ClientFrame { Post = Post(1) }),
        ("post with the greatest ref", new ClientFrame { Ref = ulong.MaxValue, Post = Post(1) }),
        ("post with ref 2^53", new ClientFrame { Ref = 1UL << 53, Post = Post(1) }),
        ("post with ref 2^53 + 1", new ClientFrame { Ref = (1UL << 53) + 1, Post = Post(1) }),
        ("post with ref 2^63", new ClientFrame { Ref = 1UL << 63, Post = Post(1) }),
        ("post with ref 127", new ClientFrame { Ref = 127, Post = Post(1) }),
        ("post with ref 128", new ClientFrame { Ref = 128, Post = Post(1) }),
        ("post with a long envelope", new ClientFrame { Ref = 8, Post = Post(20_000) }),
        ("post with nothing in it", new ClientFrame { Ref = 8, Post = new Post() }),
        ("private", new ClientFrame { Ref = 9, Private = new Private { Recipient = Bytes("bob", 32), MessageId = Bytes("id", 16), Envelope = Bytes("sealed", 90) } }),
        ("private with fields of a wrong length", new ClientFrame { Ref = 9, Private = new Private { Recipient = Bytes("bob", 31), MessageId = Bytes("id", 17) } }),
        ("ack of nothing", new ClientFrame { Ref = 10, Ack = new Ack() }),
        ("ack", new ClientFrame { Ref = 10, Ack = new Ack { Positions = { At("lobby", 1, 1), At("garden", ulong.MaxValue, ulong.MaxValue), new Position() } } }),
        ("who is here", new ClientFrame { Ref = 11, Who = new Who() }),
        ("who has a name", new ClientFrame { Ref = 11, Who = new Who { Name = "Zoë" } }),
        ("who has a key", new ClientFrame { Ref = 11, Who = new Who { Fingerprint = Bytes("bob", 32) } }),
        ("who comes after", new ClientFrame { Ref = 11, Who = new Who { After = "名前" } }),
        ("ping", new ClientFrame { Ref = 12, Ping = new Ping { Nonce = 5 } }),
        ("ping with the greatest nonce", new ClientFrame { Ref = 12, Ping = new Ping { Nonce = ulong.MaxValue } }),
        ("bye", new ClientFrame { Bye = new Bye() }),
        ("pong", new ClientFrame { Pong = new Pong { Nonce = 1UL << 63 } }),
        ("pong to nonce 0", new ClientFrame { Pong = new Pong() }),
    ];

    public static IEnumerable<(string Name, ServerFrame Frame)> OfServer =>
    [
        ("challenge", new ServerFrame { Challenge = Challenge() }),
        ("entered again", new ServerFrame
        {
            Entered = new RoomInfo
            {
                Position = At("#garden", 7, 12), Suite = 2, MemberCount = 3, OwnerKey = Bytes("owner", 65), LastAct = 9,
                Acts = { Act(RoomActKind.Ban), TopicAct() }, Here = { new Member { Name = "bob", IdentityKey = Bytes("bob", 65), Away = true } }, More = true,
            },
        }),
        ("a room that is closed to one", new ServerFrame { LeftRoom = new RoomLeft { Room = "#garden", Why = new Refused { Code = RefusalCode.Banned, Sentence = "You are banned from that room." } } }),
        ("posted act", new ServerFrame { Posted = new Posted { Position = At("#garden", 7, 13), TimeUnixMs = 1, From = new Member { Name = "bob", IdentityKey = Bytes("bob", 65) }, Act = Act(RoomActKind.Mute) } }),
        ("private message with a number", new ServerFrame { PrivateMessage = new PrivateMessage { TimeUnixMs = 1, Position = At("", 8, 2), MessageId = Bytes("id", 16), Envelope = Bytes("sealed", 90) } }),
        ("reply with rooms", new ServerFrame { Reply = new Reply { Ref = 14, Rooms = new RoomList { Rooms = { new RoomSummary { Room = "#garden", MemberCount = 3, Suite = 2 } }, More = true } } }),
        ("reply: waiting for its receiver", new ServerFrame { Reply = new Reply { Ref = 9, Accepted = new Accepted { TimeUnixMs = 1, Waiting = true } } }),
        ("welcome back", new ServerFrame { Welcome = new Welcome { Ref = 1, Resumed = true, ResumeToken = Bytes("token", 16), Mailbox = At("", 8, 2) } }),
        ("presence: away and back", new ServerFrame { Presence = new Presence { Room = "lobby", Away = { new Member { Name = "bob" } }, Back = { new Member { Name = "Zoë" } }, MoreAway = 1, MoreBack = 2 } }),
        ("member who is absent", new ServerFrame { Reply = new Reply { Ref = 1, Roster = new Roster { Members = { new Member { Name = "bob", IdentityKey = Bytes("bob", 65), SessionKey = Bytes("session", 65), SessionKeySignature = Bytes("word", 64), SessionKeyMadeUnixMs = 1_764_000_000_000, Absent = true } } } } }),
        ("gap of another log", new ServerFrame { Gap = new Gap { Room = "#garden", Epoch = 8 } }),
        ("challenge with nothing in it", new ServerFrame { Challenge = new Challenge() }),
        ("challenge with empty limits", new ServerFrame { Challenge = new Challenge { Limits = new Limits(), Versions = { 1, 2, uint.MaxValue } } }),
        ("challenge with the greatest limits", new ServerFrame { Challenge = new Challenge { Limits = GreatestLimits() } }),
        ("welcome", new ServerFrame { Welcome = Welcome() }),
        ("welcome with nothing in it", new ServerFrame { Welcome = new Welcome() }),
        ("welcome to a closed room", new ServerFrame { Welcome = new Welcome { Ref = 1, Rooms = { new RoomInfo { Position = At("lobby", 1, 0), Suite = 3 } } } }),
        .. Names.Select(name => ($"welcome as {Escaped(name)}", new ServerFrame { Welcome = new Welcome { Ref = 1, You = Who(name) } })),
        ("accepted", Answer(new Reply { Ref = 7, Accepted = new Accepted { Sequence = 42, TimeUnixMs = 1_790_000_000_123 } })),
        ("accepted with nothing in it", Answer(new Reply { Ref = 7, Accepted = new Accepted() })),
        ("accepted with the greatest numbers", Answer(new Reply { Ref = ulong.MaxValue, Accepted = new Accepted { Sequence = ulong.MaxValue, TimeUnixMs = long.MaxValue } })),
        ("accepted before 1970", Answer(new Reply { Ref = 7, Accepted = new Accepted { Sequence = 1, TimeUnixMs = -1 } })),
        ("accepted at the least time", Answer(new Reply { Ref = 7, Accepted = new Accepted { TimeUnixMs = long.MinValue } })),
        ("reply without a result", Answer(new Reply { Ref = 7 })),
        .. Enum.GetValues<RefusalCode>().Append((RefusalCode)99).Append((RefusalCode)int.MaxValue).Append((RefusalCode)(-1)).Select(code =>
            ($"refused {CodeNames.Of(code)}", Answer(new Reply { Ref = 7, Refused = new Refused { Code = code, Sentence = "No.", RetryAfterMs = 100 } }))),
        ("refused with suggestions", Answer(new Reply { Ref = 1, Refused = new Refused { Code = RefusalCode.NameTaken, Sentence = "That name is taken.", Suggestions = { Names } } })),
        ("roster of nobody", Answer(new Reply { Ref = 8, Roster = new Roster() })),
        ("roster", Answer(new Reply { Ref = 8, Roster = new Roster { Members = { Who("alice"), Known("bob") }, Online = 10_000, More = true } })),
        ("joined", Answer(new Reply { Ref = 9, Joined = new RoomInfo { Position = At("garden", 3, 9), Suite = 2, OpenSecret = Bytes("secret", 32), MemberCount = 3 } })),
        ("renamed", Answer(new Reply { Ref = 10, Renamed = Who("bob") })),
        ("posted", new ServerFrame { Posted = Posted("lobby", 43) }),
        ("posted with the greatest sequence", new ServerFrame { Posted = Posted("lobby", ulong.MaxValue) }),
        ("posted in a room with a long name", new ServerFrame { Posted = Posted(string.Concat(Enumerable.Repeat("名", 100)), 1) }),
        ("posted with nothing in it", new ServerFrame { Posted = new Posted() }),
        ("private message", new ServerFrame { PrivateMessage = Private() }),
        ("private message with nothing in it", new ServerFrame { PrivateMessage = new PrivateMessage() }),
        ("presence", new ServerFrame { Presence = Presence() }),
        ("presence with nothing in it", new ServerFrame { Presence = new Presence() }),
        ("presence in counts", new ServerFrame { Presence = new Presence { Room = "lobby", Online = uint.MaxValue, MoreJoined = 1, MoreLeft = 2, MoreRenamed = 3 } }),
        ("presence of empty parts", new ServerFrame { Presence = new Presence { Joined = { new Member() }, Left = { new Departure() }, Renamed = { new Renaming() } } }),
        ("gap", new ServerFrame { Gap = new Gap { Room = "lobby", FromSequence = 5, ToSequence = ulong.MaxValue } }),
        ("gap with nothing in it", new ServerFrame { Gap = new Gap() }),
        ("ping", new ServerFrame { Ping = new Ping { Nonce = 1 } }),
        ("ping with nonce 0", new ServerFrame { Ping = new Ping() }),
        ("ping with the greatest nonce", new ServerFrame { Ping = new Ping { Nonce = ulong.MaxValue } }),
        .. Enum.GetValues<CloseReason>().Append((CloseReason)99).Append((CloseReason)int.MaxValue).Append((CloseReason)int.MinValue).Select(reason =>
            ($"close {CodeNames.Of(reason)}", new ServerFrame { Close = new Close { Reason = reason, Sentence = "Goodbye." } })),
        ("close with nothing in it", new ServerFrame { Close = new Close() }),
    ];

    public static IEnumerable<(string Name, Envelope Envelope)> OfEnvelope =>
    [
        ("sealed", new Envelope { Suite = 2, Salt = Bytes("salt", 16), Counter = 1, Ciphertext = Bytes("ciphertext", 120), Signature = Bytes("signature", 64) }),
        ("classic", new Envelope { Suite = 1, Salt = Bytes("salt", 16), Counter = 2, Ciphertext = Bytes("ciphertext", 8), Signature = Bytes("signature", 64) }),
        ("of an unknown suite", new Envelope { Suite = uint.MaxValue, Salt = Bytes("salt", 16), Counter = 3 }),
        ("with the last counter", new Envelope { Suite = 2, Salt = Bytes("salt", 16), Counter = ulong.MaxValue }),
        ("with counter 2^53 + 1", new Envelope { Suite = 2, Salt = Bytes("salt", 16), Counter = (1UL << 53) + 1 }),
        ("with fields of a wrong length", new Envelope { Suite = 2, Salt = Bytes("salt", 15), Counter = 1, Signature = Bytes("signature", 63) }),
        ("empty", new Envelope()),
    ];

    public static ClientFrame Hello(ulong @ref, string name) => new()
    {
        Ref = @ref,
        Hello = new Hello
        {
            IdentityKey = Bytes("identity", 65),
            Name = name,
            Signature = Bytes("signature", 64),
            SessionKey = Bytes("session", 65),
            SessionKeySignature = Bytes("session signature", 64),
            Suites = { 1, 2 },
            Client = "test",
        },
    };

    public static Challenge Challenge() => new()
    {
        Nonce = Bytes("nonce", 32),
        ServerId = Bytes("server", 32),
        Versions = { 1 },
        Limits = new SessionLimits().ToWire(32),
        Server = "ChatLock 0.1",
    };

    public static Welcome Welcome(string name = "alice", ulong sequence = 41) => new()
    {
        Ref = 1,
        You = Who(name),
        SessionId = Bytes("session id", 16),
        Rooms = { new RoomInfo { Position = At("lobby", 7, sequence), Suite = 2, OpenSecret = Bytes("secret", 32), MemberCount = 2 } },
        Here = { Who(name), Who("bob") },
        More = true,
    };

    public static Posted Posted(string room, ulong sequence) => new()
    {
        Position = At(room, 7, sequence),
        TimeUnixMs = 1_790_000_000_000,
        From = Who("bob"),
        Envelope = Bytes("sealed", 60),
        MessageId = Bytes("id", 16),
    };

    public static PrivateMessage Private() => new()
    {
        TimeUnixMs = 1_790_000_000_001,
        From = Known("bob"),
        Envelope = Bytes("sealed", 90),
        MessageId = Bytes("id", 16),
    };

    public static Presence Presence() => new()
    {
        Room = "lobby",
        Joined = { Who("bob"), Who("Zoë") },
        Left = { new Departure { Member = Who("carol"), Reason = CloseReason.ConnectionLost } },
        Renamed = { new Renaming { From = "bob", To = Who("robert") } },
        Online = 3,
    };

    public static Post Post(int envelopeBytes) =>
        new() { Room = "lobby", MessageId = Bytes("id", 16), Envelope = Bytes("sealed", envelopeBytes) };

    public static Member Who(string name) => new() { Name = name, IdentityKey = Bytes($"key of {name}", 65) };

    /// <summary>This many bytes that are always the same.</summary>
    public static ByteString Bytes(string name, int count)
    {
        var seed = SuiteVectorKeys.Named(name);
        return ByteString.CopyFrom([.. Enumerable.Range(0, count).Select(i => (byte)(seed[i % seed.Length] + i / seed.Length))]);
    }

    private static Member Known(string name)
    {
        var member = Who(name);
        member.SessionKey = Bytes($"session of {name}", 65);
        member.SessionKeySignature = Bytes($"word for {name}", 64);
        return member;
    }

    private static ServerFrame Answer(Reply reply) => new() { Reply = reply };

    private static Position At(string room, ulong epoch, ulong sequence) => new() { Room = room, Epoch = epoch, Sequence = sequence };

    private static Limits GreatestLimits()
    {
        var limits = new Limits();
        foreach (var field in Limits.Descriptor.Fields.InFieldNumberOrder())
            field.Accessor.SetValue(limits, uint.MaxValue);
        return limits;
    }

    private static string Escaped(string name) => name.Length == 0
        ? "nothing"
        : string.Concat(name.Select(c => c is > ' ' and < '\u0250' ? c.ToString() : $"U+{(int)c:X4} ")).TrimEnd();

    private static RoomAct Act(RoomActKind kind) => new()
    {
        Kind = kind,
        Number = 3,
        Target = Bytes("target", 32),
        Seconds = kind == RoomActKind.Mute ? 60u : 0,
        By = Bytes("owner", 65),
        Signature = Bytes("act", 64),
        TimeUnixMs = 1,
    };

    private static RoomAct TopicAct() => new()
    {
        Kind = RoomActKind.Topic,
        Number = 9,
        Envelope = Bytes("topic", 90),
        By = Bytes("owner", 65),
        Signature = Bytes("act", 64),
    };
}
