using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Sealing;

/// <summary>One side of an HPKE agreement: encrypts or decrypts in order, and exports secrets.</summary>
/// <remarks>RFC 9180 section 5.2 and 5.3. Not safe for use from several threads. A context is either the sender's or
/// the receiver's; which calls are made is up to its holder, both count the same sequence.</remarks>
public sealed class HpkeContext : IDisposable
{
    /// <summary>What a ciphertext is longer than its plaintext, in bytes: the tag.</summary>
    public const int TagLength = AuthenticatedCipher.TagLength;

    private readonly AesGcm _cipher;
    private ulong _sequence;

    internal HpkeContext(HpkeSchedule schedule)
    {
        Schedule = schedule;
        _cipher = new AesGcm(schedule.Key, TagLength);
    }

    /// <summary>The keys, for explanations.</summary>
    internal HpkeSchedule Schedule { get; }

    /// <summary>Encrypts the next message of this context.</summary>
    /// <returns>Ciphertext and 16-byte tag.</returns>
    public byte[] Seal(ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext)
    {
        var sealedBytes = AuthenticatedCipher.Seal(_cipher, Nonce(), aad, plaintext);
        Advance();
        return sealedBytes;
    }

    /// <summary>Decrypts the next message of this context. A message that doesn't open isn't counted.</summary>
    /// <param name="aad">What the sender gave as <c>aad</c>.</param>
    /// <param name="sealedBytes">Ciphertext and tag, any bytes.</param>
    /// <param name="plaintext">The plaintext, or null when the answer is <see langword="false"/>.</param>
    public bool TryOpen(
        ReadOnlySpan<byte> aad, ReadOnlySpan<byte> sealedBytes, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = AuthenticatedCipher.Open(_cipher, Nonce(), aad, sealedBytes);
        if (plaintext is null)
            return false;
        Advance();
        return true;
    }

    /// <summary>A secret that both sides derive without a message. RFC 9180 section 5.3.</summary>
    /// <param name="context">What the secret is for, any bytes.</param>
    /// <param name="length">In bytes, 1 to 8160 (255 hashes). The caller erases the result.</param>
    public byte[] Export(ReadOnlySpan<byte> context, int length) =>
        Schedule.Kdf.Expand(Schedule.ExporterSecret, "sec"u8, context, length);

    /// <summary>Erases the keys.</summary>
    public void Dispose()
    {
        _cipher.Dispose();
        Schedule.Dispose();
    }

    /// <summary>Goes on from a sequence number, as RFC 9180's vectors skip some.</summary>
    internal void SkipTo(ulong sequence) => _sequence = sequence;

    private byte[] Nonce()
    {
        var nonce = Schedule.BaseNonce.ToArray();
        var tail = nonce.AsSpan(HpkeSchedule.NonceLength - sizeof(ulong));
        BinaryPrimitives.WriteUInt64BigEndian(tail, BinaryPrimitives.ReadUInt64BigEndian(tail) ^ _sequence);
        return nonce;
    }

    private void Advance() => _sequence = checked(_sequence + 1);
}
