using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatLock.Checker.History;

/// <summary>Which message: 16 bytes that its sender chose, the same in every try.</summary>
public readonly record struct MessageId(UInt128 Value)
{
    /// <summary>Hexadecimal digits of one.</summary>
    public const int Digits = 32;

    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        var isOne = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        id = new MessageId(value);
        return isOne && text!.Length == Digits;
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>A number in a room's log.</summary>
/// <param name="Room">The room's id, as on the wire.</param>
/// <param name="Epoch">Which log: another epoch, another count.</param>
/// <param name="Sequence">From 1.</param>
public readonly record struct LogPosition(string Room, ulong Epoch, ulong Sequence)
{
    public override string ToString() => $"{Room}/{Epoch}/{Sequence}";
}
