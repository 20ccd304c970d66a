using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Rooms;

/// <content>Snapshots, and the end of what is too old.</content>
public sealed partial record RoomState
{
    /// <summary>Postings between two snapshots at least; more where a snapshot is large, so that writing them stays a part of writing.</summary>
    public const int SnapshotEvery = 1000;

    /// <summary>How often a room looks for what is too old.</summary>
    public static readonly TimeSpan KeepInterval = TimeSpan.FromMinutes(1);

    /// <summary>A snapshot that isn't there after this long has failed; the next one makes up for it.</summary>
    private static readonly TimeSpan SnapshotPatience = TimeSpan.FromSeconds(30);

    /// <summary>A room whose journal couldn't be read is started again after this, so that what is too old goes.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    /// <summary>The tag of the read that fills the ring after a start.</summary>
    private sealed record WarmUpTag(ulong RingFirst);

    private int PostingsSinceSnapshot { get; init; }

    /// <summary>The last event in the last snapshot.</summary>
    private long SnapshotNumber { get; init; }

    /// <summary>A snapshot is under way, since this; <see cref="long.MinValue"/>: since before the next tick.</summary>
    private long? SnapshotAskedMs { get; init; }

    /// <summary>Up to where the journal was told to delete.</summary>
    private long DeletedNumber { get; init; }

    private long KeptMs { get; init; } = long.MinValue;

    private RoomState OnTick(ServerTime now, List<RoomEffect> todo)
    {
        var next = Absent(now, todo).StartReads(todo);
        if (next.SnapshotAskedMs is { } asked)
            next = next with { SnapshotAskedMs = asked == long.MinValue ? now.Ms : IsOver(asked, SnapshotPatience, now) ? null : asked };
        if (next.Stage == JournalStage.Working)
            next = next.Forgotten(now, todo);
        if (next.IsIdle(now))
            todo.Add(new RoomEffect.Idle(next.IsOpen ? next.Log.OldestOverUnixMs : now.UnixMs + (long)RetryAfter.TotalMilliseconds));
        return next;
    }

    private RoomState Forgotten(ServerTime now, List<RoomEffect> todo)
    {
        var isTime = KeptMs == long.MinValue || IsOver(KeptMs, KeepInterval, now);
        if (!isTime && !Log.HasTooMany)
            return this;

        var next = this with
        {
            Log = Log.Kept(now.UnixMs),
            Senders = isTime ? Senders.At(now.UnixMs) : Senders,
            KeptMs = now.Ms,
        };
        return next.Delete(todo);
    }

    /// <summary>What isn't kept goes, but not before a snapshot makes it dispensable.</summary>
    private RoomState Delete(List<RoomEffect> todo)
    {
        if (Log.Deletable <= DeletedNumber)
            return this;
        if (SnapshotNumber < Log.Deletable)
            return AskSnapshot(todo);
        todo.Add(new RoomEffect.ToJournal(new JournalCommand.DeleteTo(Log.Deletable)));
        return this with { DeletedNumber = Log.Deletable };
    }

    private RoomState SnapshotIfDue(List<RoomEffect> todo) =>
        PostingsSinceSnapshot >= Math.Max(SnapshotEvery, Senders.Count / 4) ? AskSnapshot(todo) : this;

    private RoomState AskSnapshot(List<RoomEffect> todo)
    {
        if (SnapshotAskedMs is not null)
            return this;
        var kept = new KeptRoom(Log, Senders, Rules);
        todo.Add(new RoomEffect.ToJournal(new JournalCommand.Snapshot(Log.Journaled, kept.ToSnapshot(Birth))));
        return this with { SnapshotAskedMs = long.MinValue, PostingsSinceSnapshot = 0 };
    }

    private RoomState OnSnapshotDone(long number, List<RoomEffect> todo) =>
        (this with { SnapshotNumber = number, SnapshotAskedMs = null }).Delete(todo);

    /// <summary>After a start the ring holds what came after the last snapshot: what came before is read, so that a thousand clients that
    /// are back after a restart aren't a thousand reads.</summary>
    private RoomState WarmUp(List<RoomEffect> todo)
    {
        if (Log.WarmUp() is { } from)
            todo.Add(new RoomEffect.ToJournal(new JournalCommand.Read(from.From, Log.Journaled, Limits.Rooms.RingMaxBytes, new WarmUpTag(Log.RingFirst))));
        return this;
    }

    private RoomState Warmed(JournalEvent.ReadDone read)
    {
        if (read.Tag is not WarmUpTag tag || tag.RingFirst != Log.RingFirst)
            return this;
        var entries = Entries(read.Events).Select(found => found.Entry).Where(entry => entry.Sequence < tag.RingFirst).ToArray();
        var isWhole = entries.Length > 0 && entries[^1].Sequence == tag.RingFirst - 1 && entries.Select((entry, i) => entry.Sequence - (ulong)i).Distinct().Count() == 1;
        return isWhole ? this with { Log = Log.Preceded(entries) } : this;
    }

    private bool IsIdle(ServerTime now) =>
        !Birth.IsLobby && Seats.Count == 0 && Waiting.IsEmpty && UnderWay.Count == 0 && Reads == 0 && SnapshotAskedMs is null
        && Stage != JournalStage.Opening && EmptySinceMs is { } since && (!WasUsed || IsOver(since, Linger, now));

    private static bool IsOver(long sinceMs, TimeSpan time, ServerTime now) => now.Ms - sinceMs >= (long)time.TotalMilliseconds;

    private RoomState OnRest(List<RoomEffect> todo)
    {
        todo.Add(Seats.Count == 0 && Waiting.IsEmpty ? RoomEffect.Stop.Now : RoomEffect.StayAwake.Now);
        return this;
    }
}
