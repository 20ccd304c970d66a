using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Sealing;

/// <summary>HKDF whose inputs carry what they are for. RFC 9180 section 4, LabeledExtract and LabeledExpand.</summary>
internal readonly struct LabeledHkdf(HashAlgorithmName hash, byte[] suiteId)
{
    /// <summary>Output length of the hash, in bytes (Nh).</summary>
    public int HashLength => hash == HashAlgorithmName.SHA512 ? SHA512.HashSizeInBytes : SHA256.HashSizeInBytes;

    public byte[] Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> ikm)
    {
        byte[] labeled = [.. "HPKE-v1"u8, .. suiteId, .. label, .. ikm];
        var key = new byte[HashLength];
        HKDF.Extract(hash, labeled, salt, key);
        CryptographicOperations.ZeroMemory(labeled);
        return key;
    }

    public byte[] Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, int length)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, checked((ushort)length));
        byte[] labeled = [.. prefix, .. "HPKE-v1"u8, .. suiteId, .. label, .. info];
        var output = new byte[length];
        HKDF.Expand(hash, key, output, labeled);
        return output;
    }
}
