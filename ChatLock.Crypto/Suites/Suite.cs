using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Suites;

/// <summary>How messages are encrypted and signed. A room has one suite from birth; there is no fallback.</summary>
/// <remarks>docs/PROTOCOL.md section 6. The signature is made and verified here, once for all suites, over header and
/// ciphertext; a suite only encrypts. Nothing is decrypted before its signature verified. Suites hold no state and may
/// be used from several threads. Replays are another matter: <see cref="ReplayGuard"/>.</remarks>
public abstract partial class Suite
{
    private protected Suite(SuiteId id, string name, string label, bool insecure) =>
        (Id, Name, Label, Insecure) = (id, name, label, insecure);

    /// <summary>The number on the wire.</summary>
    public SuiteId Id { get; }

    /// <summary>Lower-case word for settings and command lines.</summary>
    public string Name { get; }

    /// <summary>What a user reads beside each message.</summary>
    public string Label { get; }

    /// <summary>Whether its encryption keeps nothing secret from anyone who tries.</summary>
    public bool Insecure { get; }

    /// <summary>Encrypts to a room and signs.</summary>
    /// <param name="secret">The room's secret.</param>
    /// <param name="sender">The sender's identity.</param>
    /// <param name="header">Of kind <see cref="MessageKind.Post"/>, naming this sender; its counter is new.</param>
    /// <param name="plaintext">The content. Its bound is the frame's (docs/PROTOCOL.md section 2).</param>
    /// <exception cref="ArgumentException">The header is malformed, of the other kind or another's.</exception>
    public SealedMessage SealForRoom(
        RoomSecret secret, SigningKey sender, MessageHeader header, ReadOnlySpan<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var signedHeader = HeaderToSend(header, MessageKind.Post, sender);
        return Sign(sender, signedHeader, EncryptForRoom(secret, header, signedHeader, plaintext));
    }

    /// <summary>Verifies and decrypts a post.</summary>
    /// <param name="secret">The room's secret.</param>
    /// <param name="sender">Whose signature it must be.</param>
    /// <param name="header">Of kind <see cref="MessageKind.Post"/>, as the receiver understands the message: target and
    /// sender from what it knows, salt and counter from the envelope.</param>
    /// <param name="message">From the envelope, any bytes.</param>
    /// <exception cref="ArgumentException">The header is of the other kind.</exception>
    public Opened OpenFromRoom(RoomSecret secret, P256PublicKey sender, MessageHeader header, SealedMessage message)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var failure = Verify(sender, header, MessageKind.Post, message, out var signedHeader);
        return failure == OpenFailure.None
            ? Answer(DecryptFromRoom(secret, header, signedHeader, message.Ciphertext.Span))
            : Opened.Failed(failure);
    }

    /// <summary>Encrypts to one session's key and signs. Only that session can open it; the sender can't.</summary>
    /// <param name="recipient">The recipient's session key. The caller has checked its identity's signature over it
    /// (docs/PROTOCOL.md section 5).</param>
    /// <param name="sender">The sender's identity.</param>
    /// <param name="header">Of kind <see cref="MessageKind.Private"/>, naming this sender; its counter is new.</param>
    /// <param name="plaintext">The content. Its bound is the frame's (docs/PROTOCOL.md section 2).</param>
    /// <exception cref="ArgumentException">The header is malformed, of the other kind or another's.</exception>
    public SealedMessage SealForPeer(
        AgreementPoint recipient, SigningKey sender, MessageHeader header, ReadOnlySpan<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var signedHeader = HeaderToSend(header, MessageKind.Private, sender);
        return Sign(sender, signedHeader, EncryptForPeer(recipient, signedHeader, plaintext));
    }

    /// <summary>Verifies and decrypts a private message.</summary>
    /// <param name="own">The receiver's session key.</param>
    /// <param name="sender">Whose signature it must be.</param>
    /// <param name="header">Of kind <see cref="MessageKind.Private"/>; its target is the receiver's own fingerprint.
    /// </param>
    /// <param name="message">From the envelope, any bytes.</param>
    /// <exception cref="ArgumentException">The header is of the other kind.</exception>
    public Opened OpenFromPeer(AgreementKey own, P256PublicKey sender, MessageHeader header, SealedMessage message)
    {
        ArgumentNullException.ThrowIfNull(own);
        var failure = Verify(sender, header, MessageKind.Private, message, out var signedHeader);
        return failure == OpenFailure.None
            ? Answer(DecryptFromPeer(own, signedHeader, message.Ciphertext.Span))
            : Opened.Failed(failure);
    }

    private protected abstract byte[] EncryptForRoom(
        RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> plaintext);

    private protected abstract byte[]? DecryptFromRoom(
        RoomSecret secret, MessageHeader header, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> ciphertext);

    private protected abstract byte[] EncryptForPeer(
        AgreementPoint recipient, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> plaintext);

    private protected abstract byte[]? DecryptFromPeer(
        AgreementKey own, ReadOnlySpan<byte> signedHeader, ReadOnlySpan<byte> ciphertext);

    private byte[] HeaderToSend(MessageHeader header, MessageKind kind, SigningKey sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        RequireKind(header, kind);
        if (!header.IsWellFormed || !Names(header, sender.PublicKey))
            throw new ArgumentException("A header field has a wrong length or names another sender.", nameof(header));
        return SignedBytes.Header(Id, header);
    }

    private static SealedMessage Sign(SigningKey sender, ReadOnlySpan<byte> signedHeader, byte[] ciphertext) =>
        new(ciphertext, sender.Sign(SignedBytes.Of(signedHeader, ciphertext)));

    private OpenFailure Verify(
        P256PublicKey sender, MessageHeader header, MessageKind kind, SealedMessage message, out byte[] signedHeader)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(message);
        RequireKind(header, kind);
        signedHeader = [];
        if (!header.IsWellFormed)
            return OpenFailure.Malformed;
        signedHeader = SignedBytes.Header(Id, header);
        var signed = SignedBytes.Of(signedHeader, message.Ciphertext.Span);
        return Names(header, sender) && sender.Verify(signed, message.Signature.Span)
            ? OpenFailure.None
            : OpenFailure.BadSignature;
    }

    private static void RequireKind(MessageHeader header, MessageKind kind)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Kind != kind)
            throw new ArgumentException($"The header is of kind {header.Kind}, not {kind}.", nameof(header));
    }

    private static bool Names(MessageHeader header, P256PublicKey sender) =>
        header.Sender.Span.SequenceEqual(sender.Fingerprint.Span);

    private static Opened Answer(byte[]? plaintext) =>
        plaintext is null ? Opened.Failed(OpenFailure.CannotDecrypt) : new Opened(OpenFailure.None, plaintext);
}
