using System.Security.Cryptography;
using ChatLock.Crypto.Sealing;
using static ChatLock.Crypto.Suites.Explanation;

namespace ChatLock.Crypto.Suites;

internal sealed partial class SealedSuite
{
    private protected override void ExplainRoomEncryption(
        Explanation lines, RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader,
        ReadOnlySpan<byte> ciphertext, byte[]? plaintext)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        RoomKey(secret, header, key);
        lines.Step("Key: HKDF-SHA256 (RFC 5869), one for each sender's session in the room");
        lines.Secret("input", secret.Bytes, "the room's secret, ");
        lines.Say("salt", "the header's salt");
        lines.Say("info", "\"ChatLock v1 sealed room\" 00, target, sender");
        lines.Secret("key", key, "");
        CryptographicOperations.ZeroMemory(key);
        ExplainCipher(lines, signedHeader, RoomNonce(header), "4 zero bytes, then the counter");
        ExplainText(lines, ciphertext, plaintext, Verdict(plaintext));
    }

    private protected override void ExplainPeerEncryption(
        Explanation lines, AgreementPoint recipient, AgreementKey? own, ReadOnlySpan<byte> signedHeader,
        ReadOnlySpan<byte> ciphertext, byte[]? plaintext)
    {
        var (encapsulated, text) = PeerKeyExplanation.Split(ciphertext);
        PeerKeyExplanation.Add(lines, recipient, encapsulated, "ChatLock v1 sealed private");
        if (own is not null && Hpke.TrySetupReceiver(own, encapsulated, PrivateInfo, out var context))
        {
            using (context)
                ExplainContext(lines, signedHeader, context.Schedule);
        }
        else
        {
            PeerKeyExplanation.AddMissing(lines, forgotten: own is null);
            ExplainCipher(lines, signedHeader, nonce: null, "");
        }
        var verdict = own is null ? "only the recipient can tell whether the tag fits" : Verdict(plaintext);
        ExplainText(lines, text, plaintext, verdict);
    }

    private static void ExplainContext(Explanation lines, ReadOnlySpan<byte> signedHeader, HpkeSchedule schedule)
    {
        lines.Secret("key", schedule.Key, "");
        ExplainCipher(lines, signedHeader, schedule.BaseNonce, "from the key schedule");
    }

    private static void ExplainCipher(
        Explanation lines, ReadOnlySpan<byte> signedHeader, byte[]? nonce, string nonceOrigin)
    {
        lines.Step("Encryption: AES-128-GCM (SP 800-38D)");
        if (nonce is not null)
        {
            lines.Hex("nonce", nonce);
            lines.Say("", $"({nonceOrigin})");
        }
        lines.Say("aad", Format($"the header, {signedHeader.Length} bytes: authenticated, not encrypted"));
    }

    private static void ExplainText(
        Explanation lines, ReadOnlySpan<byte> ciphertext, byte[]? plaintext, string verdict)
    {
        var tagLength = Math.Min(AuthenticatedCipher.TagLength, ciphertext.Length);
        if (plaintext is not null)
        {
            lines.Size("plaintext", plaintext.Length);
            lines.Dump("", plaintext);
        }
        lines.Size("ciphertext", ciphertext.Length - tagLength);
        lines.Hex("", ciphertext[..^tagLength]);
        lines.Hex("tag", ciphertext[^tagLength..]);
        lines.Say("verdict", verdict);
    }

    private static string Verdict(byte[]? plaintext) => plaintext is null
        ? "CANNOT BE READ: the tag doesn't fit the key at hand"
        : "the tag fits: nothing of header or ciphertext was changed";
}
