using ChatLock.Checker.Checking;

namespace ChatLock.Checker.Soak;

/// <summary>What came out of a soak.</summary>
internal sealed record SoakResult
{
    public required Verdict Verdict { get; init; }

    public int Kills { get; init; }

    public required IReadOnlyDictionary<string, int> Faults { get; init; }

    /// <summary>Clients without a connection at the end: what they should have got can't be judged.</summary>
    public int Away { get; init; }

    /// <summary>Messages that clients handed back instead of sending them.</summary>
    public int Failed { get; init; }

    public int Unreadable { get; init; }

    /// <summary>Times that a client was put out of a room.</summary>
    public int RoomsLost { get; init; }

    /// <summary>Gaps in mailboxes.</summary>
    public int PrivateGaps { get; init; }

    public int NamesRefused { get; init; }

    public int NamesGiven { get; init; }

    public required IReadOnlyList<Violation.CanaryFound> Canaries { get; init; }

    public long BytesScanned { get; init; }

    /// <summary>Whether the scan saw what it must see, if it can see.</summary>
    public bool SawNames { get; init; }

    public bool ExpectedNames { get; init; }

    public TimeSpan Took { get; init; }

    public required string Folder { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Whether every promise was kept, and everything could be judged.</summary>
    public bool IsGood => Verdict.IsGood && Canaries.Count == 0 && (SawNames || !ExpectedNames) && Verdict.Tally.Declared == 0
        && Away + Failed + Unreadable + RoomsLost + PrivateGaps + NamesGiven == 0;
}
