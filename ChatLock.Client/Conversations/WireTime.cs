namespace ChatLock.Client.Conversations;

/// <summary>A server's times: any number is answered.</summary>
internal static class WireTime
{
    private static readonly long LeastMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MostMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset Of(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(unixMs, LeastMs, MostMs));
}
