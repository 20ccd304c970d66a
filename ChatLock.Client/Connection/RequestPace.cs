using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>Keeps this client below the server's limits, so that it is never refused for being too fast.</summary>
/// <remarks>
/// The server counts when frames arrive and the network bunches them, so a share of the burst and of the rate stays
/// unused. Without this, a refused message could be overtaken by the one behind it.
/// </remarks>
internal sealed record RequestPace
{
    private const int SharePercent = 80;

    /// <summary>Requests of which the answer isn't there yet.</summary>
    public int InFlight { get; private init; }

    private int InFlightMax { get; init; }

    private int PerSecond { get; init; }

    private int Burst { get; init; }

    private TokenBucket Messages { get; init; }

    private TokenBucket Others { get; init; }

    /// <summary>A new session's pace.</summary>
    public static RequestPace Under(Limits limits, long nowMs)
    {
        var burst = Share(limits.PostsBurst);
        return new RequestPace
        {
            InFlightMax = Share(limits.InFlightMax),
            PerSecond = Share(limits.PostsPerSecond),
            Burst = burst,
            Messages = TokenBucket.Full(burst, nowMs),
            Others = TokenBucket.Full(burst, nowMs),
        };
    }

    /// <summary>Whether a request may go out now.</summary>
    /// <param name="isMessage">Messages and other requests are counted apart.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="next">The pace afterwards.</param>
    /// <param name="waitMs">0 if it may go, or if an answer must come first; else when to ask again.</param>
    public bool TryTake(bool isMessage, long nowMs, out RequestPace next, out uint waitMs)
    {
        next = this;
        waitMs = 0;
        if (InFlight >= InFlightMax)
            return false;
        var taken = (isMessage ? Messages : Others).TryTake(PerSecond, Burst, nowMs, out var bucket, out waitMs);
        next = isMessage ? this with { Messages = bucket } : this with { Others = bucket };
        if (taken)
            next = next with { InFlight = InFlight + 1 };
        return taken;
    }

    /// <summary>Whether a request that nobody waits for may go: half of what may go at once stays for the others.</summary>
    /// <param name="nowMs">Now.</param>
    /// <param name="waitMs">0 if it may, or if an answer must come first; else when to ask again.</param>
    public bool HasRoom(long nowMs, out uint waitMs)
    {
        var least = Burst / 2 + 1;
        waitMs = Math.Max(Messages.MsUntil(least, PerSecond, Burst, nowMs), Others.MsUntil(least, PerSecond, Burst, nowMs));
        return waitMs == 0 && InFlight * 2 < InFlightMax;
    }

    /// <summary>An answer came.</summary>
    public RequestPace Answered() => this with { InFlight = Math.Max(0, InFlight - 1) };

    private static int Share(uint limit) => (int)Math.Clamp(limit * (ulong)SharePercent / 100, 1, int.MaxValue / 1000);
}
