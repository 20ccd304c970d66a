using System.Collections.Immutable;

namespace ChatLock.Actors.Storage;

public enum JournalPhase
{
    /// <summary>What is stored is being read.</summary>
    Recovering,

    Serving,

    /// <summary>The owner was told; the next try is waited for or under way.</summary>
    Failed,

    /// <summary>Everything is being deleted.</summary>
    Erasing,
}

/// <summary>What a journal's shell knows: whether it takes appends, which are under way, and what is to be deleted.</summary>
public sealed record JournalState(JournalLimits Limits)
{
    public JournalPhase Phase { get; private init; } = JournalPhase.Recovering;

    public Backoff Reopening { get; private init; } = Limits.Reopening;

    /// <summary>Bytes of each append that isn't answered yet, in order.</summary>
    private ImmutableQueue<long> Appends { get; init; } = [];

    private int AppendCount { get; init; }

    private long AppendBytes { get; init; }

    /// <summary>Appends answered since the start.</summary>
    public long Answered { get; private init; }

    /// <summary>Whether a <see cref="JournalTick.Watch"/> is on its way.</summary>
    public bool Watched { get; private init; }

    public bool IsWaiting => AppendCount > 0;

    /// <summary>Snapshots under way.</summary>
    private int Snapshots { get; init; }

    /// <summary>Whether the owner wants everything gone.</summary>
    public bool EraseWanted { get; private init; }

    /// <summary>Not while something is being written: it would be there again afterwards. After a failure, the recovery waits for
    /// what is still under way.</summary>
    public bool CanErase => EraseWanted && Phase == JournalPhase.Serving && !IsWaiting && Snapshots == 0;

    /// <summary>Reads under way.</summary>
    public int Reads { get; private init; }

    /// <summary>Up to where events are to be deleted, 0 for nothing; and whether that is under way.</summary>
    public long DeleteTo { get; private init; }

    public bool Deleting { get; private init; }

    /// <returns>Why not, or null when the append is taken.</returns>
    public (JournalState Next, string? Refusal) OnAppend(long bytes)
    {
        if (Phase != JournalPhase.Serving || EraseWanted)
            return (this, "The journal isn't open.");
        if (AppendCount >= Limits.AppendsMax || (AppendCount > 0 && AppendBytes + bytes > Limits.AppendBytesMax))
            return (this, "More was to be written than the journal takes at once.");
        var next = this with { Appends = Appends.Enqueue(bytes), AppendCount = AppendCount + 1, AppendBytes = AppendBytes + bytes };
        return (next, null);
    }

    public JournalState OnAppended()
    {
        var left = Appends.Dequeue(out var bytes);
        return this with
        {
            Appends = left,
            AppendCount = AppendCount - 1,
            AppendBytes = AppendBytes - bytes,
            Reopening = Reopening.OnSuccess(),
            Answered = Answered + 1,
        };
    }

    public JournalState OnWatched(bool again) => this with { Watched = again };

    public JournalState OnRecovered() => this with { Phase = JournalPhase.Serving };

    /// <summary>Waits longer after each failure in a row; only an append that succeeds ends the row.</summary>
    public (JournalState Next, TimeSpan Wait) OnFailed()
    {
        var (reopening, wait) = Reopening.OnFailure();
        var next = this with { Phase = JournalPhase.Failed, Reopening = reopening, Appends = [], AppendCount = 0, AppendBytes = 0, Snapshots = 0 };
        return (next, wait);
    }

    public JournalState OnReopening() => this with { Phase = JournalPhase.Recovering };

    public JournalState OnSnapshot() => this with { Snapshots = Snapshots + 1 };

    public JournalState OnSnapshotEnded() => this with { Snapshots = Snapshots - 1 };

    public JournalState OnEraseWanted() => this with { EraseWanted = true };

    public JournalState OnErase() => this with { Phase = JournalPhase.Erasing };

    public (JournalState Next, bool Taken) OnRead() =>
        Reads < Limits.ReadsMax ? (this with { Reads = Reads + 1 }, true) : (this, false);

    public JournalState OnReadEnded() => this with { Reads = Reads - 1 };

    /// <summary>Deletions that come while one is under way become one.</summary>
    /// <returns>Up to where to delete now, or 0.</returns>
    public (JournalState Next, long Now) OnDeleteTo(long number)
    {
        var next = this with { DeleteTo = Math.Max(DeleteTo, number) };
        return next.StartDeleting();
    }

    /// <returns>Up to where to delete now, or 0.</returns>
    public (JournalState Next, long Now) OnDeleted(long number) =>
        (this with { Deleting = false, DeleteTo = DeleteTo > number ? DeleteTo : 0 }).StartDeleting();

    /// <summary>The tick after a failed deletion starts it again.</summary>
    public JournalState OnDeleteFailed() => this with { Deleting = false };

    public (JournalState Next, long Now) StartDeleting() =>
        Deleting || DeleteTo == 0 ? (this, 0) : (this with { Deleting = true }, DeleteTo);
}
