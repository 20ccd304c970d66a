namespace ChatLock.Actors;

/// <summary>Now, by the two clocks there are.</summary>
/// <param name="Ms">Since the server's start; never goes back. What runs out within one run of the server is counted by it.</param>
/// <param name="UnixMs">By the wall clock: what is told to people, and what outlives a restart.</param>
public readonly record struct ServerTime(long Ms, long UnixMs);
