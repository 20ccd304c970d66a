namespace ChatLock.Checker.Checking;

/// <summary>What a history amounts to.</summary>
public sealed record Verdict
{
    /// <summary>Violations that are kept with their sentences; further ones are counted only.</summary>
    public const int KeptMax = 1_000;

    /// <summary>The first <see cref="KeptMax"/>.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>How many there are of each kind.</summary>
    public required IReadOnlyDictionary<string, int> ByKind { get; init; }

    /// <summary>How often each promise is broken.</summary>
    public required IReadOnlyDictionary<Promise, int> ByPromise { get; init; }

    /// <summary>What was looked at: an empty history breaks no promise either.</summary>
    public required Tally Tally { get; init; }

    public int Total => ByKind.Values.Sum();

    public bool IsGood => Total == 0;

    public int Count(Promise promise) => ByPromise.GetValueOrDefault(promise);
}

/// <summary>How much a history holds.</summary>
public sealed record Tally
{
    public int Clients { get; init; }

    /// <summary>Rooms that anyone was in.</summary>
    public int Rooms { get; init; }

    /// <summary>Messages, to rooms and persons; a retry isn't one.</summary>
    public int Sent { get; init; }

    public int Acknowledged { get; init; }

    /// <summary>Deliveries: a message that comes to ten counts ten times.</summary>
    public int Delivered { get; init; }

    /// <summary>Acknowledged private messages.</summary>
    public int PrivateAcknowledged { get; init; }

    public int Resumed { get; init; }

    public int Detached { get; init; }

    /// <summary>Deliveries that were owed and that a gap said would not come.</summary>
    public int Declared { get; init; }

    /// <summary>Signatures verified from the envelope, not by the client's word.</summary>
    public int SignaturesVerified { get; init; }
}
