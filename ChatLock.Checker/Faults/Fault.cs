using System.Globalization;

namespace ChatLock.Checker.Faults;

/// <summary>Which way the bytes go that a fault is about.</summary>
public enum FaultDirection
{
    ToGateway,
    ToClient,
}

/// <summary>What can go wrong with a connection.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The kind's name, as on the command line.</summary>
    public string Kind => this switch
    {
        Cut => "cut",
        Stall => "stall",
        Delay => "delay",
        Drip => "drip",
        HalfClose => "half-close",
        _ => "corrupt",
    };

    /// <summary>Both sides get a reset.</summary>
    public sealed record Cut : Fault;

    /// <summary>Nothing goes on, and nobody is told: the sockets stay open. Then all goes on as if nothing had been.</summary>
    /// <param name="Duration">How long.</param>
    /// <param name="BothWays">In both directions, as when a laptop sleeps, or in this one.</param>
    public sealed record Stall(TimeSpan Duration, bool BothWays) : Fault;

    /// <summary>What comes next is late, read by read.</summary>
    /// <param name="Duration">Each read by so much.</param>
    /// <param name="Bytes">For so many bytes.</param>
    public sealed record Delay(TimeSpan Duration, int Bytes) : Fault;

    /// <summary>What comes next comes in crumbs.</summary>
    /// <param name="Crumb">Bytes at once.</param>
    /// <param name="Every">The time before each.</param>
    /// <param name="Bytes">For so many bytes.</param>
    public sealed record Drip(int Crumb, TimeSpan Every, int Bytes) : Fault;

    /// <summary>The receiver is told that nothing more comes, and nothing does; the other direction goes on.</summary>
    public sealed record HalfClose : Fault;

    /// <summary>The next byte arrives as another one.</summary>
    /// <param name="Mask">The bits that are turned over, not 0.</param>
    public sealed record Corrupt(byte Mask) : Fault;
}

/// <summary>A fault that is due.</summary>
/// <param name="Offset">After so many bytes of its direction.</param>
/// <param name="Fault">What happens then.</param>
public sealed record ScheduledFault(long Offset, Fault Fault);

/// <summary>A fault that happened.</summary>
/// <param name="Connection">The connection's number, from 1 in the order of arrival.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Offset">After so many bytes of that direction; <see cref="AtOnce"/> if it wasn't scheduled.</param>
/// <param name="Fault">What.</param>
public sealed record FaultHappened(int Connection, FaultDirection Direction, long Offset, Fault Fault)
{
    /// <summary>The offset of a fault that someone asked for.</summary>
    public const long AtOnce = -1;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"connection {Connection}, {(Direction == FaultDirection.ToGateway ? "to the gateway" : "to the client")}, byte {Offset}: {Fault}");
}
