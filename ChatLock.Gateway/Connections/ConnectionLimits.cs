namespace ChatLock.Gateway.Connections;

/// <summary>How many connections there may be. HOCON/reference.conf, chatlock.connections.</summary>
public sealed record ConnectionLimits(int PerAddressMax, bool LoopbackExempt, int Max);
