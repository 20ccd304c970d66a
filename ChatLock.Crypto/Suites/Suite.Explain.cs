using System.Security.Cryptography;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using static ChatLock.Crypto.Suites.Explanation;

namespace ChatLock.Crypto.Suites;

public abstract partial class Suite
{
    /// <summary>How a post was encrypted and signed, step by step, whether sent or received.</summary>
    /// <returns>Lines for people, at most 100 columns. The content appears as hex and printable ASCII; keys are not
    /// shown, unless the suite is <see cref="Insecure"/> and exists to be looked into.</returns>
    /// <inheritdoc cref="OpenFromRoom" path="/param"/>
    /// <exception cref="ArgumentException">The header is of the other kind.</exception>
    public IReadOnlyList<string> ExplainFromRoom(
        RoomSecret secret, P256PublicKey sender, MessageHeader header, SealedMessage message)
    {
        var opened = OpenFromRoom(secret, sender, header, message);
        return Explain(opened.Failure, sender, header, message, (lines, signedHeader) =>
            ExplainRoomEncryption(lines, secret, header, signedHeader, message.Ciphertext.Span, PlaintextOf(opened)));
    }

    /// <summary>How a received private message was encrypted and signed, step by step.</summary>
    /// <inheritdoc cref="ExplainFromRoom" path="/returns"/>
    /// <inheritdoc cref="OpenFromPeer" path="/param"/>
    /// <exception cref="ArgumentException">The header is of the other kind.</exception>
    public IReadOnlyList<string> ExplainFromPeer(
        AgreementKey own, P256PublicKey sender, MessageHeader header, SealedMessage message)
    {
        var opened = OpenFromPeer(own, sender, header, message);
        return Explain(opened.Failure, sender, header, message, (lines, signedHeader) =>
            ExplainPeerEncryption(
                lines, own.PublicPoint, own, signedHeader, message.Ciphertext.Span, PlaintextOf(opened)));
    }

    /// <summary>How a sent private message was encrypted and signed: all but the key, which its sender
    /// erased.</summary>
    /// <inheritdoc cref="ExplainFromRoom" path="/returns"/>
    /// <param name="recipient">The session key it was sealed to.</param>
    /// <param name="sender">The sender's own public key.</param>
    /// <param name="header">As sealed.</param>
    /// <param name="message">As sent.</param>
    /// <param name="plaintext">What was sealed; it can't be recovered from the message.</param>
    /// <exception cref="ArgumentException">The header is of the other kind.</exception>
    public IReadOnlyList<string> ExplainForPeer(
        AgreementPoint recipient, P256PublicKey sender, MessageHeader header, SealedMessage message,
        ReadOnlyMemory<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var failure = Verify(sender, header, MessageKind.Private, message, out _);
        return Explain(failure, sender, header, message, (lines, signedHeader) =>
            ExplainPeerEncryption(
                lines, recipient, own: null, signedHeader, message.Ciphertext.Span, plaintext.ToArray()));
    }

    /// <param name="lines">Where to.</param>
    /// <param name="secret">The room's.</param>
    /// <param name="header">Well-formed.</param>
    /// <param name="signedHeader">Its bytes.</param>
    /// <param name="ciphertext">Of a message whose signature verified.</param>
    /// <param name="plaintext">Null when it couldn't be decrypted.</param>
    private protected abstract void ExplainRoomEncryption(
        Explanation lines, RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader,
        ReadOnlySpan<byte> ciphertext, byte[]? plaintext);

    /// <param name="lines">Where to.</param>
    /// <param name="recipient">The session key it was sealed to.</param>
    /// <param name="own">The receiver's pair; null for the sender, who can't compute the key again.</param>
    /// <param name="signedHeader">The header's bytes.</param>
    /// <param name="ciphertext">Of a message whose signature verified.</param>
    /// <param name="plaintext">Null when it couldn't be decrypted.</param>
    private protected abstract void ExplainPeerEncryption(
        Explanation lines, AgreementPoint recipient, AgreementKey? own, ReadOnlySpan<byte> signedHeader,
        ReadOnlySpan<byte> ciphertext, byte[]? plaintext);

    private delegate void ExplainEncryption(Explanation lines, byte[] signedHeader);

    private IReadOnlyList<string> Explain(
        OpenFailure failure, P256PublicKey sender, MessageHeader header, SealedMessage message,
        ExplainEncryption explainEncryption)
    {
        var lines = new Explanation();
        ExplainHeader(lines, header);
        if (failure == OpenFailure.Malformed)
        {
            lines.Say("verdict", "MALFORMED: a field has a wrong length or the counter is 0. Nothing was computed.");
            return lines.Lines;
        }
        var signedHeader = SignedBytes.Header(Id, header);
        if (failure != OpenFailure.BadSignature)
            explainEncryption(lines, signedHeader);
        ExplainSignature(lines, failure, sender, SignedBytes.Of(signedHeader, message.Ciphertext.Span), message);
        return lines.Lines;
    }

    private void ExplainHeader(Explanation lines, MessageHeader header)
    {
        var post = header.Kind == MessageKind.Post;
        lines.Step("Header: what is signed beside the ciphertext");
        lines.Say("context", $"\"ChatLock v1 {(post ? "post" : "private")}\" 00");
        lines.Say("suite", Format($"{(int)Id} ({Name}{(Insecure ? ", INSECURE" : "")}), as 2 bytes"));
        lines.Hex("target", header.Target.Span);
        lines.Say("", post ? "(SHA-256 of the room's name)" : "(the recipient's identity fingerprint)");
        lines.Hex("sender", header.Sender.Span);
        lines.Say("", "(the sender's identity fingerprint)");
        lines.Hex("salt", header.Salt.Span);
        lines.Say("counter", Format($"{header.Counter}, as 8 bytes"));
    }

    private static void ExplainSignature(
        Explanation lines, OpenFailure failure, P256PublicKey sender, byte[] signed, SealedMessage message)
    {
        lines.Step("Signature: ECDSA on P-256, over header and ciphertext");
        lines.Say("signed", Format($"{signed.Length} bytes: header, then ciphertext"));
        lines.Hex("SHA-256", SHA256.HashData(signed));
        if (message.Signature.Length == P256PublicKey.SignatureLength)
        {
            lines.Hex("r", message.Signature.Span[..32]);
            lines.Hex("s", message.Signature.Span[32..]);
        }
        else
            lines.Hex("signature", message.Signature.Span);
        lines.Point("public key", sender.Point.Span);
        lines.Hex("fingerprint", sender.Fingerprint.Span);
        lines.Say("verdict", failure == OpenFailure.BadSignature
            ? "DOES NOT VERIFY: this message is not its sender's. Nothing was decrypted."
            : "verifies: the holder of this key signed exactly these bytes");
    }

    private static byte[]? PlaintextOf(Opened opened) => opened.IsGenuine ? opened.Plaintext.ToArray() : null;
}
