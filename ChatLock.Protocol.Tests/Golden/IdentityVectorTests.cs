using ChatLock.Crypto.Tests;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>vectors/identity: who holds a key, and how people compare one, the same in every language.</summary>
public sealed class IdentityVectorTests
{
    private const string Proofs = "identity/proof.json";
    private const string Fingerprints = "identity/fingerprints.json";

    [Fact]
    public void The_files_are_what_is_made_today()
    {
        GoldenFile.AssertIs(Proofs, IdentityVectors.Proofs);
        GoldenFile.AssertIs(Fingerprints, IdentityVectors.Fingerprints);
    }

    [Fact]
    public void Each_proof_is_what_the_file_says()
    {
        var file = Vectors.Json<ProofVectorFile>(Proofs);
        Assert.All(file.Hellos, vector =>
        {
            var (nonce, serverId, session) = (Bytes(vector.Nonce), Bytes(vector.ServerId), Bytes(vector.SessionPoint));
            Assert.Equal(vector.Context, Convert.ToHexStringLower(KeyProof.HelloContext(nonce, serverId, session, vector.Name)));
            Assert.Equal(vector.SessionKeyContext, Convert.ToHexStringLower(KeyProof.SessionKeyContext(vector.SessionKeyMadeUnixMs, session)));
            Assert.Equal((vector.Comment, vector.Expected), (vector.Comment, Spelled(KeyProof.Check(HelloOf(vector), nonce, serverId))));
        });
        VectorCounts.Passed(Proofs, file.Hellos.Count);
    }

    [Fact]
    public void Each_fingerprint_reads_as_the_file_says()
    {
        var file = Vectors.Json<FingerprintVectorFile>(Fingerprints);
        Assert.All(file.Fingerprints, vector =>
        {
            Assert.True(Fingerprint.TryFrom(Bytes(vector.Fingerprint), out var fingerprint));
            if (vector.Point is { } point)
                Assert.Equal(fingerprint, Fingerprint.Of(Bytes(point)));
            Assert.Equal(vector.Groups, fingerprint.ToGroups());
            Assert.Equal(vector.Words, string.Join(' ', fingerprint.ToWords()));
        });
        VectorCounts.Passed(Fingerprints, file.Fingerprints.Count);
    }

    private static Hello HelloOf(ProofVector vector) => new()
    {
        IdentityKey = ByteString.CopyFrom(Bytes(vector.IdentityPoint)),
        Name = vector.Name,
        Signature = ByteString.CopyFrom(Bytes(vector.Signature)),
        SessionKey = ByteString.CopyFrom(Bytes(vector.SessionPoint)),
        SessionKeySignature = ByteString.CopyFrom(Bytes(vector.SessionKeySignature)),
        SessionKeyMadeUnixMs = vector.SessionKeyMadeUnixMs,
    };

    private static string Spelled(ProofCheck check) => check switch
    {
        ProofCheck.Good => "good",
        ProofCheck.BadKey => "bad-key",
        _ => "bad-proof",
    };

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
