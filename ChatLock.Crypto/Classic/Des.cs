using System.Numerics;
using System.Runtime.CompilerServices;

namespace ChatLock.Crypto.Classic;

/// <summary>The DES block cipher, for speed: S-boxes and P are one table lookup, E is a rotation.</summary>
/// <remarks>INSECURE: a 56-bit key is found by search within a day, and the table lookups leak through timing.
/// It exists for lessons and for the classic suite. FIPS 46-3; <see cref="TracedDes"/> is the same cipher written
/// to be read. Our own, because the platform refuses the weak keys that NIST's tables are made of. Allocates
/// nothing.</remarks>
public static class Des
{
    /// <summary>Size of a block, in bytes.</summary>
    public const int BlockSizeInBytes = 8;

    /// <summary>64 entries for each of S1 to S8: the box's output, already through P and rotated left by one like the
    /// half it is xored to.</summary>
    private static readonly uint[] Boxes = CombineBoxes();

    /// <summary>Enciphers one block of 64 bits, big-endian.</summary>
    /// <param name="schedule">The round keys.</param>
    /// <param name="block">Plaintext.</param>
    /// <returns>Ciphertext.</returns>
    public static ulong EncryptBlock(DesKeySchedule schedule, ulong block)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Run(schedule.Encryption, block);
    }

    /// <summary>Deciphers one block of 64 bits, big-endian.</summary>
    /// <param name="schedule">The round keys.</param>
    /// <param name="block">Ciphertext.</param>
    /// <returns>Plaintext.</returns>
    public static ulong DecryptBlock(DesKeySchedule schedule, ulong block)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Run(schedule.Decryption, block);
    }

    private static ulong Run(uint[] keys, ulong block)
    {
        var left = (uint)(block >> 32);
        var right = (uint)block;
        PermuteInitially(ref left, ref right);

        var boxes = Boxes;
        for (var i = 0; i + 3 < keys.Length; i += 4)
        {
            left ^= Mix(right, keys[i], keys[i + 1], boxes);
            right ^= Mix(left, keys[i + 2], keys[i + 3], boxes);
        }

        PermuteFinally(ref left, ref right);
        return ((ulong)right << 32) | left;
    }

    /// <summary>The cipher function f of a half that is rotated left by one: rotated back by four and by none, its
    /// bytes hold E's groups for the odd and for the even boxes in their low six bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint half, uint oddKey, uint evenKey, uint[] boxes)
    {
        var odd = BitOperations.RotateRight(half, 4) ^ oddKey;
        var even = half ^ evenKey;
        return boxes[(odd >> 24) & 0x3F]
            ^ boxes[64 + ((even >> 24) & 0x3F)]
            ^ boxes[128 + ((odd >> 16) & 0x3F)]
            ^ boxes[192 + ((even >> 16) & 0x3F)]
            ^ boxes[256 + ((odd >> 8) & 0x3F)]
            ^ boxes[320 + ((even >> 8) & 0x3F)]
            ^ boxes[384 + (odd & 0x3F)]
            ^ boxes[448 + (even & 0x3F)];
    }

    /// <summary>IP as five exchanges of bits between the halves, leaving both rotated left by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PermuteInitially(ref uint left, ref uint right)
    {
        Exchange(ref left, ref right, 4, 0x0F0F0F0F);
        Exchange(ref left, ref right, 16, 0x0000FFFF);
        Exchange(ref right, ref left, 2, 0x33333333);
        Exchange(ref right, ref left, 8, 0x00FF00FF);
        right = BitOperations.RotateLeft(right, 1);
        Exchange(ref left, ref right, 0, 0xAAAAAAAA);
        left = BitOperations.RotateLeft(left, 1);
    }

    /// <summary>The same exchanges backwards on the halves swapped, as the last round leaves them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PermuteFinally(ref uint left, ref uint right)
    {
        right = BitOperations.RotateRight(right, 1);
        Exchange(ref left, ref right, 0, 0xAAAAAAAA);
        left = BitOperations.RotateRight(left, 1);
        Exchange(ref left, ref right, 8, 0x00FF00FF);
        Exchange(ref left, ref right, 2, 0x33333333);
        Exchange(ref right, ref left, 16, 0x0000FFFF);
        Exchange(ref right, ref left, 4, 0x0F0F0F0F);
    }

    /// <summary>Swaps the bits of <paramref name="a"/> shifted right with those of <paramref name="b"/>, where the
    /// mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ref uint a, ref uint b, int shift, uint mask)
    {
        var difference = ((a >> shift) ^ b) & mask;
        b ^= difference;
        a ^= difference << shift;
    }

    private static uint[] CombineBoxes()
    {
        var combined = new uint[8 * 64];
        for (var i = 0; i < combined.Length; i++)
        {
            var box = i / 64;
            var nibble = DesTables.Substitute(box, (uint)(i % 64)) << (28 - (4 * box));
            combined[i] = BitOperations.RotateLeft((uint)DesTables.Permute(nibble, 32, DesTables.Permutation), 1);
        }
        return combined;
    }
}
