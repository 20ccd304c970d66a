using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Suites;
using static ChatLock.Crypto.Tests.Suites.SuiteVectorKeys;

namespace ChatLock.Crypto.Tests.Suites;

/// <summary>Makes the vector files, always the same.</summary>
internal static class SuiteVectorGenerator
{
    private static readonly byte[] Alice = Named("alice");
    private static readonly byte[] Bob = Named("bob");
    private static readonly byte[] BobSession = Named("bob's session");
    private static readonly byte[] OneTime = Named("one-time");

    private static readonly (string Comment, byte[] Plaintext, ulong Counter)[] Texts =
    [
        ("empty", [], 1),
        ("a text", "Hello, world"u8.ToArray(), 2),
        ("one block", "8 bytes."u8.ToArray(), 3),
        ("one block and a byte", "8 bytes.+"u8.ToArray(), 4),
        ("an action", "\u0001waves"u8.ToArray(), 0x0102030405060708),
        ("several scripts", Encoding.UTF8.GetBytes("Grüße, Ελλάδα, 世界 👋🏽"), 6),
        ("the last counter", [.. Enumerable.Range(1, 255).Select(i => (byte)i)], ulong.MaxValue),
    ];

    public static SuiteVectorFile Generate(Suite suite) => new((int)suite.Id, suite.Name,
    [
        .. Texts.Select(text => Post(suite, text.Comment, text.Plaintext, text.Counter)),
        .. Texts.Select(text => Private(suite, text.Comment, text.Plaintext, text.Counter)),
        .. PostsRefused(suite),
        .. PrivatesRefused(suite),
    ]);

    private static SuiteVector Post(Suite suite, string comment, byte[] plaintext, ulong counter)
    {
        var secret = Named("room secret");
        var vector = Addressed(comment, "post", SHA256.HashData("lobby"u8), plaintext, counter) with
        {
            RoomName = "lobby",
            RoomSecret = Hex(secret),
        };
        using var alice = SigningKeyOf(Alice);
        Assert.True(RoomSecret.TryImport(secret, out var roomSecret));
        return Signed(suite, vector, suite.SealForRoom(roomSecret, alice, vector.Header(), plaintext).Ciphertext.Span);
    }

    private static SuiteVector Private(Suite suite, string comment, byte[] plaintext, ulong counter)
    {
        var vector = Addressed(comment, "private", SHA256.HashData(PointOf(Bob)), plaintext, counter) with
        {
            RecipientPoint = Hex(PointOf(Bob)),
            SessionPrivateKey = Hex(BobSession),
            SessionPoint = Hex(PointOf(BobSession)),
            OneTimePrivateKey = Hex(OneTime),
        };
        return Signed(suite, vector, [.. PointOf(OneTime), .. PrivateText(suite, vector.Header(), plaintext)]);
    }

    private static SuiteVector Addressed(
        string comment, string kind, byte[] target, byte[] plaintext, ulong counter) => new()
        {
            Comment = comment,
            Kind = kind,
            Expected = "genuine",
            SenderPrivateKey = Hex(Alice),
            SenderPoint = Hex(PointOf(Alice)),
            Target = Hex(target),
            Sender = Hex(SHA256.HashData(PointOf(Alice))),
            Salt = Hex(Named("salt").AsSpan(0, MessageHeader.SaltLength)),
            Counter = counter.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Plaintext = Hex(plaintext),
        };

    // The suites never let anybody choose the one-time key, so their encryption is written out here once more.
    private static byte[] PrivateText(Suite suite, MessageHeader header, byte[] plaintext)
    {
        using var session = AgreementKey.FromScalar(BobSession);
        using var oneTime = AgreementKey.FromScalar(OneTime);
        var info = Encoding.ASCII.GetBytes($"ChatLock v1 {suite.Name} private\0");
        using var context = Hpke.SetupSender(oneTime, session.PublicPoint, info);
        if (suite.Id == SuiteId.Sealed)
            return context.Seal(SignedBytes.Header(suite.Id, header), plaintext);

        var key = DesKeyBytes.WithOddParity(context.Export("des key\0"u8, 8));
        Assert.Equal(DesKeyFlaw.None, DesKey.TryCreate(key, out var desKey));
        return DesEcb.Encrypt(desKey!, plaintext);
    }

    private static IEnumerable<SuiteVector> PostsRefused(Suite suite)
    {
        var post = Post(suite, "", "refuse this"u8.ToArray(), 9) with { Plaintext = null };
        var toBob = post with { Kind = "private", RoomSecret = null, SessionPrivateKey = Hex(BobSession) };
        var withoutSecret = post with { RoomSecret = Hex(new byte[32]) };
        var asBobs = post with
        {
            SenderPrivateKey = Hex(Bob),
            SenderPoint = Hex(PointOf(Bob)),
            Sender = Hex(SHA256.HashData(PointOf(Bob))),
        };
        yield return Seen(suite, "in another room", post with { Target = Hex(SHA256.HashData("garden"u8)) });
        yield return Seen(suite, "under another counter", post with { Counter = "10" });
        yield return Seen(suite, "under another salt", post with { Salt = Hex(new byte[16]) });
        yield return Seen(suite, "as a private message", toBob);
        yield return Seen(suite, "a changed ciphertext", post with { Ciphertext = Flip(post.Ciphertext) });
        yield return Seen(suite, "a changed signature", post with { Signature = Flip(post.Signature) });
        yield return Seen(suite, "a short signature", post with { Signature = post.Signature[2..] });
        yield return Seen(suite, "no signature", post with { Signature = "" });
        yield return Seen(suite, "a signature of zeros", post with { Signature = Hex(new byte[64]) });
        yield return Seen(suite, "said to be Bob's", asBobs);
        yield return Malformed("a salt of 15 bytes", post with { Salt = post.Salt[2..] });
        yield return Malformed("a counter of 0", post with { Counter = "0" });
        if (suite.Id == SuiteId.Sealed)
            yield return Unreadable(suite, "another secret", withoutSecret, post.Ciphertext);
        yield return Unreadable(suite, "cut by a byte, then signed", post, post.Ciphertext[2..]);
    }

    private static IEnumerable<SuiteVector> PrivatesRefused(Suite suite)
    {
        var message = Private(suite, "", "refuse this"u8.ToArray(), 9) with { Plaintext = null };
        var otherSession = message with { SessionPrivateKey = Hex(Alice), SessionPoint = Hex(PointOf(Alice)) };
        var (oneTime, text) = (message.Ciphertext[..130], message.Ciphertext[130..]);
        yield return Seen(suite, "to Alice", message with { Target = message.Sender });
        yield return Seen(suite, "a changed ciphertext", message with { Ciphertext = Flip(message.Ciphertext) });
        yield return Unreadable(suite, "one-time point off the curve, signed", message, Flip(oneTime) + text);
        yield return Unreadable(suite, "one-time point compressed, signed", message, "02" + oneTime[2..66] + text);
        yield return Unreadable(suite, "shorter than a one-time point, signed", message, oneTime[..128]);
        yield return Unreadable(suite, "cut by a byte, then signed", message, message.Ciphertext[..^2]);
        if (suite.Id == SuiteId.Sealed)
            yield return Unreadable(suite, "to another session, signed", otherSession, message.Ciphertext);
    }

    // Signed by its sender, but not what the receiver sees.
    private static SuiteVector Seen(Suite suite, string comment, SuiteVector vector) => vector with
    {
        Comment = comment,
        Expected = "bad_signature",
        SignedBytes = Hex(BytesToSign(suite, vector)),
    };

    private static SuiteVector Malformed(string comment, SuiteVector vector) =>
        vector with { Comment = comment, Expected = "malformed", SignedBytes = "" };

    private static SuiteVector Unreadable(Suite suite, string comment, SuiteVector vector, string ciphertext) =>
        Signed(suite, vector, Convert.FromHexString(ciphertext)) with { Comment = comment, Expected = "cannot_decrypt" };

    private static SuiteVector Signed(Suite suite, SuiteVector vector, ReadOnlySpan<byte> ciphertext)
    {
        vector = vector with { Ciphertext = Hex(ciphertext) };
        var signed = BytesToSign(suite, vector);
        return vector with { SignedBytes = Hex(signed), Signature = Hex(Sign(Alice, signed)) };
    }

    private static byte[] BytesToSign(Suite suite, SuiteVector vector) => SignedBytes.Of(
        SignedBytes.Header(suite.Id, vector.Header()), Convert.FromHexString(vector.Ciphertext));

    private static string Flip(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        bytes[^1] ^= 1;
        return Hex(bytes);
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
