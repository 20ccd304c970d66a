namespace ChatLock.Client.Connection;

/// <summary>How long to wait before the next try to connect: doubling, bounded, with jitter from outside.</summary>
/// <param name="First">After the first failure, before jitter.</param>
/// <param name="Longest">Never longer than this, jitter included.</param>
/// <remarks>Jitter spreads a thousand clients that lost the same server: each waits 50% to 100% of the delay.</remarks>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>Half a second at first, half a minute at most.</summary>
    public static Backoff Default { get; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    private const int DoublingsMax = 30;

    /// <summary>The delay before the next try.</summary>
    /// <param name="failures">Tries that failed in a row, from 1.</param>
    /// <param name="random">A number from 0 to below 1.</param>
    public TimeSpan Delay(int failures, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, DoublingsMax));
        var bounded = doubled < Longest ? doubled : Longest;
        return bounded * (0.5 + random / 2);
    }
}
