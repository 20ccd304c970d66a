using System.Buffers.Binary;

namespace ChatLock.Crypto.Classic;

/// <summary>DES in electronic codebook mode with the report's zero padding: a message is filled up with 0x00 to
/// whole blocks of 8 bytes, one that fills its blocks is not padded, and the empty message stays empty.</summary>
/// <remarks>INSECURE twice over: DES, and equal blocks of a message encrypt to equal blocks. Not authenticated; the
/// classic suite signs the ciphertext. FIPS 46-3, SP 800-38A section 6.1. Because trailing zeros are taken off again, a
/// message must not end with 0x00 (ChatLock's content never does).</remarks>
public static class DesEcb
{
    /// <summary>Bytes of ciphertext for a message: the next multiple of 8.</summary>
    /// <param name="plaintextBytes">Length of the message, 0 to 2^31 − 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of that.</exception>
    public static int CiphertextLength(int plaintextBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plaintextBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plaintextBytes, int.MaxValue - 7);
        return (plaintextBytes + 7) & ~7;
    }

    /// <summary>Pads and encrypts a message.</summary>
    /// <param name="key">The message key.</param>
    /// <param name="plaintext">Any length; doesn't end with 0x00.</param>
    /// <returns>The ciphertext, the caller's; a multiple of 8 bytes.</returns>
    /// <exception cref="ArgumentException">The message ends with 0x00, which decrypting would take for padding.
    /// </exception>
    public static byte[] Encrypt(DesKey key, ReadOnlySpan<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (plaintext is [.., 0])
            throw new ArgumentException("a message can't end with 0x00: that is the padding", nameof(plaintext));

        var blocks = new byte[CiphertextLength(plaintext.Length)];
        plaintext.CopyTo(blocks);
        EncryptBlocks(key.Schedule, blocks, blocks);
        return blocks;
    }

    /// <summary>Decrypts a message and takes its trailing zeros off. Any whole blocks decrypt to something.</summary>
    /// <param name="key">The message key.</param>
    /// <param name="ciphertext">Foreign bytes; the caller bounds their length.</param>
    /// <param name="plaintext">The message, the caller's, never longer than the ciphertext; empty on false.</param>
    /// <returns>False when the length is not a multiple of 8.</returns>
    public static bool TryDecrypt(DesKey key, ReadOnlySpan<byte> ciphertext, out byte[] plaintext)
    {
        ArgumentNullException.ThrowIfNull(key);
        plaintext = [];
        if (ciphertext.Length % Des.BlockSizeInBytes != 0)
            return false;

        var blocks = new byte[ciphertext.Length];
        DecryptBlocks(key.Schedule, ciphertext, blocks);
        plaintext = blocks.AsSpan().TrimEnd((byte)0).ToArray();
        return true;
    }

    /// <summary>Encrypts whole blocks, without padding and without allocating.</summary>
    /// <param name="schedule">The round keys.</param>
    /// <param name="source">A multiple of 8 bytes.</param>
    /// <param name="destination">At least as long; may be the very same bytes as the source.</param>
    /// <exception cref="ArgumentException">The source isn't whole blocks or the destination is shorter.</exception>
    public static void EncryptBlocks(DesKeySchedule schedule, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        RequireBlocks(source, destination);
        for (var i = 0; i < source.Length; i += Des.BlockSizeInBytes)
        {
            var block = Des.EncryptBlock(schedule, BinaryPrimitives.ReadUInt64BigEndian(source[i..]));
            BinaryPrimitives.WriteUInt64BigEndian(destination[i..], block);
        }
    }

    /// <summary>Decrypts whole blocks, leaving any padding in place and without allocating.</summary>
    /// <param name="schedule">The round keys.</param>
    /// <param name="source">A multiple of 8 bytes.</param>
    /// <param name="destination">At least as long; may be the very same bytes as the source.</param>
    /// <exception cref="ArgumentException">The source isn't whole blocks or the destination is shorter.</exception>
    public static void DecryptBlocks(DesKeySchedule schedule, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        RequireBlocks(source, destination);
        for (var i = 0; i < source.Length; i += Des.BlockSizeInBytes)
        {
            var block = Des.DecryptBlock(schedule, BinaryPrimitives.ReadUInt64BigEndian(source[i..]));
            BinaryPrimitives.WriteUInt64BigEndian(destination[i..], block);
        }
    }

    private static void RequireBlocks(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length % Des.BlockSizeInBytes != 0)
            throw new ArgumentException("not a multiple of 8 bytes", nameof(source));
        if (destination.Length < source.Length)
            throw new ArgumentException("shorter than the source", nameof(destination));
    }
}
