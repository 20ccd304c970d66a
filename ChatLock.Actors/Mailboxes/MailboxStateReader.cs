using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Wire;
using Decision = (ChatLock.Actors.Mailboxes.MailboxState Next, System.Collections.Generic.IReadOnlyList<ChatLock.Actors.Mailboxes.MailboxEffect> Effects);

namespace ChatLock.Actors.Mailboxes;

/// <summary>
/// The session that reads: what waits is read from the journal piece by piece, each when the one before has left; once it has
/// had everything, what comes is delivered as it comes. So its order is the order of the numbers, and nothing comes twice.
/// </summary>
public sealed partial record MailboxState
{
    /// <param name="Session">Whose connection it is.</param>
    /// <param name="Next">The number that it gets next.</param>
    /// <param name="IsLive">It has had everything up to there.</param>
    /// <param name="Ticket">Of the read or the replay under way; null: none is.</param>
    private sealed record Reading(SessionHandle Session, ulong Next, bool IsLive, long? Ticket);

    private Reading? Reader { get; init; }

    private long LastTicket { get; init; }

    /// <summary>One that came before the journal had been read.</summary>
    private MailboxCommand.Attach? EarlyReader { get; init; }

    private Decision OnAttach(MailboxCommand.Attach attach)
    {
        var early = this with { EarlyReader = attach };
        return IsRead ? Attach(attach)
            : IsFailed ? early.TellUnread()
            : (early, []);
    }

    /// <summary>A mailbox that can't be read keeps nobody out. Its reader is told that it stands where it says, or at the beginning of a log;
    /// if that turns out to be wrong, it will be told so.</summary>
    private Decision TellUnread()
    {
        if (EarlyReader is not { IsTold: false } reader)
            return Nothing;
        var position = reader.Position ?? new Position { Epoch = NewEpoch };
        return (
            this with { EarlyReader = reader with { Position = position, IsTold = true } },
            [new MailboxEffect.Attached(reader.Session, position)]);
    }

    private Decision Attach(MailboxCommand.Attach attach)
    {
        var given = attach.Position;
        var fits = given is not null && given.Epoch == Epoch;
        var start = fits ? Math.Clamp(given!.Sequence, AcknowledgedTo, Last) : AcknowledgedTo;
        var reader = new Reading(attach.Session, start + 1, IsLive: false, Ticket: null);

        var (state, effects) = (this with { Reader = reader }).ReadOn();
        MailboxEffect[] told = attach.IsTold ? [] : [new MailboxEffect.Attached(attach.Session, At(start))];
        var hadAnotherLog = given is not null && !fits && (given.Sequence > 0 || attach.IsTold);
        MailboxEffect[] began = hadAnotherLog ? [Deliver(attach.Session, GapOf(0, 0))] : [];
        return (state, [.. told, .. began, .. effects]);
    }

    /// <summary>A good moment to write down what it has dealt with: then a new one that doesn't know where it stands isn't sent that again.</summary>
    private Decision OnDetach(MailboxCommand.Detach detach, ServerTime now)
    {
        var early = EarlyReader?.Session.Id == detach.Session ? null : EarlyReader;
        if (Reader?.Session.Id != detach.Session)
            return (this with { EarlyReader = early }, []);

        var (state, told) = (this with { EarlyReader = early, Reader = null }).TellMailSince();
        (state, var compacting) = state.Compact(now);
        return (state, [.. told, .. compacting]);
    }

    /// <summary>A message that has just been stored, for one who has had everything before it.</summary>
    private MailboxEffect.Deliver DeliverLive(Reading reader, PrivateMessage mail, ulong number)
    {
        mail.Position = At(number);
        return Deliver(reader.Session, new ServerFrame { PrivateMessage = mail });
    }

    /// <summary>Reads the next piece, unless one is under way or there is nothing left. A journal that can't write may still read.</summary>
    private Decision ReadOn()
    {
        if (Reader is not { IsLive: false, Ticket: null } reader)
            return Nothing;

        var (next, gap) = Skip(reader.Next, GoneTo + 1);
        MailboxEffect[] effects = gap is null ? [] : [Deliver(reader.Session, gap)];
        if (next > Last)
            return (this with { Reader = reader with { Next = next, IsLive = true } }, effects);

        var ticket = LastTicket + 1;
        return (
            this with { Reader = reader with { Next = next, Ticket = ticket }, LastTicket = ticket },
            [.. effects, new MailboxEffect.Read(next, Last, ticket)]);
    }

    private Decision OnReadDone(JournalEvent.ReadDone read)
    {
        if (Reader is not { } reader || read.Tag is not ReadTag tag || reader.Ticket != tag.Ticket)
            return Nothing;

        var (next, frames) = (reader.Next, new List<ServerFrame>());
        foreach (var stored in read.Events.Where(stored => (ulong)stored.Number >= reader.Next))
        {
            if (!MailRecords.TryFrame(stored, out var frame))
                continue; // what can't be read is missing
            next = SkipTo((ulong)stored.Number, next, frames);
            frames.Add(frame);
            next++;
        }

        if (!read.More)
            next = SkipTo(tag.To + 1, next, frames);
        if (frames.Count == 0)
            return (this with { Reader = reader with { Next = next, Ticket = null } }).ReadOn();

        var ticket = LastTicket + 1;
        return (
            this with { Reader = reader with { Next = next, Ticket = ticket }, LastTicket = ticket },
            [new MailboxEffect.Replay(reader.Session, frames, ticket)]);
    }

    /// <summary>It is tried again with the next tick.</summary>
    private Decision OnReadFailed(JournalEvent.ReadFailed failed) =>
        Reader is { } reader && failed.Tag is ReadTag tag && reader.Ticket == tag.Ticket
            ? (this with { Reader = reader with { Ticket = null } }, [])
            : Nothing;

    private Decision OnReplayed(long ticket) => Reader is { } reader && reader.Ticket == ticket
        ? (this with { Reader = reader with { Ticket = null } }).ReadOn()
        : Nothing;

    private ulong SkipTo(ulong number, ulong next, List<ServerFrame> frames)
    {
        var (after, gap) = Skip(next, number);
        if (gap is not null)
            frames.Add(gap);
        return after;
    }

    /// <summary>Passes over what isn't there any more. What the reader has acknowledged it doesn't miss; the rest is a gap.</summary>
    private (ulong Next, ServerFrame? Gap) Skip(ulong next, ulong to)
    {
        var from = Math.Max(next, AcknowledgedTo + 1);
        return (Math.Max(next, to), from < to ? GapOf(from, to - 1) : null);
    }

    private ServerFrame GapOf(ulong from, ulong to) =>
        new() { Gap = new Gap { FromSequence = from, ToSequence = to, Epoch = Epoch } };

    private Position At(ulong number) => new() { Epoch = Epoch, Sequence = number };

    private static MailboxEffect.Deliver Deliver(SessionHandle session, ServerFrame frame) => new(session, frame);
}

/// <summary>What a read was for.</summary>
/// <param name="Ticket">Whose turn it is.</param>
/// <param name="To">The last number that was asked for.</param>
public sealed record ReadTag(long Ticket, ulong To);
