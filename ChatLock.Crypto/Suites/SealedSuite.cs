using System.Buffers.Binary;
using System.Security.Cryptography;
using ChatLock.Crypto.Sealing;

namespace ChatLock.Crypto.Suites;

/// <summary>The suite to use. Rooms: AES-128-GCM under a key of each sender's session; private: HPKE.</summary>
/// <remarks>SP 800-38D, RFC 5869, RFC 9180; docs/PROTOCOL.md section 6. The header is authenticated with the
/// ciphertext as well as signed. A room key belongs to one sender's salt, so a nonce can't be met twice as long as that
/// sender counts; the salt is random, so a sender that lost its count starts another key.</remarks>
internal sealed partial class SealedSuite() : Suite(SuiteId.Sealed, "sealed", "sealed", insecure: false)
{
    private const int KeyLength = 16;
    private const int NonceLength = 12;

    private static ReadOnlySpan<byte> RoomInfo => "ChatLock v1 sealed room\0"u8;
    private static ReadOnlySpan<byte> PrivateInfo => "ChatLock v1 sealed private\0"u8;

    private protected override byte[] EncryptForRoom(
        RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        RoomKey(secret, header, key);
        var ciphertext = AuthenticatedCipher.Seal(key, RoomNonce(header), signedHeader, plaintext);
        CryptographicOperations.ZeroMemory(key);
        return ciphertext;
    }

    private protected override byte[]? DecryptFromRoom(
        RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        RoomKey(secret, header, key);
        var plaintext = AuthenticatedCipher.Open(key, RoomNonce(header), signedHeader, ciphertext);
        CryptographicOperations.ZeroMemory(key);
        return plaintext;
    }

    private protected override byte[] EncryptForPeer(
        AgreementPoint recipient, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> plaintext) =>
        Hpke.Seal(recipient, PrivateInfo, signedHeader, plaintext);

    private protected override byte[]? DecryptFromPeer(
        AgreementKey own, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> ciphertext) =>
        Hpke.TryOpen(own, PrivateInfo, signedHeader, ciphertext, out var plaintext) ? plaintext : null;

    private static void RoomKey(RoomSecret secret, MessageHeader header, Span<byte> key)
    {
        ReadOnlySpan<byte> info = [.. RoomInfo, .. header.Target.Span, .. header.Sender.Span];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Bytes, key, header.Salt.Span, info);
    }

    private static byte[] RoomNonce(MessageHeader header)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(NonceLength - sizeof(ulong)), header.Counter);
        return nonce;
    }
}
