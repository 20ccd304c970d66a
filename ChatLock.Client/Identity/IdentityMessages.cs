using Akka.Actor;
using ChatLock.Crypto.Sealing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Identity;

/// <summary>Prove to a server who we are: answer its Challenge under this name.</summary>
/// <param name="Generation">Which of the connection's sockets asks; comes back with the answer.</param>
/// <param name="Ref">The request's number.</param>
/// <param name="Challenge">The server's.</param>
/// <param name="Name">The name wanted.</param>
internal sealed record Prove(int Generation, ulong Ref, Challenge Challenge, string Name) : INoSerializationVerificationNeeded;

/// <summary>The proof, and the session keys that open private messages: the new one first, then the last.</summary>
internal sealed record Proven(int Generation, ClientFrame Hello, IReadOnlyList<AgreementKey> SessionKeys)
    : INoSerializationVerificationNeeded;
