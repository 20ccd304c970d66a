namespace ChatLock.Actors.Storage;

/// <summary>Bounds of one journal. An owner has few appends under way, since one append carries many messages; one that
/// passes a bound has lost count, and its journal fails as a whole: what is told again by Recovered is what is true.</summary>
public sealed record JournalLimits
{
    /// <summary>Appends taken and not answered. One more, and the journal fails.</summary>
    public int AppendsMax { get; init; } = 256;

    /// <summary>Bytes of appends taken and not answered. More, and the journal fails; a single one may be as long.</summary>
    public long AppendBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long nothing may be answered while appends wait, before the journal has failed. Longer than the plugin's own
    /// timeout (HOCON/persistence.conf, call-timeout): for the case that its actor was restarted and forgot.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Reads under way. One more is answered with ReadFailed.</summary>
    public int ReadsMax { get; init; } = 64;

    /// <summary>From a failure to the next try, at first and at most.</summary>
    public Backoff Reopening { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>From a deletion that failed to its next try.</summary>
    public TimeSpan DeleteAgainAfter { get; init; } = TimeSpan.FromSeconds(30);
}
