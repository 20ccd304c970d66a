using ChatLock.Actors.FanOut;
using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Tests.Registry;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Mailboxes;

/// <summary>A mailbox that is fed command by command, a journal in memory, and what its sessions are sent.</summary>
internal sealed class MailboxRun
{
    private readonly MailboxSettings _settings;
    private MemoryJournalState _journal = MemoryJournalState.Empty;
    private int _sessions;

    public MailboxRun(MailboxSettings? settings = null, bool recovered = true)
    {
        _settings = settings ?? new MailboxSettings();
        State = New();
        if (recovered)
            Recover();
    }

    public MailboxState State { get; private set; }

    public long NowMs { get; set; } = 1000;

    public long UnixMs { get; set; } = 1_800_000_000_000;

    public IReadOnlyList<MailboxEffect> Last { get; private set; } = [];

    /// <summary>What the journal is asked for and hasn't answered.</summary>
    public Queue<JournalCommand> Asked { get; } = new();

    /// <summary>Replays that haven't been taken by the transport.</summary>
    public Queue<long> Replaying { get; } = new();

    /// <summary>What each session was sent, in order.</summary>
    public Dictionary<SessionId, List<ServerFrame>> Sent { get; } = [];

    public static ByteString Id(int number) => ByteString.CopyFrom(new Guid(number, 0, 0, new byte[8]).ToByteArray());

    public static int NumberOf(ByteString id) => BitConverter.ToInt32(id.Span);

    public string[] On(MailboxCommand command)
    {
        (State, Last) = State.On(command, new ServerTime(NowMs, UnixMs));
        foreach (var effect in Last)
            Note(effect);
        return [.. Last.Select(Words).Where(words => words.Length > 0)];
    }

    /// <summary>A message with this id; whoever sent it is told by this ref.</summary>
    public string[] Put(int id, int sender = 1, ulong @ref = 0, int bytes = 10) => On(new MailboxCommand.Put(
        RegistryRun.Key(sender),
        new Member { Name = $"sender{sender}", IdentityKey = RegistryRun.Keys(sender).IdentityKey },
        new Private { MessageId = Id(id), Envelope = ByteString.CopyFrom(new byte[bytes]) },
        new Asker(@ref == 0 ? (ulong)id : @ref, new TestRef("sender"))));

    public SessionHandle Attach(out string[] done, Position? position = null)
    {
        var id = new SessionId(new Guid(++_sessions, 0, 0, new byte[8]));
        var actor = new TestRef($"s{_sessions}");
        var session = new SessionHandle(id, actor, new Outbound(actor, new Report.TestClient(), actor, 1000));
        Sent[id] = [];
        done = On(new MailboxCommand.Attach(session, position, IsTold: false));
        return session;
    }

    public SessionHandle Attach(Position? position = null) => Attach(out _, position);

    public string[] Detach(SessionHandle session) => On(new MailboxCommand.Detach(session.Id));

    public string[] Acknowledge(ulong number) => On(new MailboxCommand.Acknowledge(At(number)));

    public Position At(ulong number) => new() { Epoch = State.Epoch, Sequence = number };

    public string[] Tick(long ms = 1000)
    {
        (NowMs, UnixMs) = (NowMs + ms, UnixMs + ms);
        return On(MailboxCommand.Tick.Now);
    }

    public string[] AnswerJournal()
    {
        (_journal, var answer) = _journal.On(Asked.Dequeue());
        return answer is null ? [] : On(new MailboxCommand.Journal(answer));
    }

    public string[] Recover() => On(new MailboxCommand.Journal(_journal.Recovered));

    /// <summary>The journal fails; the writes under way were done or weren't.</summary>
    public string[] Fail(bool written)
    {
        Write(written);
        return On(new MailboxCommand.Journal(new JournalEvent.Failed("full")));
    }

    /// <summary>The process is killed and started again: only what the journal has is there.</summary>
    public void Kill(bool written, bool recovered = true)
    {
        Write(written);
        Replaying.Clear();
        State = New();
        if (recovered)
            Recover();
    }

    /// <summary>Everything that is under way is done.</summary>
    public void Settle()
    {
        while (Asked.Count + Replaying.Count > 0)
        {
            if (Asked.Count > 0)
                AnswerJournal();
            if (Replaying.TryDequeue(out var ticket))
                On(new MailboxCommand.Replayed(ticket));
        }
    }

    /// <summary>What a session was sent, as words: the ids of messages, and gaps.</summary>
    public string[] SentTo(SessionHandle session) => [.. Sent[session.Id].Select(frame => frame.Gap is { } gap
        ? $"gap {gap.FromSequence}-{gap.ToSequence}"
        : $"{frame.PrivateMessage.Position.Sequence}:{NumberOf(frame.PrivateMessage.MessageId)}")];

    public IEnumerable<long> Stored => ((JournalEvent.ReadDone)_journal.On(
        new JournalCommand.Read(0, long.MaxValue, int.MaxValue, "all")).Answer!).Events.Select(stored => stored.Number);

    private MailboxState New() => new(_settings, NewEpoch: (ulong)UnixMs);

    private void Write(bool written)
    {
        while (Asked.TryDequeue(out var command))
        {
            if (written && command is not JournalCommand.Read)
                (_journal, _) = _journal.On(command);
        }
    }

    private void Note(MailboxEffect effect)
    {
        switch (effect)
        {
            case MailboxEffect.Append append:
                Asked.Enqueue(new JournalCommand.Append(append.Mail));
                break;
            case MailboxEffect.Read read: // pieces so small that there are several
                Asked.Enqueue(new JournalCommand.Read((long)read.From, (long)read.To, 300, new ReadTag(read.Ticket, read.To)));
                break;
            case MailboxEffect.Snapshot snapshot:
                Asked.Enqueue(new JournalCommand.Snapshot((long)snapshot.Number, snapshot.State));
                break;
            case MailboxEffect.DeleteTo delete:
                Asked.Enqueue(new JournalCommand.DeleteTo((long)delete.Number));
                break;
            case MailboxEffect.Deliver deliver:
                Sent[deliver.Session.Id].Add(deliver.Frame.Clone());
                break;
            case MailboxEffect.Replay replay:
                Sent[replay.Session.Id].AddRange(replay.Frames);
                Replaying.Enqueue(replay.Ticket);
                break;
        }
    }

    private static string Words(MailboxEffect effect) => effect switch
    {
        MailboxEffect.Answer { Accepted: { } accepted } answer => $"{answer.To.Ref} accepted{(accepted.Waiting ? ", waits" : "")}",
        MailboxEffect.Answer answer => $"{answer.To.Ref} refused {CodeNames.Of(answer.Refused!.Code)}",
        MailboxEffect.Attached attached => $"attached at {attached.Position.Sequence}",
        MailboxEffect.Deliver deliver => deliver.Frame.Gap is { } gap
            ? $"gap {gap.FromSequence}-{gap.ToSequence}"
            : $"deliver {NumberOf(deliver.Frame.PrivateMessage.MessageId)}",
        MailboxEffect.Replay replay => $"replay {replay.Frames.Count}",
        MailboxEffect.Append append => $"append {append.Mail.Count}",
        MailboxEffect.Read read => $"read {read.From}-{read.To}",
        MailboxEffect.Snapshot snapshot => $"snapshot {snapshot.Number}",
        MailboxEffect.DeleteTo delete => $"delete {delete.Number}",
        MailboxEffect.MailSince since => since.UnixMs == 0 ? "no mail" : "mail",
        MailboxEffect.Idle idle => $"idle{(idle.Empty is null ? "" : ", empty")}",
        MailboxEffect.Erase => "erase",
        MailboxEffect.Gone => "gone",
        _ => throw new InvalidOperationException($"no words for {effect.GetType().Name}"),
    };
}
