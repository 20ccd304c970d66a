using System.Collections.Immutable;
using ChatLock.Actors.Messages;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

public enum JournalStage
{
    /// <summary>It hasn't told what it has; who wants to join waits.</summary>
    Opening,

    /// <summary>What is appended is answered.</summary>
    Working,

    /// <summary>Postings are refused until it tells what it has.</summary>
    Failing,

    /// <summary>What it has isn't this room's log: nothing is taken or overwritten.</summary>
    Broken,
}

/// <content>What is said to the journal, and what follows from its answers.</content>
public sealed partial record RoomState
{
    /// <summary>The log is known: joins can be answered, whether or not the journal works just now.</summary>
    private bool IsOpen { get; init; }

    /// <summary>How many postings each event holds that is being written.</summary>
    private IReadOnlyList<int> UnderWayCounts { get; init; } = [];

    private RoomState WriteNext(List<RoomEffect> todo)
    {
        if (UnderWay.Count > 0 || Next.Count == 0)
            return this;

        var (events, counts) = StoredPostings.Pack(Next.Items.Select(pending => pending.Posting));
        todo.Add(new RoomEffect.ToJournal(new JournalCommand.Append(events)));
        return this with { UnderWay = Next, UnderWayCounts = counts, Next = Batch.Empty };
    }

    /// <remarks>The next write first: the journal works while this one is delivered.</remarks>
    private RoomState OnAppended(JournalEvent.Appended appended, List<RoomEffect> todo)
    {
        var written = UnderWay.Items;
        var stored = new List<(Posting, LogEntry)>(written.Count);
        var next = this with { UnderWay = Batch.Empty };
        var from = 0;
        for (var i = 0; i < UnderWayCounts.Count; from += UnderWayCounts[i++])
            next = next.Stored(appended.First + i, [.. written.GetRange(from, UnderWayCounts[i]).Select(pending => pending.Posting)], stored);

        next = next.WriteNext(todo).Publish(stored, todo);
        foreach (var pending in written)
        {
            foreach (var asker in pending.Askers)
                next.Accept(asker, pending.Posting.Answer, todo);
        }

        return next.SnapshotIfDue(todo);
    }

    /// <summary>One event of the journal: in the log, and its messages remembered.</summary>
    private RoomState Stored(long number, IReadOnlyList<Posting> postings, List<(Posting, LogEntry)> stored)
    {
        var entries = postings.Select(posting => LogEntry.Of(posting, Name, Birth.Epoch)).ToArray();
        stored.AddRange(postings.Zip(entries));
        return this with
        {
            Log = Log.With(number, entries, postings[0].TimeUnixMs, postings[^1].TimeUnixMs),
            Senders = postings.Aggregate(Senders, (memory, posting) => posting.MessageId is { } id
                ? memory.With(posting.Sender, new Remembered(id, posting.Sequence, posting.TimeUnixMs))
                : memory),
            PostingsSinceSnapshot = PostingsSinceSnapshot + postings.Count,
        };
    }

    /// <remarks>Nobody knows whether what was under way is stored. Its senders are told to try again; if it turns out to be, they are
    /// answered with the first result then.</remarks>
    private RoomState OnFailed(List<RoomEffect> todo)
    {
        foreach (var asker in UnderWay.Items.Concat(Next.Items).SelectMany(pending => pending.Askers))
            Refuse(asker, Refusals.NotStored, todo);
        foreach (var join in Waiting)
            todo.Add(new RoomEffect.Refuse(join.Session, join.Ref, Refusals.NotStored));
        return (this with
        {
            Stage = Stage == JournalStage.Broken ? Stage : JournalStage.Failing,
            UnderWay = Batch.Empty,
            UnderWayCounts = [],
            Next = Batch.Empty,
            Ahead = Rules,
            Waiting = [],
            SnapshotAskedMs = null,
        }).ReadsLost();
    }

    /// <summary>What the journal has, at the start, after a failure of its own or after one of this actor's.</summary>
    private RoomState OnRecovered(JournalEvent.Recovered recovered, ServerTime now, List<RoomEffect> todo)
    {
        var before = Stage == JournalStage.Working ? OnFailed(todo) : this;
        RoomState next;
        try
        {
            next = before.IsOpen ? before : before.Loaded(recovered);
            next = next.Caught(recovered, todo);
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidDataException)
        {
            todo.Add(new RoomEffect.Broken(wrong.Message));
            return (before with { Stage = JournalStage.Broken }).OnFailed(todo);
        }

        next = next with { Stage = JournalStage.Working, IsOpen = true, Ahead = next.Rules, Waiting = [] };
        foreach (var join in before.Waiting)
            next = next.OnJoin(join, now, todo);
        return next.WarmUp(todo).StartReads(todo);
    }

    private RoomState Loaded(JournalEvent.Recovered recovered)
    {
        if (recovered.Snapshot is not { } snapshot)
        {
            return recovered.LastNumber == 0 || recovered.Events is [{ Number: 1 }, ..]
                ? this
                : throw new InvalidDataException("The beginning of the journal is missing.");
        }

        var kept = KeptRoom.From(snapshot, recovered.SnapshotNumber, Birth, Limits.Rooms);
        return this with { Log = kept.Log, Senders = kept.Senders, Rules = kept.Rules, SnapshotNumber = recovered.SnapshotNumber };
    }

    /// <summary>What is stored and wasn't known to be is delivered now.</summary>
    private RoomState Caught(JournalEvent.Recovered recovered, List<RoomEffect> todo)
    {
        if (recovered.LastNumber < Log.Journaled)
            return (this with { Log = Log.Lost(recovered.LastNumber), SnapshotNumber = recovered.SnapshotNumber }).AskSnapshot(todo);

        var stored = new List<(Posting, LogEntry)>();
        var next = this;
        foreach (var happened in recovered.Events.Where(happened => happened.Number > Log.Journaled))
        {
            var postings = StoredPostings.Unpack(happened.Bytes);
            if (happened.Number != next.Log.Journaled + 1 || !Follow(next.Log.Last, postings))
                throw new InvalidDataException("Numbers are missing in the journal.");
            next = next.Stored(happened.Number, postings, stored);
        }

        return next.Publish(stored, todo);
    }

    private static bool Follow(ulong last, IReadOnlyList<Posting> postings) =>
        postings.Count > 0 && postings.Select((posting, i) => posting.Sequence - (ulong)i).All(first => first == last + 1);
}
