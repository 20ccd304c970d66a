using System.Diagnostics;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using Decision = (ChatLock.Actors.Mailboxes.MailboxState Next, System.Collections.Generic.IReadOnlyList<ChatLock.Actors.Mailboxes.MailboxEffect> Effects);

namespace ChatLock.Actors.Mailboxes;

/// <summary>
/// The journal of a mailbox: one event a message, whose number is the message's. What has been dealt with is written down
/// now and then as a snapshot, and with it the messages up to there are deleted.
/// </summary>
public sealed partial record MailboxState
{
    /// <summary>Messages that are gone and not yet deleted, at most.</summary>
    public const int CompactAfter = 64;

    /// <summary>And for how long the first of them, at most.</summary>
    public static readonly TimeSpan CompactWithin = TimeSpan.FromSeconds(15);

    /// <summary>A snapshot that isn't answered by then has failed.</summary>
    public static readonly TimeSpan CompactPatience = TimeSpan.FromSeconds(30);

    /// <summary>The journal has been read: it is known what is there.</summary>
    private bool IsRead { get; init; }

    /// <summary>The journal takes nothing at present.</summary>
    private bool IsFailed { get; init; }

    /// <summary>Messages up to here are deleted, as far as is known.</summary>
    private ulong CompactedTo { get; init; }

    private (ulong GoneTo, long SinceMs)? Compacting { get; init; }

    /// <summary>Since when something is gone and not yet deleted.</summary>
    private long GoneSinceMs { get; init; }

    private Decision OnJournal(JournalEvent told, ServerTime now) => told switch
    {
        JournalEvent.Recovered recovered => IsRead ? OnRecovered(recovered, now) : OnRead(recovered, now),
        JournalEvent.Failed => OnFailed(),
        JournalEvent.ReadDone read => OnReadDone(read),
        JournalEvent.ReadFailed failed => OnReadFailed(failed),
        JournalEvent.SnapshotDone => OnCompacted(),
        JournalEvent.Erased => (this, [MailboxEffect.Gone.One]),
        _ => throw new UnreachableException($"no rule for {told.GetType().Name}"),
    };

    /// <summary>The mailbox is as it was; then what has waited for that gets its turn.</summary>
    private Decision OnRead(JournalEvent.Recovered recovered, ServerTime now)
    {
        MailboxState read;
        try
        {
            read = Read(recovered);
        }
        catch (InvalidProtocolBufferException)
        {
            var (failed, refused) = OnFailed(); // nothing is taken, and nothing overwritten
            return (failed, [MailboxEffect.Broken.One, .. refused]);
        }

        var (state, effects) = (read.Expired(now) with { Early = [], EarlyCount = 0, EarlyReader = null }, new List<MailboxEffect>());
        if (EarlyReader is { } reader)
        {
            (state, var attached) = state.Attach(reader);
            effects.AddRange(attached);
        }

        foreach (var put in Early)
        {
            (state, var taken) = state.OnPut(put, now);
            effects.AddRange(taken);
        }

        return (state, effects);
    }

    private MailboxState Read(JournalEvent.Recovered recovered)
    {
        var state = this with { IsRead = true, IsFailed = false, Last = (ulong)recovered.LastNumber };
        var mail = MailIndex.Empty;
        if (recovered.Snapshot is { } bytes)
        {
            var snapshot = MailboxSnapshot.Parser.ParseFrom(bytes);
            state = state with
            {
                Epoch = snapshot.Epoch,
                AcknowledgedTo = snapshot.AcknowledgedTo,
                GoneTo = snapshot.GoneTo,
                CompactedTo = snapshot.GoneTo,
            };
            mail = snapshot.Mail.Aggregate(mail, (index, entry) => index.With(MailRecords.Item(entry), snapshot.GoneTo));
        }

        foreach (var (item, epoch) in recovered.Events.Select(MailRecords.Item))
        {
            state = state with { Epoch = epoch };
            mail = mail.With(item, state.GoneTo);
        }

        return state with { Mail = mail };
    }

    /// <summary>After a failure. What had been written without an answer is there after all: its reader gets it now, and its senders,
    /// who were told that it isn't stored, get the first result when they try again. Those who still wait were left without an answer
    /// by a restart of this actor.</summary>
    private Decision OnRecovered(JournalEvent.Recovered recovered, ServerTime now)
    {
        if ((ulong)recovered.LastNumber < Last)
            throw new UnreachableException($"the journal has lost {Last - (ulong)recovered.LastNumber} messages");

        var state = this with { IsFailed = false, UnderWay = [], Compacting = null };
        foreach (var (item, _) in recovered.Events.Select(MailRecords.Item).Where(read => read.Item.Number > Last))
            state = state.With(item);
        var answers = UnderWay.SelectMany(pending => pending.Askers.Select(asker => state.Mail.Find(pending.Key) is { } stored
            ? state.Accept(asker, stored.TimeUnixMs)
            : new MailboxEffect.Answer(asker, null, Refusals.NotStored))).ToList();

        if (state.Reader is { } reader)
            state = state with { Reader = reader with { Ticket = null, IsLive = reader.IsLive && reader.Next > state.Last } };
        (state, var read) = state.ReadOn();
        (state, var append) = state.AppendNext(now);
        return (state, [.. answers, .. read, .. append]);
    }

    private Decision OnFailed()
    {
        var refused = Askers.Select(asker => new MailboxEffect.Answer(asker, null, Refusals.NotStored));
        var state = this with
        {
            IsFailed = true,
            UnderWay = [],
            Next = [],
            Early = [],
            EarlyCount = 0,
            Compacting = null,
        };
        (state, var told) = state.TellUnread();
        return (state, [.. refused, .. told]);
    }

    /// <summary>Not for each message that is gone: one write and one deletion serve many. Before it rests there is time for it.</summary>
    private Decision CompactIfDue(ServerTime now) =>
        GoneTo - CompactedTo >= CompactAfter
        || now.Ms - GoneSinceMs >= CompactWithin.TotalMilliseconds
        || now.Ms - UsedMs >= IdleAfter.TotalMilliseconds / 2
            ? Compact(now)
            : Nothing;

    /// <summary>Writes down what is gone, unless that is under way.</summary>
    private Decision Compact(ServerTime now)
    {
        var isUnderWay = Compacting is { } since && now.Ms - since.SinceMs < CompactPatience.TotalMilliseconds;
        if (GoneTo == CompactedTo || isUnderWay || IsFailed)
            return Nothing;

        var snapshot = new MailboxSnapshot
        {
            Epoch = Epoch,
            AcknowledgedTo = AcknowledgedTo,
            GoneTo = GoneTo,
            Mail = { Mail.All(now.UnixMs).Select(MailRecords.Entry) },
        };
        return (this with { Compacting = (GoneTo, now.Ms) }, [new MailboxEffect.Snapshot(Last, snapshot.ToByteString())]);
    }

    private Decision OnCompacted() => Compacting is { } done
        ? (this with { Compacting = null, CompactedTo = done.GoneTo }, [new MailboxEffect.DeleteTo(done.GoneTo)])
        : Nothing;
}
