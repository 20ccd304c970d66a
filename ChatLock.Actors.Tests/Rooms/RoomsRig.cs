using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Tests.FanOut;
using ChatLock.Actors.Tests.Storage;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>A node's rooms and fan-outs as actors, over whatever journals; sessions are the test's.</summary>
public sealed class RoomsRig : TestKit
{
    /// <summary>Long enough for a loaded machine; nothing that passes waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly JournalStorage? _storage;
    private readonly ServerCounters _counters = new();

    /// <param name="storage">Disposed with the rig if the place doesn't keep it.</param>
    /// <param name="journals">Instead of the storage's.</param>
    private RoomsRig(JournalStorage storage, bool keepsStorage, IJournals? journals, RoomSettings? rooms)
        : base(storage.AddTo(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, log-dead-letters-during-shutdown = off }" + TestPatience.Config)
            .WithFallback(storage.Akka).WithFallback(DefaultConfig)))))
    {
        _storage = keepsStorage ? null : storage;
        Time.SetUtcNow(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var settings = new ServerSettings
        {
            LobbySuite = 2,
            Rooms = rooms ?? new RoomSettings(),
            TickInterval = TimeSpan.FromMilliseconds(50),
        };
        var server = new ServerIdentity(
            ByteString.CopyFrom(new byte[32]), "test", settings, Time, new MonotonicClock(Time), _counters,
            journals ?? storage.Journals, new OpenRoomSecrets(new byte[32]));
        FanOut = Sys.ActorOf(FanOutActor.Props(_counters));
        Rooms = Sys.ActorOf(RoomsActor.Props(server, [FanOut]), "rooms");
    }

    public FakeTimeProvider Time { get; } = new();

    public IActorRef FanOut { get; }

    public IActorRef Rooms { get; }

    public static RoomsRig Start(JournalPlace place, IJournals? journals = null, RoomSettings? rooms = null) =>
        new(place.Open(), place.Settings.Durability == StorageDurability.Memory, journals, rooms);

    /// <summary>A session that wants to be in a room.</summary>
    public RoomClient Join(string room, Person who, Position? position = null, bool create = false)
    {
        Assert.True(RoomId.TryParse(room, out var id));
        var client = new RoomClient(id, who, CreateTestProbe(), FanOut);
        Rooms.Tell(new RoomsCommand.Join(id, who.Key, who.Member, client.Handle, Ref: 1, position, create, Suite: 2));
        return client;
    }

    public RoomClient Entered(string room, Person who, Position? position = null, bool create = false)
    {
        var client = Join(room, who, position, create);
        client.Admitted();
        return client;
    }

    /// <summary>Something that no session would send: the directory's actor has a bug.</summary>
    public Refused Poison(Person who)
    {
        var client = new RoomClient(RoomId.Lobby, who, CreateTestProbe(), FanOut);
        Rooms.Tell(new RoomsCommand.Join(null!, who.Key, who.Member, client.Handle, Ref: 1, Position: null, Create: false, Suite: 2));
        return client.Refused();
    }

    public IReadOnlyList<RoomSummary> List()
    {
        var asker = CreateTestProbe();
        Rooms.Tell(new RoomsCommand.List(8, "", asker), asker);
        return asker.ExpectMsg<SessionMessage.Answered>(Patience).Reply.Rooms.Rooms;
    }

    /// <summary>The last one leaves, and the room is stopped.</summary>
    public void LeaveToRest(RoomClient last)
    {
        var watcher = CreateTestProbe();
        watcher.Watch(last.Actor);
        last.Leave();
        Eventually(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            return watcher.HasMessages;
        });
        watcher.ExpectTerminated(last.Actor);
    }

    public void Eventually(Func<bool> condition) => AwaitCondition(condition, Patience, TimeSpan.FromMilliseconds(20));

    protected override void AfterAll()
    {
        base.AfterAll();
        _storage?.Dispose();
        _counters.Dispose();
    }
}

/// <summary>One session in one room.</summary>
public sealed class RoomClient
{
    private readonly TestProbe _session;
    private IActorRef _room = ActorRefs.Nobody;
    private ulong _lastRef = 100;

    public RoomClient(RoomId room, Person who, TestProbe session, IActorRef fanOut)
    {
        (Room, Who, _session) = (room, who, session);
        Handle = new SessionHandle(SessionId.Random(), session, new Outbound(fanOut, Recorder, session, 256 * 1024));
        fanOut.Tell(new FanOutCommand.Greet(Handle.Outbound, Protocol.Framing.EncodedFrame.Of(new ServerFrame { Welcome = new Welcome() })));
    }

    public RoomId Room { get; }

    public Person Who { get; }

    public SessionHandle Handle { get; }

    public FrameRecorder Recorder { get; } = new();

    public RoomInfo Info { get; private set; } = new();

    public IEnumerable<ulong> Numbers => Recorder.Frames.Where(frame => frame.Posted is not null).Select(frame => frame.Posted.Position.Sequence);

    public void Admitted()
    {
        var admitted = _session.ExpectMsg<SessionMessage.Admitted>(RoomsRig.Patience);
        (_room, Info) = (admitted.Actor, admitted.Info);
    }

    public IActorRef Actor => _room;

    /// <summary>Whether the answer to the join was yes.</summary>
    public bool IsAdmitted() => _session.ExpectMsg<SessionMessage>(RoomsRig.Patience) is SessionMessage.Admitted;

    public Refused Refused() => _session.ExpectMsg<SessionMessage.NotAdmitted>(RoomsRig.Patience).Refusal;

    public Reply Post(string text, ByteString? messageId = null)
    {
        _room.Tell(new RoomCommand.Post(Who.Key, Handle.Id, ++_lastRef, Body(text, messageId), _session));
        return Answer();
    }

    public Reply Act(RoomActKind kind, ulong number, Person? target = null)
    {
        var act = Who.Sign(Room.Text, Info.Position.Epoch, kind, number, target, 0, "");
        _room.Tell(new RoomCommand.Act(Who.Key, Handle.Id, ++_lastRef, act, _session));
        return Answer();
    }

    public void Leave() => _room.Tell(new RoomCommand.Leave(Who.Key, Handle.Id, CloseReason.Left, Ref: 0, _session));

    /// <summary>Something that no session would send: the actor that gets it has a bug.</summary>
    public Reply Poison()
    {
        _room.Tell(new RoomCommand.Post(Who.Key, Handle.Id, ++_lastRef, null!, _session));
        return Answer();
    }

    private Reply Answer() => _session.ExpectMsg<SessionMessage.Answered>(RoomsRig.Patience).Reply;

    private Post Body(string text, ByteString? messageId) => new()
    {
        Room = Room.Text,
        MessageId = messageId ?? ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
        Envelope = ByteString.CopyFromUtf8(text),
    };
}
