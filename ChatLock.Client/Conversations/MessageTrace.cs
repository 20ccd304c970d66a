using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;

namespace ChatLock.Client.Conversations;

/// <summary>A message with the keys it was made or read with, so that the inspector can walk through it again.</summary>
internal abstract record MessageTrace(Suite Suite, SealedEnvelope Sealed)
{
    /// <summary>How it was encrypted and signed; printable ASCII.</summary>
    public abstract IReadOnlyList<string> Lines();

    /// <summary>A post, sent or received.</summary>
    public sealed record InRoom(Suite Suite, SealedEnvelope Sealed, RoomSecret Secret, P256PublicKey Sender)
        : MessageTrace(Suite, Sealed)
    {
        public override IReadOnlyList<string> Lines() =>
            Suite.ExplainFromRoom(Secret, Sender, Sealed.Header, Sealed.Message);
    }

    /// <summary>A private message that was received.</summary>
    public sealed record FromPeer(Suite Suite, SealedEnvelope Sealed, AgreementKey Own, P256PublicKey Sender)
        : MessageTrace(Suite, Sealed)
    {
        public override IReadOnlyList<string> Lines() =>
            Suite.ExplainFromPeer(Own, Sender, Sealed.Header, Sealed.Message);
    }

    /// <summary>A private message that was sent: only its receiver could open it again.</summary>
    public sealed record ToPeer(
        Suite Suite, SealedEnvelope Sealed, AgreementPoint Recipient, P256PublicKey Sender, ReadOnlyMemory<byte> Plaintext)
        : MessageTrace(Suite, Sealed)
    {
        public override IReadOnlyList<string> Lines() =>
            Suite.ExplainForPeer(Recipient, Sender, Sealed.Header, Sealed.Message, Plaintext);
    }
}
