using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Sealing;

/// <summary>How the sender of an HPKE message proves itself. RFC 9180 section 5, table 1.</summary>
internal enum HpkeMode : byte { Base = 0, Psk = 1, Auth = 2, AuthPsk = 3 }

/// <summary>The keys of one HPKE context. RFC 9180 section 5.1, KeySchedule, AES-128-GCM.</summary>
/// <remarks>ChatLock uses mode base with HKDF-SHA256; the rest is what RFC 9180's vectors exercise beside it.</remarks>
internal sealed class HpkeSchedule : IDisposable
{
    public const int KeyLength = 16;
    public const int NonceLength = 12;

    private const ushort Aes128Gcm = 0x0001;

    private HpkeSchedule(LabeledHkdf kdf, byte[] context, byte[] secret)
    {
        Kdf = kdf;
        Context = context;
        Secret = secret;
        Key = kdf.Expand(secret, "key"u8, context, KeyLength);
        BaseNonce = kdf.Expand(secret, "base_nonce"u8, context, NonceLength);
        ExporterSecret = kdf.Expand(secret, "exp"u8, context, kdf.HashLength);
    }

    public LabeledHkdf Kdf { get; }
    public byte[] Context { get; }
    public byte[] Secret { get; }
    public byte[] Key { get; }
    public byte[] BaseNonce { get; }
    public byte[] ExporterSecret { get; }

    /// <summary>The schedule of mode base with HKDF-SHA256. Erases <paramref name="sharedSecret"/>.</summary>
    public static HpkeSchedule Base(byte[] sharedSecret, ReadOnlySpan<byte> info) =>
        Derive(HpkeMode.Base, HashAlgorithmName.SHA256, sharedSecret, info, [], []);

    /// <summary>The schedule of any mode. Erases <paramref name="sharedSecret"/>.</summary>
    public static HpkeSchedule Derive(
        HpkeMode mode, HashAlgorithmName hash, byte[] sharedSecret,
        ReadOnlySpan<byte> info, ReadOnlySpan<byte> psk, ReadOnlySpan<byte> pskId)
    {
        var kdf = new LabeledHkdf(hash, SuiteId(hash));
        byte[] context =
        [
            (byte)mode, .. kdf.Extract([], "psk_id_hash"u8, pskId), .. kdf.Extract([], "info_hash"u8, info),
        ];
        var secret = kdf.Extract(sharedSecret, "secret"u8, psk);
        CryptographicOperations.ZeroMemory(sharedSecret);
        return new HpkeSchedule(kdf, context, secret);
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Secret);
        CryptographicOperations.ZeroMemory(Key);
        CryptographicOperations.ZeroMemory(ExporterSecret);
    }

    private static byte[] SuiteId(HashAlgorithmName hash)
    {
        var id = new byte[10];
        "HPKE"u8.CopyTo(id);
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(4), Dhkem.Id);
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(6), (ushort)(hash == HashAlgorithmName.SHA512 ? 3 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(8), Aes128Gcm);
        return id;
    }
}
