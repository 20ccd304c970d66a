using Akka.Actor;
using ChatLock.Crypto.Sealing;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Identity;

/// <summary>Prove to a server who we are: answer its Challenge under this name.</summary>
/// <param name="Generation">Which of the connection's sockets asks; comes back with the answer.</param>
/// <param name="Ref">The request's number.</param>
/// <param name="Challenge">The server's.</param>
/// <param name="Name">The name wanted.</param>
/// <param name="Token">Of the session that is to go on; empty for none.</param>
/// <param name="Positions">Where the client stands.</param>
internal sealed record Prove(
    int Generation, ulong Ref, Challenge Challenge, string Name, ByteString Token, IReadOnlyList<Position> Positions)
    : INoSerializationVerificationNeeded;

/// <summary>The proof, and the session keys that open private messages, the newest first.</summary>
/// <param name="Generation">As asked.</param>
/// <param name="Hello">To be sent.</param>
/// <param name="SessionKeys">The one in Hello first.</param>
/// <param name="RenewIn">When the session key is due for another.</param>
internal sealed record Proven(int Generation, ClientFrame Hello, IReadOnlyList<AgreementKey> SessionKeys, TimeSpan RenewIn)
    : INoSerializationVerificationNeeded;
