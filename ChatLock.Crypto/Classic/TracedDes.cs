using static ChatLock.Crypto.Classic.DesTables;

namespace ChatLock.Crypto.Classic;

/// <summary>DES as FIPS 46-3 writes it, bit by bit, telling a sink every intermediate value. For reading and for
/// lessons; <see cref="Des"/> computes the same blocks many times faster.</summary>
/// <remarks>INSECURE: a 56-bit key is found by search within a day. FIPS 46-3. Allocates nothing.</remarks>
public static class TracedDes
{
    private const int Rounds = 16;
    private const uint HalfKeyMask = 0x0FFFFFFF;

    /// <summary>Runs one block of 64 bits, big-endian, through DES.</summary>
    /// <param name="key">64 bits, big-endian; the parity bits count for nothing, weak keys are computed too.</param>
    /// <param name="block">Plaintext or ciphertext.</param>
    /// <param name="direction">Encipher or decipher.</param>
    /// <param name="sink">Told the key schedule first, then the block.</param>
    /// <returns>The output block.</returns>
    public static ulong Run<TSink>(ulong key, ulong block, DesDirection direction, ref TSink sink)
        where TSink : IDesTraceSink, allows ref struct
    {
        Span<ulong> roundKeys = stackalloc ulong[Rounds];
        ScheduleKeys(key, roundKeys, ref sink);
        if (direction == DesDirection.Decrypt)
            roundKeys.Reverse();

        var permuted = Permute(block, 64, InitialPermutation);
        var left = (uint)(permuted >> 32);
        var right = (uint)permuted;
        sink.BlockPermuted(block, left, right);

        for (var round = 1; round <= Rounds; round++)
        {
            var step = Round(round, roundKeys[round - 1], left, right);
            (left, right) = (step.Left, step.Right);
            sink.RoundDone(step);
        }

        var preoutput = ((ulong)right << 32) | left;
        var output = Permute(preoutput, 64, FinalPermutation);
        sink.BlockDone(preoutput, output);
        return output;
    }

    /// <summary>Fills the sixteen 48-bit round keys, in enciphering order.</summary>
    internal static void ScheduleKeys<TSink>(ulong key, scoped Span<ulong> roundKeys, ref TSink sink)
        where TSink : IDesTraceSink, allows ref struct
    {
        var chosen = Permute(key, 64, PermutedChoice1);
        var c = (uint)(chosen >> 28);
        var d = (uint)chosen & HalfKeyMask;
        sink.KeyChosen(key, c, d);

        for (var round = 1; round <= Rounds; round++)
        {
            var rotation = Rotations[round - 1];
            c = RotateHalfKey(c, rotation);
            d = RotateHalfKey(d, rotation);
            var roundKey = Permute(((ulong)c << 28) | d, 56, PermutedChoice2);
            roundKeys[round - 1] = roundKey;
            sink.RoundKeyMade(new(round, rotation, c, d, roundKey));
        }
    }

    private static DesRoundStep Round(int round, ulong roundKey, uint left, uint right)
    {
        var expanded = Permute(right, 32, Expansion);
        var mixed = expanded ^ roundKey;
        var substituted = SubstituteAll(mixed);
        var permuted = (uint)Permute(substituted, 32, Permutation);
        var combined = left ^ permuted;
        return new(round, roundKey, expanded, mixed, substituted, permuted, combined, Left: right, Right: combined);
    }

    private static uint SubstituteAll(ulong fortyEightBits)
    {
        uint result = 0;
        for (var box = 0; box < 8; box++)
            result = (result << 4) | Substitute(box, (uint)(fortyEightBits >> (42 - (6 * box))) & 0x3F);
        return result;
    }

    private static uint RotateHalfKey(uint half, int bits) =>
        ((half << bits) | (half >> (28 - bits))) & HalfKeyMask;
}
