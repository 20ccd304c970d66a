using System.Buffers.Binary;

namespace ChatLock.Crypto.Classic;

/// <summary>The sixteen round keys of one DES key, made once and used for any number of blocks, from any
/// thread.</summary>
/// <remarks>INSECURE: DES. Takes every key, weak ones and wrong parity included, as the NIST tables need;
/// messages take a <see cref="DesKey"/>. FIPS 46-3 "Key schedule calculation".</remarks>
public sealed class DesKeySchedule
{
    /// <summary>Size of a DES key, in bytes; one bit of each is parity.</summary>
    public const int KeySizeInBytes = 8;

    /// <summary>Makes the round keys.</summary>
    /// <param name="key">Exactly 8 bytes, copied; parity bits count for nothing.</param>
    /// <exception cref="ArgumentException">Not 8 bytes.</exception>
    public DesKeySchedule(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySizeInBytes)
            throw new ArgumentException($"a DES key has {KeySizeInBytes} bytes", nameof(key));

        Span<ulong> roundKeys = stackalloc ulong[16];
        var untraced = default(Untraced);
        TracedDes.ScheduleKeys(BinaryPrimitives.ReadUInt64BigEndian(key), roundKeys, ref untraced);
        Encryption = ForTheTables(roundKeys);
        roundKeys.Reverse();
        Decryption = ForTheTables(roundKeys);
    }

    /// <summary>Two words a round: the six bits each of S1, S3, S5, S7 in one's bytes, of S2, S4, S6, S8 in the
    /// other's.</summary>
    internal uint[] Encryption { get; }

    internal uint[] Decryption { get; }

    private static uint[] ForTheTables(ReadOnlySpan<ulong> roundKeys)
    {
        var words = new uint[32];
        for (var i = 0; i < roundKeys.Length; i++)
        {
            for (var box = 0; box < 8; box++)
            {
                var sixBits = (uint)(roundKeys[i] >> (42 - (6 * box))) & 0x3F;
                words[(2 * i) + (box & 1)] |= sixBits << (24 - (8 * (box >> 1)));
            }
        }
        return words;
    }

    private readonly struct Untraced : IDesTraceSink
    {
        public void KeyChosen(ulong key, uint c0, uint d0) { }
        public void RoundKeyMade(in DesKeyStep step) { }
        public void BlockPermuted(ulong block, uint left, uint right) { }
        public void RoundDone(in DesRoundStep step) { }
        public void BlockDone(ulong preoutput, ulong output) { }
    }
}
