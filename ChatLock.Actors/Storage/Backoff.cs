namespace ChatLock.Actors.Storage;

/// <summary>How long to wait before something that failed is tried again: doubling, with a bound.</summary>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>Failures in a row until now.</summary>
    private int Failures { get; init; }

    public (Backoff Next, TimeSpan Wait) OnFailure()
    {
        // 2^20 times any first wait is beyond any longest.
        var wait = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(Failures, 20)), Longest.TotalMilliseconds);
        return (this with { Failures = Failures + 1 }, TimeSpan.FromMilliseconds(wait));
    }

    public Backoff OnSuccess() => Failures == 0 ? this : this with { Failures = 0 };
}
