using Akka.Actor;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>A room without actors: its journal answers, its fan-outs send and its clock goes on when the test says so.</summary>
public sealed class RoomWorld
{
    /// <summary>Small, so that a few messages show what many would.</summary>
    public static readonly RoomLimits SmallLimits = new(
        new RoomSettings { RingMaxBytes = 2048, MembersMax = 6, KeepFor = TimeSpan.FromMinutes(3) },
        new SessionLimits { OutboundMaxBytes = 4096 });

    private const ulong Epoch = 1000;
    private readonly Queue<JournalCommand> _asked = new();
    private readonly Queue<(SessionHandle Session, IReadOnlyList<EncodedFrame> Frames, CatchUpTag Tag)> _replays = new();
    private MemoryJournalState _journal = MemoryJournalState.Empty;
    private ulong _lastRef;

    public RoomWorld(RoomId? id = null, RoomLimits? limits = null)
    {
        var owner = Keys[0];
        Limits = limits ?? SmallLimits;
        Birth = new RoomBirth(
            id ?? Open("#garden"), Epoch, Suite: 2, id == RoomId.Lobby ? ByteString.Empty : owner.Member.IdentityKey, ByteString.CopyFromUtf8("secret"));
        State = new RoomState(Birth, Limits);
    }

    /// <summary>Whoever may be in it. The first one is the owner.</summary>
    public static IReadOnlyList<Person> Keys { get; } = [.. Enumerable.Range(0, 6).Select(i => new Person($"user{i}"))];

    public RoomLimits Limits { get; }

    public RoomBirth Birth { get; }

    public RoomState State { get; private set; }

    /// <summary>By default long after the server's start.</summary>
    public ServerTime Now { get; set; } = new(Ms: 10_000_000, UnixMs: 1_000_000_000);

    /// <summary>The journal answers at once and chunks go out at once; else when the test says so.</summary>
    public bool IsPrompt { get; set; } = true;

    public bool HasFailed { get; private set; }

    public IReadOnlyCollection<JournalCommand> Asked => _asked;

    public MemoryJournalState Journal => _journal;

    /// <summary>All that was ever stored, kept or not.</summary>
    public List<Posting> History { get; } = [];

    public Dictionary<ulong, Reply> Replies { get; } = [];

    public List<RoomEffect> Effects { get; } = [];

    public List<RoomSession> Sessions { get; } = [];

    public static RoomId Open(string text)
    {
        RoomId.TryOpen(text, out var id, out _);
        return id!;
    }

    public RoomWorld Opened()
    {
        Recover();
        return this;
    }

    public RoomSession Join(Person who, Position? position = null, ulong @ref = 1)
    {
        var session = new RoomSession(who, new SessionHandle(SessionId.Random(), ActorRefs.Nobody, null!));
        Sessions.Add(session);
        On(new RoomCommand.Join(who.Key, who.Member, session.Handle, @ref, position));
        return session;
    }

    public Position At(ulong sequence) => new() { Room = Birth.Id.Text, Epoch = Epoch, Sequence = sequence };

    public ulong Post(RoomSession by, string text = "hello", ByteString? messageId = null)
    {
        var body = new Post
        {
            Room = Birth.Id.Text,
            MessageId = messageId ?? ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
            Envelope = ByteString.CopyFromUtf8(text),
        };
        by.Posted[++_lastRef] = body.MessageId;
        On(new RoomCommand.Post(by.Who.Key, by.Handle.Id, _lastRef, body, ActorRefs.Nobody));
        return _lastRef;
    }

    /// <param name="number">Default: the next one of those that are stored.</param>
    public ulong Act(RoomSession by, RoomActKind kind, Person? target = null, uint seconds = 0, ulong? number = null, string topic = "")
    {
        var act = by.Who.Sign(Birth.Id.Text, Epoch, kind, number ?? LastAct + 1, target, seconds, topic);
        return Moderate(by, act);
    }

    public ulong Moderate(RoomSession by, RoomAct act)
    {
        On(new RoomCommand.Act(by.Who.Key, by.Handle.Id, ++_lastRef, act, ActorRefs.Nobody));
        return _lastRef;
    }

    /// <summary>The number of the room's last act, as one who enters is told.</summary>
    public ulong LastAct { get; private set; }

    public ulong Leave(RoomSession who, ulong @ref = 0, CloseReason reason = CloseReason.Left)
    {
        On(new RoomCommand.Leave(who.Who.Key, who.Handle.Id, reason, @ref, ActorRefs.Nobody));
        return @ref;
    }

    public void Detach(RoomSession who) => On(new RoomCommand.Detach(who.Who.Key, who.Handle.Id));

    public Roster? Who(RoomSession by, string after = "")
    {
        On(new RoomCommand.Who(by.Who.Key, by.Handle.Id, ++_lastRef, after, ActorRefs.Nobody));
        return Replies[_lastRef].Roster;
    }

    public void Pass(TimeSpan time)
    {
        Now = new ServerTime(Now.Ms + (long)time.TotalMilliseconds, Now.UnixMs + (long)time.TotalMilliseconds);
        On(RoomCommand.Tick.Now);
    }

    /// <summary>The next announcement, if there is something to announce.</summary>
    public Presence? Announce()
    {
        Effects.Clear();
        On(RoomCommand.Announce.Now);
        return Effects.OfType<RoomEffect.Announce>().SingleOrDefault()?.Presence;
    }

    public void On(RoomCommand command)
    {
        (State, var effects) = State.On(command, Now);
        Perform(effects);
    }

    public void On(JournalEvent happened)
    {
        (State, var effects) = State.On(happened, Now);
        Perform(effects);
    }

    /// <summary>The journal answers the first thing that it was asked.</summary>
    public bool Answer()
    {
        if (HasFailed || !_asked.TryDequeue(out var command))
            return false;
        if (Do(command) is { } answer)
            On(answer);
        return true;
    }

    /// <summary>The first thing that the journal was asked, for the test to answer.</summary>
    public JournalCommand TakeAsked() => _asked.Dequeue();

    /// <summary>The journal fails.</summary>
    /// <param name="stored">How many of the appends that it was asked for are stored nevertheless.</param>
    public void Fail(int stored)
    {
        HasFailed = true;
        foreach (var append in _asked.OfType<JournalCommand.Append>().Take(stored))
            Do(append);
        _asked.Clear();
        On(new JournalEvent.Failed("no space left"));
    }

    public void Recover()
    {
        HasFailed = false;
        On(_journal.Recovered);
    }

    /// <summary>The server is killed and started again: what it was asked and hasn't answered is stored or not.</summary>
    public void Restart(int stored = 0)
    {
        foreach (var append in _asked.OfType<JournalCommand.Append>().Take(stored))
            Do(append);
        _asked.Clear();
        _replays.Clear();
        Sessions.ForEach(session => session.IsLive = session.IsMember = false);
        State = new RoomState(Birth, Limits);
        Recover();
    }

    /// <summary>The first chunk of those that were missed goes out.</summary>
    public bool SendChunk()
    {
        if (!_replays.TryDequeue(out var replay))
            return false;
        Of(replay.Session).Take(replay.Frames);
        On(new RoomCommand.Replayed(replay.Tag));
        return true;
    }

    /// <summary>Everything that was begun ends.</summary>
    public void Settle()
    {
        if (HasFailed)
            Recover();
        while (Answer() || SendChunk())
        {
        }
    }

    private JournalEvent? Do(JournalCommand command)
    {
        if (command is JournalCommand.Append append)
            History.AddRange(append.Events.SelectMany(StoredPostings.Unpack));
        (_journal, var answer) = _journal.On(command);
        return answer;
    }

    private RoomSession Of(SessionHandle handle) => Sessions.Single(session => session.Handle.Id == handle.Id);

    private void Perform(IReadOnlyList<RoomEffect> effects)
    {
        foreach (var effect in effects)
            Perform(effect);
        if (!IsPrompt)
            return;
        while (Answer() || SendChunk())
        {
        }
    }

    private void Perform(RoomEffect effect)
    {
        Effects.Add(effect);
        switch (effect)
        {
            case RoomEffect.ToJournal { Command: JournalCommand.Append } when HasFailed:
                On(new JournalEvent.Failed("no space left"));
                break;
            case RoomEffect.ToJournal toJournal:
                _asked.Enqueue(toJournal.Command);
                break;
            case RoomEffect.Answer answer:
                Assert.True(Replies.TryAdd(answer.Reply.Ref, answer.Reply), "a request was answered twice");
                Sessions.Find(session => session.Posted.ContainsKey(answer.Reply.Ref))?.Answered(answer.Reply);
                break;
            case RoomEffect.Admit admit:
                LastAct = admit.Info.LastAct;
                Of(admit.Session).Enter(admit.Info);
                break;
            case RoomEffect.Refuse refuse:
                Of(refuse.Session).Refusal = refuse.Refusal;
                break;
            case RoomEffect.Deliver deliver:
                Deliver(deliver);
                break;
            case RoomEffect.Replay replay:
                Assert.True(Of(replay.Session) is { IsMember: true, IsLive: false });
                _replays.Enqueue((replay.Session, replay.Frames, replay.Tag));
                break;
            case RoomEffect.Enter enter:
                Assert.True(Of(enter.Session) is { IsMember: true, IsLive: false });
                Of(enter.Session).Take(enter.Frames);
                Of(enter.Session).IsLive = true;
                break;
            case RoomEffect.Exit exit:
                Out(exit.Session);
                break;
            case RoomEffect.Expel expel:
                Out(expel.Session);
                Of(expel.Session).Take([expel.Last]);
                break;
        }
    }

    private void Deliver(RoomEffect.Deliver deliver)
    {
        foreach (var (frame, except) in deliver.Frames)
        {
            foreach (var session in Sessions.Where(session => session.IsLive && session.Handle.Id != except?.Id))
                session.Take([frame]);
            LastAct = ServerFrame.Parser.ParseFrom(frame.Body.Span).Posted.Act?.Number ?? LastAct;
        }
    }

    private void Out(SessionHandle handle)
    {
        Of(handle).IsLive = Of(handle).IsMember = false;
        var left = _replays.Where(replay => replay.Session.Id != handle.Id).ToList();
        _replays.Clear();
        left.ForEach(_replays.Enqueue);
    }
}

/// <summary>Somebody with a key.</summary>
public sealed class Person(string name)
{
    private readonly SigningKey _key = SigningKey.Generate();

    public string Name => name;

    public Member Member => new() { Name = name, IdentityKey = ByteString.CopyFrom(_key.PublicKey.Point.Span) };

    public Fingerprint Key => Fingerprint.Of(_key.PublicKey.Point.Span);

    public RoomAct Sign(string room, ulong epoch, RoomActKind kind, ulong number, Person? target, uint seconds, string topic)
    {
        var act = new RoomAct
        {
            Kind = kind,
            Number = number,
            Target = target?.Key.ToByteString() ?? ByteString.Empty,
            Seconds = seconds,
            Envelope = ByteString.CopyFromUtf8(topic),
            By = Member.IdentityKey,
        };
        act.Signature = ByteString.CopyFrom(_key.Sign(RoomActs.Context(room, epoch, act)));
        return act;
    }
}
