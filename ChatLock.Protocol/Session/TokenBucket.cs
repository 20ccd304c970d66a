namespace ChatLock.Protocol.Session;

/// <summary>A rate limit as a value: so many a second, so many at once after a pause.</summary>
/// <param name="Millitokens">What is left, in thousandths of one.</param>
/// <param name="AtMs">When that was true, in milliseconds of the caller's monotonic clock.</param>
/// <remarks>Counts logical messages, whatever their size. docs/PROTOCOL.md section 7.</remarks>
public readonly record struct TokenBucket(long Millitokens, long AtMs)
{
    /// <summary>A full bucket.</summary>
    public static TokenBucket Full(int burst, long nowMs) => new(burst * 1000L, nowMs);

    /// <summary>Takes one token if there is one.</summary>
    /// <param name="perSecond">Tokens that flow in each second.</param>
    /// <param name="burst">Tokens the bucket holds at most.</param>
    /// <param name="nowMs">Now; a clock that goes back counts as standing still.</param>
    /// <param name="next">The bucket afterwards, whether or not one was taken.</param>
    /// <param name="retryAfterMs">0 when one was taken; else the milliseconds until there is one.</param>
    public bool TryTake(int perSecond, int burst, long nowMs, out TokenBucket next, out uint retryAfterMs)
    {
        var filled = Filled(perSecond, burst, nowMs);
        var taken = filled >= 1000;
        next = new TokenBucket(taken ? filled - 1000 : filled, Math.Max(AtMs, nowMs));
        retryAfterMs = taken ? 0 : (uint)((1000 - filled + perSecond - 1) / perSecond);
        return taken;
    }

    /// <summary>How long it takes until so many tokens are there; none is taken.</summary>
    /// <param name="tokens">From 1 to <paramref name="burst"/>.</param>
    /// <param name="perSecond">Tokens that flow in each second.</param>
    /// <param name="burst">Tokens the bucket holds at most.</param>
    /// <param name="nowMs">Now; a clock that goes back counts as standing still.</param>
    /// <returns>Milliseconds; 0 when they are there.</returns>
    public uint MsUntil(int tokens, int perSecond, int burst, long nowMs)
    {
        var missing = tokens * 1000L - Filled(perSecond, burst, nowMs);
        return missing <= 0 ? 0 : (uint)((missing + perSecond - 1) / perSecond);
    }

    /// <summary>A token a millisecond per thousand a second: milliseconds times a second's tokens are millitokens.</summary>
    private long Filled(int perSecond, int burst, long nowMs) =>
        Math.Min(burst * 1000L, Millitokens + Math.Max(0, nowMs - AtMs) * perSecond);
}
