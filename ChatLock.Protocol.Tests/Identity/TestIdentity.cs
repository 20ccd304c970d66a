using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Identity;

/// <summary>Someone with real keys.</summary>
internal sealed class TestIdentity : IDisposable
{
    private readonly AgreementKey _session = AgreementKey.Generate();

    public SigningKey Key { get; } = SigningKey.Generate();

    public ByteString Point => ByteString.CopyFrom(Key.PublicKey.Point.Span);

    public ByteString SessionPoint => ByteString.CopyFrom(_session.Point.Span);

    public Hello Hello(ByteString nonce, ByteString serverId, string name) => new()
    {
        IdentityKey = Point,
        Name = name,
        SessionKey = SessionPoint,
        SessionKeySignature = Sign(KeyProof.SessionKeyContext(0, SessionPoint.Span)),
        Signature = Sign(KeyProof.HelloContext(nonce.Span, serverId.Span, SessionPoint.Span, name)),
        Suites = { 1, 2 },
        Client = "test",
    };

    public ByteString Sign(byte[] data) => ByteString.CopyFrom(Key.Sign(data));

    public void Dispose()
    {
        _session.Dispose();
        Key.Dispose();
    }
}
