using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ChatLock.Protocol.Identity;

namespace ChatLock.Checker.History;

/// <summary>Who a record is about: the first 8 bytes of an identity key's fingerprint, as logs write it.</summary>
/// <remarks>Eight bytes tell the keys of a test's own clients apart. They would not do against someone who looks for a
/// key that begins alike, and nobody here does.</remarks>
public readonly record struct ClientKey(ulong Value) : IComparable<ClientKey>
{
    /// <summary>Hexadecimal digits of one.</summary>
    public const int Digits = 16;

    public static ClientKey Of(Fingerprint fingerprint) =>
        new(ulong.Parse(fingerprint.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    public static bool TryParse([NotNullWhen(true)] string? text, out ClientKey key)
    {
        var isOne = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        key = new ClientKey(value);
        return isOne && text!.Length == Digits;
    }

    public int CompareTo(ClientKey other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    public static bool operator <(ClientKey left, ClientKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ClientKey left, ClientKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ClientKey left, ClientKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ClientKey left, ClientKey right) => left.CompareTo(right) >= 0;
}
