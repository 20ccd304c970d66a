using System.Security.Cryptography;
using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Sealing;

namespace ChatLock.Crypto.Suites;

/// <summary>INSECURE: the original report's suite, DES in ECB mode with zero padding, for lessons and
/// nostalgia.</summary>
/// <remarks>FIPS 46-3, SP 800-38A section 6.1; docs/PROTOCOL.md section 6. A 56-bit key falls to a search within a day,
/// equal blocks stay equal, and a room has one key for all messages. The ciphertext is not authenticated by itself:
/// a wrong key gives nonsense rather than a failure; what keeps messages genuine is the signature. A message can't
/// end with 0x00, which is the padding.</remarks>
internal sealed partial class ClassicSuite() : Suite(SuiteId.Classic, "classic", "INSECURE", insecure: true)
{
    private static ReadOnlySpan<byte> RoomInfo => "ChatLock v1 classic room\0"u8;
    private static ReadOnlySpan<byte> PrivateInfo => "ChatLock v1 classic private\0"u8;
    private static ReadOnlySpan<byte> ExportContext => "des key"u8;

    private protected override byte[] EncryptForRoom(
        RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> plaintext) =>
        DesEcb.Encrypt(RoomKey(secret, header.Target), plaintext);

    private protected override byte[]? DecryptFromRoom(
        RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> ciphertext) =>
        DesEcb.TryDecrypt(RoomKey(secret, header.Target), ciphertext, out var plaintext) ? plaintext : null;

    private protected override byte[] EncryptForPeer(
        AgreementPoint recipient, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> plaintext)
    {
        using var context = Hpke.SetupSender(recipient, PrivateInfo, out var encapsulated);
        return [.. encapsulated, .. DesEcb.Encrypt(PeerKey(context), plaintext)];
    }

    private protected override byte[]? DecryptFromPeer(
        AgreementKey own, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < Hpke.EncapsulatedLength
            || !Hpke.TrySetupReceiver(own, ciphertext[..Hpke.EncapsulatedLength], PrivateInfo, out var context))
            return null;
        using (context)
        {
            var blocks = ciphertext[Hpke.EncapsulatedLength..];
            return DesEcb.TryDecrypt(PeerKey(context), blocks, out var plaintext) ? plaintext : null;
        }
    }

    // The attempt is part of what the key comes from: both ends skip the same weak keys.
    private static DesKey RoomKey(RoomSecret secret, ReadOnlyMemory<byte> target) =>
        DesKey.Derive((attempt, key) =>
        {
            ReadOnlySpan<byte> info = [.. RoomInfo, .. target.Span, (byte)attempt];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Bytes, key, salt: [], info);
        });

    private static DesKey PeerKey(HpkeContext context) =>
        DesKey.Derive((attempt, key) => context.Export([.. ExportContext, (byte)attempt], key.Length).CopyTo(key));
}
