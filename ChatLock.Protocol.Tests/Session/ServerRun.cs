using ChatLock.Protocol.Names;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Tests.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>One server session that is fed input by input; its effects come out as names.</summary>
internal sealed class ServerRun
{
    public static readonly ByteString Nonce = ByteString.CopyFrom([.. Enumerable.Repeat((byte)1, 32)]);
    public static readonly ByteString ServerId = ByteString.CopyFrom([.. Enumerable.Repeat((byte)2, 32)]);
    public static readonly TestIdentity Alice = new();

    public ServerRun(SessionLimits? limits = null, ByteString? nonce = null, ByteString? serverId = null)
    {
        (Session, var effects) = ServerSession.Open(
            ByteString.CopyFrom(new byte[16]), nonce ?? Nonce, serverId ?? ServerId, limits ?? new SessionLimits(), "test", nowMs: 0);
        Opened = [.. effects.Select(EffectNames.Of)];
    }

    public ServerSession Session { get; private set; }

    public IReadOnlyList<string> Opened { get; }

    /// <summary>The effects of the last input.</summary>
    public IReadOnlyList<SessionEffect> Last { get; private set; } = [];

    public long NowMs { get; set; }

    public string[] On(SessionInput input)
    {
        (Session, Last) = Session.On(input);
        return [.. Last.Select(EffectNames.Of)];
    }

    public string[] Receive(ClientFrame frame) => On(new SessionInput.Received(frame, NowMs));

    public string[] Tick(long nowMs, long? partialSinceMs = null) => On(new SessionInput.Tick(NowMs = nowMs, partialSinceMs));

    public string[] Hello(string name, ulong @ref = 1) => Receive(Frames.Hello(name, @ref));

    public string[] Grant(string name) => On(new SessionInput.NameGranted(Frames.Name(name), Resumed: false));

    public string[] Enter() => On(Frames.Entered);

    public string[] Admit(string room, ulong @ref) => On(new SessionInput.Admitted(Frames.Room(room), @ref));

    public string[] Turn(string room, ulong @ref) =>
        On(new SessionInput.NotAdmitted(Frames.Room(room), @ref, Codes.Refusals.Banned));

    /// <summary>In this room, if nothing is in the way.</summary>
    public ServerRun In(string room, ulong @ref = 99)
    {
        Receive(Frames.Join(room, @ref));
        Admit(room, @ref);
        return this;
    }

    /// <summary>As far as this phase, on the straight way.</summary>
    public ServerRun To(SessionPhase phase)
    {
        if (phase == SessionPhase.Closed)
            On(new SessionInput.Ended(CloseReason.ServerStopping));
        if (phase is SessionPhase.Claiming or SessionPhase.Entering or SessionPhase.Ready)
            Hello("alice");
        if (phase is SessionPhase.Entering or SessionPhase.Ready)
            Grant("alice");
        if (phase is SessionPhase.Ready)
            Enter();
        Assert.Equal(phase, Session.Phase);
        return this;
    }
}

/// <summary>Frames and inputs that are good by themselves.</summary>
internal static class Frames
{
    public static readonly SessionInput.Entered Entered = new(
        new RoomInfo { Position = new Position { Room = "lobby", Epoch = 1 }, Suite = 2, MemberCount = 1 },
        new Roster(),
        new Position { Epoch = 3, Sequence = 4 },
        Zeros(16));

    public static UserName Name(string text) =>
        UserName.TryParse(text, out var name, out var problem) ? name : throw new ArgumentException(problem.Sentence);

    public static ClientFrame Hello(string name, ulong @ref = 1) =>
        new() { Ref = @ref, Hello = ServerRun.Alice.Hello(ServerRun.Nonce, ServerRun.ServerId, name) };

    public static ClientFrame Hello(string name, ByteString token, params Position[] positions)
    {
        var hello = Hello(name);
        hello.Hello.ResumeToken = token;
        hello.Hello.Positions.Add(positions);
        return hello;
    }

    public static RoomId Room(string id) => RoomId.TryParse(id, out var room) ? room : throw new ArgumentException(id);

    public static Position At(string room, ulong sequence = 1) => new() { Room = room, Epoch = 5, Sequence = sequence };

    public static ClientFrame Join(string room, ulong @ref = 7, Position? position = null) =>
        new() { Ref = @ref, Join = new Join { Room = room, Position = position } };

    public static ClientFrame Leave(string room, ulong @ref = 7) => new() { Ref = @ref, Leave = new Leave { Room = room } };

    public static ClientFrame Ack(params Position[] positions) => new() { Ref = 7, Ack = new Ack { Positions = { positions } } };

    public static ClientFrame Moderate(string room, RoomAct? act, ulong @ref = 7) =>
        new() { Ref = @ref, Moderate = new Moderate { Room = room, Act = act } };

    public static ClientFrame Post(ulong @ref = 7, int envelopeBytes = 100, string room = "lobby") =>
        new() { Ref = @ref, Post = new Post { Room = room, MessageId = Zeros(16), Envelope = Zeros(envelopeBytes) } };

    public static ClientFrame Private(ulong @ref = 7, int envelopeBytes = 100) =>
        new() { Ref = @ref, Private = new Private { Recipient = Zeros(32), MessageId = Zeros(16), Envelope = Zeros(envelopeBytes) } };

    public static ClientFrame Rename(string name, ulong @ref = 7) => new() { Ref = @ref, Rename = new Rename { Name = name } };

    public static ClientFrame Ping(ulong @ref = 7) => new() { Ref = @ref, Ping = new Ping { Nonce = 1 } };

    public static ClientFrame Who(Who question, ulong @ref = 7) => new() { Ref = @ref, Who = question };

    public static ClientFrame Pong { get; } = new() { Pong = new Pong { Nonce = 1 } };

    /// <summary>One good frame of each kind, with ref 7.</summary>
    public static ClientFrame Of(ClientFrame.BodyOneofCase kind) => kind switch
    {
        ClientFrame.BodyOneofCase.None => new ClientFrame { Ref = 7 },
        ClientFrame.BodyOneofCase.Hello => Hello("alice", 7),
        ClientFrame.BodyOneofCase.Rename => Rename("bob"),
        ClientFrame.BodyOneofCase.Join => Join("#room"),
        ClientFrame.BodyOneofCase.Leave => Leave("#room"),
        ClientFrame.BodyOneofCase.Post => Post(),
        ClientFrame.BodyOneofCase.Private => Private(),
        ClientFrame.BodyOneofCase.Ack => Ack(At("", 9)),
        ClientFrame.BodyOneofCase.Moderate => Moderate("#room", new RoomAct()),
        ClientFrame.BodyOneofCase.List => new ClientFrame { Ref = 7, List = new List() },
        ClientFrame.BodyOneofCase.Who => Who(new Who()),
        ClientFrame.BodyOneofCase.Ping => Ping(),
        ClientFrame.BodyOneofCase.Bye => new ClientFrame { Bye = new Bye() },
        ClientFrame.BodyOneofCase.Pong => Pong,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static ByteString Zeros(int count) => ByteString.CopyFrom(new byte[count]);
}
