namespace ChatLock.Protocol.Tests.Golden;

/// <summary>vectors/identity/proof.json. Its README says what the fields are; bytes are lower-case hex.</summary>
internal sealed record ProofVectorFile(IReadOnlyList<ProofVector> Hellos);

/// <summary>A Hello as a server sees it, and what it turns out to be.</summary>
internal sealed record ProofVector
{
    public required string Comment { get; init; }
    public required string Expected { get; init; }
    public required string IdentityPrivateKey { get; init; }
    public required string IdentityPoint { get; init; }
    public required string SessionPrivateKey { get; init; }
    public required string SessionPoint { get; init; }
    public required string Nonce { get; init; }
    public required string ServerId { get; init; }
    public required string Name { get; init; }
    public required string Context { get; init; }
    public required string Signature { get; init; }
    public required long SessionKeyMadeUnixMs { get; init; }
    public required string SessionKeyContext { get; init; }
    public required string SessionKeySignature { get; init; }
}

/// <summary>vectors/identity/fingerprints.json.</summary>
internal sealed record FingerprintVectorFile(IReadOnlyList<FingerprintVector> Fingerprints);

/// <summary>A key, its fingerprint, and how people read it. Some fingerprints are of no known key.</summary>
internal sealed record FingerprintVector(string Name, string? Point, string Fingerprint, string Groups, string Words);
