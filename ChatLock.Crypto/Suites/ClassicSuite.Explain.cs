using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;
using ChatLock.Crypto.Sealing;

namespace ChatLock.Crypto.Suites;

internal sealed partial class ClassicSuite
{
    private protected override void ExplainRoomEncryption(
        Explanation lines, RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader,
        ReadOnlySpan<byte> ciphertext, byte[]? plaintext)
    {
        lines.Step("Key: HKDF-SHA256 (RFC 5869), one for the room");
        lines.Secret("input", secret.Bytes, "the room's secret, ");
        lines.Say("salt", "none");
        lines.Say("info", "\"ChatLock v1 classic room\" 00, target, attempt (00; the next one after a weak key)");
        ExplainBlocks(lines, RoomKey(secret, header.Target), ciphertext, plaintext);
    }

    private protected override void ExplainPeerEncryption(
        Explanation lines, AgreementPoint recipient, AgreementKey? own, ReadOnlySpan<byte> signedHeader,
        ReadOnlySpan<byte> ciphertext, byte[]? plaintext)
    {
        var (encapsulated, blocks) = PeerKeyExplanation.Split(ciphertext);
        PeerKeyExplanation.Add(lines, recipient, encapsulated, "ChatLock v1 classic private");
        lines.Say("export", "8 bytes for \"des key\", attempt (00; the next one after a weak key)");
        if (own is not null && Hpke.TrySetupReceiver(own, encapsulated, PrivateInfo, out var context))
        {
            using (context)
                ExplainBlocks(lines, PeerKey(context), blocks, plaintext);
            return;
        }
        PeerKeyExplanation.AddMissing(lines, forgotten: own is null);
        lines.Step("Encryption: DES in ECB mode (FIPS 46-3), INSECURE");
        if (plaintext is not null)
            ExplainPlaintext(lines, plaintext);
        ExplainCiphertext(lines, blocks);
    }

    private static void ExplainBlocks(Explanation lines, DesKey key, ReadOnlySpan<byte> blocks, byte[]? plaintext)
    {
        lines.Hex("DES key", key.Bytes.Span);
        lines.Say("", "(shown because it protects nothing; the lowest bit of each byte is parity)");
        lines.Step("Encryption: DES in ECB mode (FIPS 46-3), INSECURE");
        if (plaintext is null)
        {
            ExplainCiphertext(lines, blocks);
            lines.Say("verdict", "CANNOT BE READ: the ciphertext isn't whole blocks of 8 bytes");
            return;
        }
        ExplainPlaintext(lines, plaintext);
        ExplainCiphertext(lines, blocks);
        lines.Include(ClassicExplanation.Lines(key, plaintext, blocks));
    }

    private static void ExplainPlaintext(Explanation lines, byte[] plaintext)
    {
        lines.Size("plaintext", plaintext.Length);
        lines.Dump("", plaintext);
    }

    private static void ExplainCiphertext(Explanation lines, ReadOnlySpan<byte> blocks)
    {
        lines.Size("ciphertext", blocks.Length);
        lines.Hex("", blocks);
    }
}
