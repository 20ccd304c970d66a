namespace ChatLock.Actors;

/// <summary>Milliseconds since the server's start; never goes back, whatever is done to the system's clock.</summary>
public sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public long NowMs => (long)time.GetElapsedTime(_startedAt).TotalMilliseconds;
}
