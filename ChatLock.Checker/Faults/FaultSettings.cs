namespace ChatLock.Checker.Faults;

/// <summary>How often what goes wrong: each rate is the chance in each KiB that passes in a direction.</summary>
public sealed record FaultSettings
{
    /// <summary>Decides everything: the same seed gives the same faults at the same bytes of the same connections.</summary>
    public ulong Seed { get; init; }

    public double Cut { get; init; }

    public double Stall { get; init; }

    public double Delay { get; init; }

    public double Drip { get; init; }

    public double HalfClose { get; init; }

    public double Corrupt { get; init; }

    /// <summary>The longest stall; each takes at least a tenth of it.</summary>
    public TimeSpan StallLongest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest delay of one read.</summary>
    public TimeSpan DelayLongest { get; init; } = TimeSpan.FromMilliseconds(200);

    public double Total => Cut + Stall + Delay + Drip + HalfClose + Corrupt;
}
