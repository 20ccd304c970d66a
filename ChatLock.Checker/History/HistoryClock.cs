using System.Globalization;
using System.Security.Cryptography;

namespace ChatLock.Checker.History;

/// <summary>The clock of a history: monotonic, in microseconds since it was made, one for all clients of a process.</summary>
/// <remarks>
/// "A was acknowledged before B was sent" is a statement about two clients. Read from one monotonic clock it is true of the
/// world; read from two clocks that differ by more than a network's way it isn't, and a checker that believed it would
/// accuse a correct server, or overlook a wrong one. So each history names its clock, and the orders of real time and of names
/// are only compared within one.
/// </remarks>
public sealed class HistoryClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Tells this clock from others: 16 hexadecimal digits.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public long NowMicroseconds => (long)time.GetElapsedTime(_start).TotalMicroseconds;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} at {NowMicroseconds}");
}
