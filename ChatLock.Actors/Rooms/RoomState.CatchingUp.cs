using System.Collections.Immutable;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <content>Admission, and what a member missed: in its order, without a gap that isn't told, before anything new.</content>
public sealed partial record RoomState
{
    /// <summary>Parts of the journal that are read at once; who else needs one waits.</summary>
    public const int ReadsMax = 4;

    private long LastSerial { get; init; }

    /// <summary>Reads without an answer.</summary>
    private int Reads { get; init; }

    private ImmutableList<CatchUpTag> WantReads { get; init; } = [];

    private RoomState Admit(RoomCommand.Join join, List<RoomEffect> todo)
    {
        var seat = Seats.Of(join.Key)!;
        var (after, gap) = Missed(join.Position);
        todo.Add(new RoomEffect.Admit(seat.Session, Info(after), join.Ref));
        if (after == Log.Last)
        {
            todo.Add(new RoomEffect.Enter(seat.Session, gap is null ? [] : [gap]));
            return this;
        }

        var catchUp = new CatchUp(after, LastSerial + 1, CatchUpStage.Sending, Number: 0);
        return (this with { LastSerial = catchUp.Serial }).Continue(join.Key, seat with { CatchUp = catchUp }, isFirst: true, gap, todo);
    }

    /// <summary>After which number a client gets all there is; and that the log isn't the one it knew, if so.</summary>
    private (ulong After, EncodedFrame? Gap) Missed(Position? position) =>
        position is null ? (Log.Last, null)
        : position.Epoch != Birth.Epoch ? (Log.First - 1, Gap(0, 0))
        : (Math.Min(position.Sequence, Log.Last), null);

    private RoomInfo Info(ulong after)
    {
        var info = new RoomInfo
        {
            Position = new Position { Room = Name, Epoch = Birth.Epoch, Sequence = after },
            Suite = Birth.Suite,
            OpenSecret = Birth.OpenSecret,
            MemberCount = (uint)MemberCount,
            OwnerKey = Birth.OwnerKey,
            LastAct = Rules.LastAct,
        };
        info.Acts.AddRange(Rules.InForce);
        if (Birth.Id.Kind == RoomKind.Lobby)
            return info;

        var page = Seats.PageAfter("");
        info.Here.AddRange(page.Members);
        info.More = page.More;
        return info;
    }

    private RoomState OnReplayed(CatchUpTag tag, List<RoomEffect> todo) =>
        SeatOf(tag, CatchUpStage.Sending) is { } seat ? Continue(tag.Key, seat, isFirst: false, gap: null, todo) : this;

    private Seat? SeatOf(CatchUpTag tag, CatchUpStage stage) =>
        Seats.Of(tag.Key) is { CatchUp: { } catchUp } seat && catchUp.Serial == tag.Serial && catchUp.Stage == stage ? seat : null;

    /// <summary>The next chunk: what the log doesn't have any more, then what the ring has; else the journal is read.</summary>
    private RoomState Continue(Fingerprint key, Seat seat, bool isFirst, EncodedFrame? gap, List<RoomEffect> todo)
    {
        var catchUp = seat.CatchUp!;
        var frames = new List<EncodedFrame>();
        if (gap is not null)
            frames.Add(gap);
        if (catchUp.After + 1 < Log.First)
        {
            frames.Add(Gap(catchUp.After + 1, Log.First - 1));
            catchUp = catchUp with { After = Log.First - 1, Number = 0 };
        }

        var bytes = 0;
        if (catchUp.After + 1 >= Log.RingFirst)
        {
            var page = Log.Page(catchUp.After, Limits.ReplayMaxBytes, key);
            frames.AddRange(page.Frames);
            bytes = page.Bytes;
            catchUp = catchUp with { After = page.Through };
        }

        var isLast = catchUp.After == Log.Last && (frames.Count == 0 || (!isFirst && bytes <= CatchUp.LastMaxBytes));
        return isLast ? GoLive(key, seat, frames, todo)
            : frames.Count > 0 ? Sent(key, seat with { CatchUp = catchUp }, frames, todo)
            : WantRead(key, seat with { CatchUp = catchUp }).StartReads(todo);
    }

    private RoomState GoLive(Fingerprint key, Seat seat, IReadOnlyList<EncodedFrame> frames, List<RoomEffect> todo)
    {
        todo.Add(new RoomEffect.Enter(seat.Session, frames));
        return this with { Seats = Seats.With(key, seat with { CatchUp = null }) };
    }

    private RoomState Sent(Fingerprint key, Seat seat, IReadOnlyList<EncodedFrame> frames, List<RoomEffect> todo)
    {
        var catchUp = seat.CatchUp! with { Stage = CatchUpStage.Sending };
        todo.Add(new RoomEffect.Replay(seat.Session, frames, new CatchUpTag(key, catchUp.Serial)));
        return this with { Seats = Seats.With(key, seat with { CatchUp = catchUp }) };
    }

    private RoomState WantRead(Fingerprint key, Seat seat)
    {
        var catchUp = seat.CatchUp! with { Stage = CatchUpStage.WantsRead };
        var next = this with
        {
            Seats = Seats.With(key, seat with { CatchUp = catchUp }),
            WantReads = WantReads.Add(new CatchUpTag(key, catchUp.Serial)),
        };
        return next.WantReads.Count > 2 * next.Seats.Behind.Count
            ? next with { WantReads = next.WantReads.RemoveAll(tag => next.SeatOf(tag, CatchUpStage.WantsRead) is null) }
            : next;
    }

    private RoomState StartReads(List<RoomEffect> todo)
    {
        var next = this;
        while (next.Stage == JournalStage.Working && next.Reads < ReadsMax && !next.WantReads.IsEmpty)
        {
            var tag = next.WantReads[0];
            next = next with { WantReads = next.WantReads.RemoveAt(0) };
            if (next.SeatOf(tag, CatchUpStage.WantsRead) is not { CatchUp: { } catchUp } seat)
                continue; // gone meanwhile

            var from = catchUp.Number > 0 ? catchUp.Number : Log.NumberFor(catchUp.After + 1);
            todo.Add(new RoomEffect.ToJournal(new JournalCommand.Read(from, Log.Journaled, Limits.ReplayMaxBytes, tag)));
            next = next with
            {
                Reads = next.Reads + 1,
                Seats = next.Seats.With(tag.Key, seat with { CatchUp = catchUp with { Stage = CatchUpStage.Reading } }),
            };
        }

        return next;
    }

    private RoomState OnReadDone(JournalEvent.ReadDone read, List<RoomEffect> todo)
    {
        if (read.Tag is not CatchUpTag tag)
            return Warmed(read);
        var next = this with { Reads = Math.Max(0, Reads - 1) };
        if (next.SeatOf(tag, CatchUpStage.Reading) is { } seat)
            next = next.Read(tag.Key, seat, read, todo);
        return next.StartReads(todo);
    }

    private RoomState Read(Fingerprint key, Seat seat, JournalEvent.ReadDone read, List<RoomEffect> todo)
    {
        var catchUp = seat.CatchUp!;
        var frames = new List<EncodedFrame>();
        var bytes = 0;
        foreach (var (number, entry) in Entries(read.Events).Where(found => found.Entry.Sequence > catchUp.After))
        {
            var missing = entry.Sequence > catchUp.After + 1;
            var isFor = entry.IsFor(key);
            if (frames.Count > 0 && isFor && bytes + entry.Frame.Length > Limits.ReplayMaxBytes)
                return Sent(key, seat with { CatchUp = catchUp with { Number = number } }, frames, todo);
            if (missing)
                frames.Add(Gap(catchUp.After + 1, entry.Sequence - 1));
            if (isFor)
                frames.Add(entry.Frame);
            bytes += isFor ? entry.Frame.Length : 0;
            catchUp = catchUp with { After = entry.Sequence };
        }

        // Nothing to be read before what the ring has: it can't be read, and that is told.
        if (read.Events.Count == 0 && catchUp.After + 1 < Log.RingFirst)
        {
            frames.Add(Gap(catchUp.After + 1, Log.RingFirst - 1));
            catchUp = catchUp with { After = Log.RingFirst - 1 };
        }

        catchUp = catchUp with { Number = read.Events.Count == 0 ? 0 : read.Events[^1].Number + 1 };
        return frames.Count > 0
            ? Sent(key, seat with { CatchUp = catchUp }, frames, todo)
            : Continue(key, seat with { CatchUp = catchUp }, isFirst: false, gap: null, todo);
    }

    /// <summary>What the journal read, as far as it can be understood.</summary>
    private IEnumerable<(long Number, LogEntry Entry)> Entries(IEnumerable<StoredEvent> events)
    {
        foreach (var happened in events)
        {
            IReadOnlyList<Posting> postings;
            try
            {
                postings = StoredPostings.Unpack(happened.Bytes);
            }
            catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidDataException)
            {
                continue; // what is missing is told as a gap
            }

            foreach (var posting in postings)
                yield return (happened.Number, LogEntry.Of(posting, Name, Birth.Epoch));
        }
    }

    /// <remarks>It is tried again with the next tick.</remarks>
    private RoomState OnReadFailed(object tag)
    {
        if (tag is not CatchUpTag catchUp)
            return this;
        var next = this with { Reads = Math.Max(0, Reads - 1) };
        return next.SeatOf(catchUp, CatchUpStage.Reading) is { } seat ? next.WantRead(catchUp.Key, seat) : next;
    }

    /// <summary>The journal failed: nobody knows whether a read will be answered. Each is asked for again, under another serial.</summary>
    private RoomState ReadsLost()
    {
        var next = this with { Reads = 0 };
        foreach (var key in Seats.Behind)
        {
            if (next.Seats.Of(key) is not { CatchUp: { Stage: CatchUpStage.Reading } catchUp } seat)
                continue;
            next = (next with { LastSerial = next.LastSerial + 1 })
                .WantRead(key, seat with { CatchUp = catchUp with { Serial = next.LastSerial + 1 } });
        }

        return next;
    }

    private EncodedFrame Gap(ulong from, ulong to) => EncodedFrame.Of(new ServerFrame
    {
        Gap = new Gap { Room = Name, FromSequence = from, ToSequence = to, Epoch = Birth.Epoch },
    });
}
