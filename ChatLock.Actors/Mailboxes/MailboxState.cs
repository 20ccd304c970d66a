using System.Collections.Immutable;
using System.Diagnostics;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Decision = (ChatLock.Actors.Mailboxes.MailboxState Next, System.Collections.Generic.IReadOnlyList<ChatLock.Actors.Mailboxes.MailboxEffect> Effects);

namespace ChatLock.Actors.Mailboxes;

/// <summary>
/// The private messages to one key: numbered, stored, and only then acknowledged to their senders and delivered. What its
/// reader gets is in MailboxStateReader.cs, what its journal says and is told in MailboxStateJournal.cs.
/// </summary>
/// <param name="Settings">What it takes.</param>
/// <param name="NewEpoch">The epoch of a log that doesn't exist yet.</param>
public sealed partial record MailboxState(MailboxSettings Settings, ulong NewEpoch)
{
    /// <summary>Time without anything to do after which a mailbox wants to be stopped.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(10);

    /// <summary>Messages that wait until the journal has been read; one more is refused.</summary>
    public const int EarlyMax = 1000;

    /// <param name="Askers">Who waits for it to be stored: one, and those who have sent it again.</param>
    private sealed record Pending(MailKey Key, PrivateMessage Mail, ImmutableArray<Asker> Askers);

    public ulong Epoch { get; private init; } = NewEpoch;

    /// <summary>The number of the last message that is stored.</summary>
    public ulong Last { get; private init; }

    /// <summary>The reader has dealt with everything up to this number.</summary>
    public ulong AcknowledgedTo { get; private init; }

    /// <summary>Nothing up to this number waits: acknowledged, or too old.</summary>
    public ulong GoneTo { get; private init; }

    public MailIndex Mail { get; private init; } = MailIndex.Empty;

    /// <summary>Messages in the append that isn't answered yet, in their order.</summary>
    private ImmutableArray<Pending> UnderWay { get; init; } = [];

    /// <summary>Messages for the next append. With those under way no more than the mailbox takes.</summary>
    private ImmutableArray<Pending> Next { get; init; } = [];

    /// <summary>What came before the journal had been read.</summary>
    private ImmutableQueue<MailboxCommand.Put> Early { get; init; } = [];

    private int EarlyCount { get; init; }

    /// <summary>When something other than time happened last.</summary>
    private long UsedMs { get; init; }

    private Decision Nothing => (this, []);

    public Decision On(MailboxCommand command, ServerTime now) => command switch
    {
        MailboxCommand.Put put => OnPut(put, now),
        MailboxCommand.Journal { Event: JournalEvent.Appended appended } => OnAppended(appended, now),
        MailboxCommand.Journal journal => OnJournal(journal.Event, now),
        MailboxCommand.Replayed replayed => Used(now).OnReplayed(replayed.Ticket),
        MailboxCommand.Acknowledge ack => Used(now).OnAcknowledge(ack.Position, now),
        MailboxCommand.Attach attach => Used(now).OnAttach(attach),
        MailboxCommand.Detach detach => OnDetach(detach, now),
        MailboxCommand.Tick => OnTick(now),
        MailboxCommand.Erase => OnErase(),
        _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
    };

    /// <summary>Whoever waits for an answer gets the one that everyone gets from now on.</summary>
    private Decision OnErase() => (
        this with
        {
            IsFailed = true,
            UnderWay = [],
            Next = [],
            Early = [],
            EarlyCount = 0,
            Reader = null,
            EarlyReader = null,
        },
        [
            .. Askers.Select(asker => new MailboxEffect.Answer(asker, null, Refusals.RecipientNotHere)),
            WasNeverUsed ? MailboxEffect.Gone.One : MailboxEffect.Erase.One,
        ]);

    private IEnumerable<Asker> Askers =>
        UnderWay.Concat(Next).SelectMany(pending => pending.Askers).Concat(Early.Select(put => put.Asker));

    /// <summary>No message is on its way into the journal.</summary>
    private bool IsQuiet => UnderWay.IsEmpty && Next.IsEmpty;

    private bool WasNeverUsed => IsRead && Last == 0 && IsQuiet;

    private MailboxState Used(ServerTime now) => this with { UsedMs = now.Ms };

    private Decision OnPut(MailboxCommand.Put put, ServerTime now)
    {
        if (Problem(put) is { } no)
            return (this, [new MailboxEffect.Answer(put.Asker, null, no)]);
        if (!IsRead)
            return (this with { Early = Early.Enqueue(put), EarlyCount = EarlyCount + 1 }, []);

        var key = KeyOf(put);
        if (Mail.Find(key) is { } stored)
            return (this, [Accept(put.Asker, stored.TimeUnixMs)]);
        if (UnderWay.Any(pending => pending.Key == key))
            return (this with { UnderWay = WithAsker(UnderWay, key, put.Asker) }, []);
        if (Next.Any(pending => pending.Key == key))
            return (this with { Next = WithAsker(Next, key, put.Asker) }, []);

        var mail = new PrivateMessage
        {
            TimeUnixMs = now.UnixMs,
            From = put.From,
            Envelope = put.Body.Envelope,
            MessageId = put.Body.MessageId,
        };
        var pending = new Pending(key, mail, [put.Asker]);
        return UnderWay.IsEmpty
            ? Append([pending], now)
            : (this with { Next = Next.Add(pending), UsedMs = now.Ms }, []);
    }

    private static ImmutableArray<Pending> WithAsker(ImmutableArray<Pending> all, MailKey key, Asker asker) =>
        [.. all.Select(pending => pending.Key == key ? pending with { Askers = pending.Askers.Add(asker) } : pending)];

    /// <summary>Why a message can't be taken. One that was taken already, or is about to be, always can.</summary>
    private Refused? Problem(MailboxCommand.Put put)
    {
        if (!IsFailed && EarlyCount < EarlyMax && !IsFullFor(put.FromKey))
            return null;
        var key = KeyOf(put);
        if (IsRead && (Mail.Find(key) is not null || UnderWay.Concat(Next).Any(pending => pending.Key == key)))
            return null;
        return IsFailed || EarlyCount >= EarlyMax ? Refusals.NotStored : Refusals.MailboxFull;
    }

    private bool IsFullFor(Fingerprint sender) =>
        Mail.WaitingCount + UnderWay.Length + Next.Length >= Settings.MessagesMax
        || Mail.CountOf(sender) + CountOf(sender, UnderWay) + CountOf(sender, Next) >= Settings.SenderMax;

    private static int CountOf(Fingerprint sender, ImmutableArray<Pending> all)
    {
        var count = 0;
        foreach (var pending in all)
            count += pending.Key.From == sender ? 1 : 0;
        return count;
    }

    private Decision Append(ImmutableArray<Pending> mail, ServerTime now) => (
        this with { UnderWay = mail, Next = [], UsedMs = now.Ms },
        [new MailboxEffect.Append([.. mail.Select(pending => MailRecords.Stored(Epoch, pending.Mail))])]);

    /// <summary>One write serves all that came while the last one was under way.</summary>
    private Decision AppendNext(ServerTime now) => UnderWay.IsEmpty && !Next.IsEmpty && !IsFailed ? Append(Next, now) : Nothing;

    /// <summary>What was under way is stored: its senders are told, and its reader gets it.</summary>
    private Decision OnAppended(JournalEvent.Appended appended, ServerTime now)
    {
        if (appended.First != (long)Last + 1 || appended.Last - appended.First + 1 != UnderWay.Length)
            throw new UnreachableException($"the journal counts otherwise: {appended.First}..{appended.Last} after {Last}");

        var (mail, number, reader, effects) = (Mail, Last, Reader, new List<MailboxEffect>());
        foreach (var pending in UnderWay)
        {
            number++;
            mail = mail.With(new MailItem(number, pending.Key, pending.Mail.TimeUnixMs), GoneTo);
            foreach (var asker in pending.Askers)
                effects.Add(Accept(asker, pending.Mail.TimeUnixMs));
            if (reader is { IsLive: true })
                effects.Add(DeliverLive(reader, pending.Mail, number));
        }

        var next = this with
        {
            Mail = mail,
            Last = number,
            UnderWay = [],
            UsedMs = now.Ms,
            Reader = reader is { IsLive: true } ? reader with { Next = number + 1 } : reader,
        };
        (next, var told) = next.TellMailSince();
        (next, var append) = next.AppendNext(now);
        return (next, [.. effects, .. told, .. append]);
    }

    private MailboxState With(MailItem item) => this with { Last = item.Number, Mail = Mail.With(item, GoneTo) };

    private Decision OnAcknowledge(Position position, ServerTime now)
    {
        if (!IsRead || position.Epoch != Epoch || position.Sequence <= AcknowledgedTo)
            return Nothing;

        var to = Math.Min(position.Sequence, Last);
        return (this with { AcknowledgedTo = to }).Without(to, now).CompactIfDue(now);
    }

    private MailboxState Without(ulong goneTo, ServerTime now) => goneTo <= GoneTo ? this : this with
    {
        GoneTo = goneTo,
        Mail = Mail.Without(goneTo),
        GoneSinceMs = CompactedTo == GoneTo ? now.Ms : GoneSinceMs,
    };

    /// <summary>What has waited for too long is gone; a reader that hasn't had it is told so in its turn.</summary>
    private MailboxState Expired(ServerTime now)
    {
        var state = this;
        while (state.Mail.Oldest is { } oldest && now.UnixMs - oldest.TimeUnixMs > Settings.KeepFor.TotalMilliseconds)
            state = state.Without(oldest.Number, now);
        return state;
    }

    private Decision OnTick(ServerTime now)
    {
        if (!IsRead)
            return Nothing;

        var (state, effects) = Expired(now).ReadOn();
        (state, var compacting) = state.CompactIfDue(now);
        (state, var told) = state.TellMailSince();
        IReadOnlyList<MailboxEffect> idle = state.IsIdle(now) ? [new MailboxEffect.Idle(state.EmptyAt)] : [];
        return (state, [.. effects, .. compacting, .. told, .. idle]);
    }

    /// <summary>Nothing is under way, and nobody waits for anything.</summary>
    private bool IsIdle(ServerTime now) =>
        now.Ms - UsedMs >= IdleAfter.TotalMilliseconds
        && !IsFailed && IsQuiet && CompactedTo == GoneTo && Compacting is null
        && (Reader is null || (Reader.IsLive && EmptyAt is not null));

    /// <summary>Where it stands, if nothing waits and a reader need be told of nothing.</summary>
    private Position? EmptyAt => AcknowledgedTo == Last ? new Position { Epoch = Epoch, Sequence = Last } : null;

    /// <summary>Those who know which mailboxes have to be looked at are told when this is one of them; not while somebody reads it.</summary>
    private Decision TellMailSince()
    {
        var since = Mail.Oldest?.TimeUnixMs ?? 0;
        return Reader is not null || since == ToldSince ? Nothing : (this with { ToldSince = since }, [new MailboxEffect.MailSince(since)]);
    }

    /// <summary>What was told last; at the beginning nobody knows.</summary>
    private long ToldSince { get; init; } = -1;

    private MailboxEffect.Answer Accept(Asker asker, long timeUnixMs) =>
        new(asker, new Accepted { TimeUnixMs = timeUnixMs, Waiting = Reader is null }, null);

    private static MailKey KeyOf(MailboxCommand.Put put) => new(put.FromKey, MailRecords.IdOf(put.Body.MessageId));
}
