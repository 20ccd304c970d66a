using System.Collections.Immutable;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Sessions;

/// <summary>At most one log line a second for each close reason, so that a flood of bad input isn't a flood of log.</summary>
public sealed record LogLimit
{
    public static readonly LogLimit None = new();

    private const long IntervalMs = 1000;

    private ImmutableDictionary<CloseReason, (long LoggedAtMs, int Suppressed)> Seen { get; init; } =
        ImmutableDictionary<CloseReason, (long, int)>.Empty;

    /// <param name="suppressed">How many lines of this reason were left out since the last one.</param>
    public bool TryLog(CloseReason reason, long nowMs, out LogLimit next, out int suppressed)
    {
        var known = Seen.TryGetValue(reason, out var last);
        var log = !known || nowMs - last.LoggedAtMs >= IntervalMs;
        suppressed = log ? last.Suppressed : 0;
        next = this with
        {
            Seen = Seen.SetItem(reason, log ? (nowMs, 0) : (last.LoggedAtMs, last.Suppressed + 1)),
        };
        return log;
    }
}
