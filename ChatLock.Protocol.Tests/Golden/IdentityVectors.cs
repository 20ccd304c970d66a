using ChatLock.Protocol.Identity;
using static ChatLock.Crypto.Tests.Suites.SuiteVectorKeys;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Makes vectors/identity.</summary>
internal static class IdentityVectors
{
    private static readonly string[] People =
        ["alice", "bob", "bob's session", "carol", "dave", "eve", "mallory", "Zoë", "名前", "key 1", "key 2", "key 3"];

    public static FingerprintVectorFile Fingerprints { get; } = new(
    [
        .. People.Select(name => OfKey(name, PointOf(Named(name)))),
        OfBytes("all zero", new byte[32]),
        OfBytes("all one", [.. Enumerable.Repeat((byte)0xFF, 32)]),
        OfBytes("rising", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
        OfBytes("the last word first", [0xFF, 0xE0, .. new byte[30]]),
        OfBytes("the last word last", [.. new byte[15], 0x7F, 0xF0, .. new byte[15]]),
        OfBytes("what the words leave out", [.. new byte[16], 0x0F, .. Enumerable.Repeat((byte)0xFF, 15)]),
        .. Enumerable.Range(0, 12).Select(word => OfBytes($"only word {word + 1}", With(word * 11 + 10))),
    ]);

    public static ProofVectorFile Proofs { get; } = new([.. MakeProofs()]);

    private const long Made = 1_764_000_000_000;

    private static IEnumerable<ProofVector> MakeProofs()
    {
        foreach (var name in (string[])["alice", "Zoë", "名前", "👩‍👩‍👧", "", new string('a', 128)])
            yield return Proof($"as {(name.Length is 0 or > 32 ? $"{name.Length} letters" : name)}", name);

        var good = Proof("", "alice");
        var (alice, mallory) = (Named("alice"), Named("mallory"));
        yield return Bad(good, "signed for another name", good with { Name = "alicia" });
        yield return Bad(good, "signed for another nonce", good with { Nonce = Hex(Named("another nonce")) });
        yield return Bad(good, "signed for another server", good with { ServerId = Hex(Named("another server")) });
        yield return Bad(good, "signed for another session key", good with
        {
            SessionPrivateKey = Hex(Named("bob's session")),
            SessionPoint = Hex(PointOf(Named("bob's session"))),
            SessionKeySignature = Hex(Sign(alice, KeyProof.SessionKeyContext(Made, PointOf(Named("bob's session"))))),
        });
        yield return Bad(good, "signed by another key", good with { Signature = Hex(Sign(mallory, Bytes(good.Context))) });
        yield return Bad(good, "the session key said to be newer than signed", good with { SessionKeyMadeUnixMs = Made + 1 });
        yield return Bad(good, "the session key vouched for by another key",
            good with { SessionKeySignature = Hex(Sign(mallory, Bytes(good.SessionKeyContext))) });
        yield return Bad(good, "the session key vouched for by itself",
            good with { SessionKeySignature = Hex(Sign(Named("alice's session"), Bytes(good.SessionKeyContext))) });
        yield return Bad(good, "the two signatures exchanged",
            good with { Signature = good.SessionKeySignature, SessionKeySignature = good.Signature });
        yield return Bad(good, "a changed signature", good with { Signature = Flip(good.Signature) });
        yield return Bad(good, "a signature of zeros", good with { Signature = Hex(new byte[64]) });
        yield return Bad(good, "a short signature", good with { Signature = good.Signature[2..] });
        yield return Bad(good, "no signature", good with { Signature = "" });
        yield return Bad(good, "no word for the session key", good with { SessionKeySignature = "" });
        yield return BadKey(good, "an identity key off the curve", good with { IdentityPoint = Flip(good.IdentityPoint) });
        yield return BadKey(good, "a compressed identity key", good with { IdentityPoint = "02" + good.IdentityPoint[2..66] });
        yield return BadKey(good, "an identity key of 64 bytes", good with { IdentityPoint = good.IdentityPoint[2..] });
        yield return BadKey(good, "an identity key of 66 bytes", good with { IdentityPoint = good.IdentityPoint + "00" });
        yield return BadKey(good, "no identity key", good with { IdentityPoint = "" });
        yield return BadKey(good, "the point at infinity", good with { IdentityPoint = "00" });
        yield return BadKey(good, "a session key off the curve", good with { SessionPoint = Flip(good.SessionPoint) });
        yield return BadKey(good, "a session key of zeros", good with { SessionPoint = "04" + Hex(new byte[64]) });
        yield return BadKey(good, "no session key", good with { SessionPoint = "" });
    }

    private static ProofVector Proof(string comment, string name)
    {
        var (identity, session) = (Named("alice"), Named("alice's session"));
        var (nonce, serverId, sessionPoint) = (Named("nonce"), Named("server"), PointOf(session));
        var context = KeyProof.HelloContext(nonce, serverId, sessionPoint, name);
        var sessionContext = KeyProof.SessionKeyContext(Made, sessionPoint);
        return new ProofVector
        {
            Comment = comment,
            Expected = "good",
            IdentityPrivateKey = Hex(identity),
            IdentityPoint = Hex(PointOf(identity)),
            SessionPrivateKey = Hex(session),
            SessionPoint = Hex(sessionPoint),
            Nonce = Hex(nonce),
            ServerId = Hex(serverId),
            Name = name,
            Context = Hex(context),
            Signature = Hex(Sign(identity, context)),
            SessionKeyMadeUnixMs = Made,
            SessionKeyContext = Hex(sessionContext),
            SessionKeySignature = Hex(Sign(identity, sessionContext)),
        };
    }

    private static ProofVector Bad(ProofVector good, string comment, ProofVector changed)
    {
        Assert.NotEqual(good, changed);
        var session = Bytes(changed.SessionPoint);
        return changed with
        {
            Comment = comment,
            Expected = "bad-proof",
            Context = Hex(KeyProof.HelloContext(Bytes(changed.Nonce), Bytes(changed.ServerId), session, changed.Name)),
            SessionKeyContext = Hex(KeyProof.SessionKeyContext(changed.SessionKeyMadeUnixMs, session)),
        };
    }

    private static ProofVector BadKey(ProofVector good, string comment, ProofVector changed) =>
        Bad(good, comment, changed) with { Expected = "bad-key" };

    private static FingerprintVector OfKey(string name, byte[] point) =>
        OfFingerprint(name, Hex(point), Fingerprint.Of(point));

    private static FingerprintVector OfBytes(string name, byte[] bytes)
    {
        Assert.True(Fingerprint.TryFrom(bytes, out var fingerprint));
        return OfFingerprint(name, null, fingerprint);
    }

    private static FingerprintVector OfFingerprint(string name, string? point, Fingerprint fingerprint) => new(
        name, point, Hex(fingerprint.ToBytes()), fingerprint.ToGroups(), string.Join(' ', fingerprint.ToWords()));

    /// <summary>32 bytes with one bit set.</summary>
    private static byte[] With(int bit)
    {
        var bytes = new byte[32];
        bytes[bit / 8] = (byte)(0x80 >> (bit % 8));
        return bytes;
    }

    private static string Flip(string hex)
    {
        var bytes = Bytes(hex);
        bytes[^1] ^= 1;
        return Hex(bytes);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
