using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;

namespace ChatLock.Crypto.Tests.Suites;

/// <summary>Alice, who sends, and Bob, who receives, in a room and privately, with one suite.</summary>
internal sealed class Talk(Suite suite) : IDisposable
{
    public Suite Suite { get; } = suite;
    public SigningKey Alice { get; } = SigningKey.Generate();
    public SigningKey Bob { get; } = SigningKey.Generate();
    public AgreementKey BobSession { get; } = AgreementKey.Generate();
    public RoomSecret Secret { get; } = RoomSecret.Generate();
    public byte[] Salt { get; } = RandomNumberGenerator.GetBytes(MessageHeader.SaltLength);

    public static byte[] Room(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));

    public MessageHeader Header(MessageKind kind, ulong counter = 7) => new(
        kind,
        kind == MessageKind.Post ? Room("lobby") : Bob.PublicKey.Fingerprint,
        Alice.PublicKey.Fingerprint, Salt, counter);

    public SealedMessage Seal(MessageHeader header, ReadOnlySpan<byte> plaintext) => header.Kind == MessageKind.Post
        ? Suite.SealForRoom(Secret, Alice, header, plaintext)
        : Suite.SealForPeer(BobSession.PublicPoint, Alice, header, plaintext);

    public Opened Open(MessageHeader header, SealedMessage message) => Open(Suite, Alice.PublicKey, header, message);

    public Opened Open(Suite suite, P256PublicKey sender, MessageHeader header, SealedMessage message) =>
        header.Kind == MessageKind.Post
            ? suite.OpenFromRoom(Secret, sender, header, message)
            : suite.OpenFromPeer(BobSession, sender, header, message);

    public IReadOnlyList<string> Explain(MessageHeader header, SealedMessage message) =>
        header.Kind == MessageKind.Post
            ? Suite.ExplainFromRoom(Secret, Alice.PublicKey, header, message)
            : Suite.ExplainFromPeer(BobSession, Alice.PublicKey, header, message);

    /// <summary>What Alice could send if her client encrypted anything it liked, properly signed.</summary>
    public SealedMessage SignAnything(MessageHeader header, ReadOnlySpan<byte> ciphertext) => new(
        ciphertext.ToArray(), Alice.Sign(SignedBytes.Of(SignedBytes.Header(Suite.Id, header), ciphertext)));

    public void Dispose()
    {
        Alice.Dispose();
        Bob.Dispose();
        BobSession.Dispose();
    }
}
