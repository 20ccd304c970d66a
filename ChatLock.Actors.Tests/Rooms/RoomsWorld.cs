using Akka.Actor;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>The directory of rooms without actors: rooms are started and told things in name only.</summary>
public sealed class RoomsWorld
{
    public static readonly RoomId Garden = RoomWorld.Open("#garden");

    private readonly Queue<JournalCommand> _asked = new();
    private MemoryJournalState _journal = MemoryJournalState.Empty;
    private ulong _lastRef;

    public RoomsWorld(RoomSettings? rooms = null) => Rooms = rooms ?? new RoomSettings();

    public RoomSettings Rooms { get; }

    public RoomsState State { get; private set; } = null!;

    public long NowUnixMs { get; set; } = 1_000_000_000;

    /// <summary>The journal answers at once; else when the test says so.</summary>
    public bool IsPrompt { get; set; } = true;

    public bool HasFailed { get; private set; }

    public IReadOnlyCollection<JournalCommand> Asked => _asked;

    public MemoryJournalState Journal => _journal;

    /// <summary>Rooms that were started, the last start of each.</summary>
    public Dictionary<RoomId, RoomEntry> Started { get; } = [];

    /// <summary>What rooms were told.</summary>
    public List<(RoomId Room, RoomCommand Command)> Told { get; } = [];

    public List<(SessionId Session, Refused Refusal)> Refused { get; } = [];

    public List<(RoomId Room, ulong Epoch)> Erasing { get; } = [];

    public Dictionary<ulong, Reply> Replies { get; } = [];

    public int Broken { get; private set; }

    public RoomsWorld Begun(uint lobbySuite = 2)
    {
        State = new RoomsState(new RoomLimits(Rooms, new SessionLimits()), lobbySuite);
        Started.Clear();
        return this;
    }

    public RoomsWorld Opened(uint lobbySuite = 2)
    {
        Begun(lobbySuite).Recover();
        return this;
    }

    public SessionHandle Join(RoomId room, Person? who = null, bool create = false, uint suite = 2)
    {
        who ??= RoomWorld.Keys[0];
        var session = new SessionHandle(SessionId.Random(), ActorRefs.Nobody, null!);
        On(new RoomsCommand.Join(room, who.Key, who.Member, session, ++_lastRef, Position: null, create, suite));
        return session;
    }

    public SessionHandle Make(RoomId room, Person? who = null) => Join(room, who, create: true);

    public RoomList List(string after = "")
    {
        On(new RoomsCommand.List(++_lastRef, after, ActorRefs.Nobody));
        return Replies[_lastRef].Rooms;
    }

    public void Pass(TimeSpan time)
    {
        NowUnixMs += (long)time.TotalMilliseconds;
        On(RoomsCommand.Tick.Now);
    }

    /// <summary>The room tells that nobody is in it, and stops when it is told to.</summary>
    public void Rest(RoomId room, long? nextOverUnixMs = null)
    {
        On(new RoomsCommand.Idle(room, nextOverUnixMs));
        Started.Remove(room);
        On(new RoomsCommand.Stopped(room));
    }

    public bool IsJoining(RoomId room, SessionHandle session) =>
        Told.Any(told => told.Room == room && told.Command is RoomCommand.Join join && join.Session.Id == session.Id);

    public RefusalCode? Refusal(SessionHandle session) =>
        Refused.Where(refused => refused.Session == session.Id).Select(refused => (RefusalCode?)refused.Refusal.Code).LastOrDefault();

    public void On(RoomsCommand command)
    {
        (State, var effects) = State.On(command, NowUnixMs);
        Perform(effects);
    }

    public void On(JournalEvent happened)
    {
        (State, var effects) = State.On(happened, NowUnixMs);
        Perform(effects);
    }

    public bool Answer()
    {
        if (HasFailed || !_asked.TryDequeue(out var command))
            return false;
        (_journal, var answer) = _journal.On(command);
        if (answer is not null)
            On(answer);
        return true;
    }

    public void Fail(int stored = 0)
    {
        HasFailed = true;
        foreach (var append in _asked.OfType<JournalCommand.Append>().Take(stored))
            (_journal, _) = _journal.On(append);
        _asked.Clear();
        On(new JournalEvent.Failed("no space left"));
    }

    public void Recover()
    {
        HasFailed = false;
        On(_journal.Recovered);
    }

    private void Perform(IReadOnlyList<RoomsEffect> effects)
    {
        foreach (var effect in effects)
            Perform(effect);
        while (IsPrompt && Answer())
        {
        }
    }

    private void Perform(RoomsEffect effect)
    {
        switch (effect)
        {
            case RoomsEffect.ToJournal journal:
                Assert.False(HasFailed, "the journal was asked while it failed");
                _asked.Enqueue(journal.Command);
                break;
            case RoomsEffect.Start start:
                Assert.True(Started.TryAdd(start.Room.Id, start.Room), "a room was started twice");
                break;
            case RoomsEffect.ToRoom room:
                Assert.True(Started.ContainsKey(room.Room), "a room that isn't started was told something");
                Told.Add((room.Room, room.Command));
                break;
            case RoomsEffect.Refuse refuse:
                Refused.Add((refuse.Join.Session.Id, refuse.Refusal));
                break;
            case RoomsEffect.Answer answer:
                Replies.Add(answer.Reply.Ref, answer.Reply);
                break;
            case RoomsEffect.Erase erase:
                Erasing.Add((erase.Room, erase.Epoch));
                break;
            case RoomsEffect.Broken:
                Broken++;
                break;
        }
    }
}
