using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Numerics;

namespace ChatLock.Crypto.Classic;

/// <summary>What is wrong with eight bytes as a DES message key.</summary>
/// <remarks>INSECURE: a key without a flaw still has only 56 bits.</remarks>
public enum DesKeyFlaw
{
    /// <summary>Nothing: odd parity, neither weak nor semi-weak.</summary>
    None,

    /// <summary>Not 8 bytes.</summary>
    WrongLength,

    /// <summary>Weak: all sixteen round keys are equal, enciphering twice gives the plaintext back.</summary>
    Weak,

    /// <summary>Semi-weak: only two different round keys, another key undoes the enciphering.</summary>
    SemiWeak,

    /// <summary>Some byte has an even number of one bits.</summary>
    EvenParity,
}

/// <summary>Parity and weakness of DES keys.</summary>
/// <remarks>INSECURE: DES. FIPS 46-3 for the parity bit, the lowest of each byte; SP 800-67 section 3.3.2 for the 4
/// weak and 12 semi-weak keys.</remarks>
public static class DesKeyBytes
{
    private static readonly FrozenSet<ulong> Weak = FrozenSet.Create<ulong>(
        0x0101010101010101, 0xFEFEFEFEFEFEFEFE, 0xE0E0E0E0F1F1F1F1, 0x1F1F1F1F0E0E0E0E);

    private static readonly FrozenSet<ulong> SemiWeak = FrozenSet.Create<ulong>(
        0x011F011F010E010E, 0x1F011F010E010E01, 0x01E001E001F101F1, 0xE001E001F101F101,
        0x01FE01FE01FE01FE, 0xFE01FE01FE01FE01, 0x1FE01FE00EF10EF1, 0xE01FE01FF10EF10E,
        0x1FFE1FFE0EFE0EFE, 0xFE1FFE1FFE0EFE0E, 0xE0FEE0FEF1FEF1FE, 0xFEE0FEE0FEF1FEF1);

    /// <summary>The key with every byte's lowest bit set so that the byte has an odd number of ones.</summary>
    /// <param name="key">Any number of bytes.</param>
    /// <returns>As many bytes, the caller's.</returns>
    public static byte[] WithOddParity(ReadOnlySpan<byte> key)
    {
        var result = key.ToArray();
        foreach (ref var value in result.AsSpan())
            value = OddParity(value);
        return result;
    }

    /// <summary>Whether the key is one of the four weak keys; parity bits count for nothing.</summary>
    /// <param name="key">8 bytes; false for any other length.</param>
    public static bool IsWeak(ReadOnlySpan<byte> key) =>
        key.Length == DesKeySchedule.KeySizeInBytes && Weak.Contains(Normal(key));

    /// <summary>Whether the key is one of the twelve semi-weak keys; parity bits count for nothing.</summary>
    /// <param name="key">8 bytes; false for any other length.</param>
    public static bool IsSemiWeak(ReadOnlySpan<byte> key) =>
        key.Length == DesKeySchedule.KeySizeInBytes && SemiWeak.Contains(Normal(key));

    /// <summary>The first flaw that keeps these bytes from being a message key.</summary>
    /// <param name="key">Any bytes.</param>
    public static DesKeyFlaw FlawOf(ReadOnlySpan<byte> key)
    {
        if (key.Length != DesKeySchedule.KeySizeInBytes)
            return DesKeyFlaw.WrongLength;
        if (IsWeak(key))
            return DesKeyFlaw.Weak;
        if (IsSemiWeak(key))
            return DesKeyFlaw.SemiWeak;
        return BinaryPrimitives.ReadUInt64BigEndian(key) == Normal(key) ? DesKeyFlaw.None : DesKeyFlaw.EvenParity;
    }

    private static ulong Normal(ReadOnlySpan<byte> key)
    {
        ulong normal = 0;
        foreach (var value in key)
            normal = (normal << 8) | OddParity(value);
        return normal;
    }

    private static byte OddParity(byte value)
    {
        var sevenBits = (byte)(value & 0xFE);
        return (byte)(sevenBits | (~BitOperations.PopCount(sevenBits) & 1));
    }
}
