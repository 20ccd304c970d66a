namespace ChatLock.Bench.Report;

/// <summary>Times, kept in buckets of 1% so that a long run costs no more memory than a short one.</summary>
internal sealed class Latencies
{
    private const double Growth = 1.01;
    private const double SmallestSeconds = 1e-6;
    private readonly long[] _buckets = new long[2048];
    private long _count;

    public void Add(TimeSpan time)
    {
        var seconds = Math.Max(SmallestSeconds, time.TotalSeconds);
        var bucket = (int)(Math.Log(seconds / SmallestSeconds) / Math.Log(Growth));
        _buckets[Math.Min(bucket, _buckets.Length - 1)]++;
        _count++;
    }

    /// <param name="share">0 to 1.</param>
    public double Milliseconds(double share)
    {
        var wanted = (long)Math.Ceiling(_count * share);
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted && seen > 0)
                return SmallestSeconds * Math.Pow(Growth, i + 1) * 1e3;
        }

        return 0;
    }
}
