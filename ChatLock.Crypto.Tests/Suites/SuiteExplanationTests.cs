using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Suites;

namespace ChatLock.Crypto.Tests.Suites;

public class SuiteExplanationTests
{
    private static readonly byte[] Plaintext = Encoding.UTF8.GetBytes("\u001b]0;owned\u0007 ✓ explained");

    public static TheoryData<SuiteId, MessageKind> Each => SuiteContractTests.Each;

    [Theory, MemberData(nameof(Each))]
    public void A_genuine_message_shows_all_it_was_made_of(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        var text = string.Join('\n', talk.Explain(header, message));
        ReadOnlyMemory<byte>[] shown =
        [
            header.Target, header.Sender, header.Salt, Plaintext.AsMemory(0, 24),
            message.Signature[..32], message.Signature[32..],
            talk.Alice.PublicKey.Point[1..33], talk.Alice.PublicKey.Point[33..],
            SHA256.HashData(SignedBytes.Of(SignedBytes.Header(id, header), message.Ciphertext.Span)),
        ];
        Assert.All(shown, bytes => Assert.Contains(Convert.ToHexStringLower(bytes.Span), text));
        Assert.Contains("counter        7", text);
        Assert.Contains("verifies:", text);
    }

    [Theory, MemberData(nameof(Each))]
    public void No_line_is_wider_than_100_columns_or_holds_anything_but_printable_ASCII(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind, ulong.MaxValue);
        foreach (var plaintext in (byte[][])[[], Plaintext, [.. Enumerable.Repeat((byte)0x9B, 16 * 1024)]])
        {
            var lines = talk.Explain(header, talk.Seal(header, plaintext));
            Assert.InRange(lines.Count, 20, 500);
            Assert.All(lines, AssertPrintable);
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void A_message_that_is_not_its_sender_s_is_not_decrypted(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        var lines = talk.Explain(header with { Counter = 8 }, message);
        Assert.Contains(lines, line => line.Contains("DOES NOT VERIFY", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("plaintext", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("verifies:", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Each))]
    public void Signatures_and_headers_of_any_length_are_explained(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        Assert.All(talk.Explain(header, message with { Signature = new byte[300] }), AssertPrintable);
        Assert.All(talk.Explain(header, message with { Signature = default }), AssertPrintable);
        var malformed = talk.Explain(header with { Salt = new byte[3] }, message);
        Assert.All(malformed, AssertPrintable);
        Assert.Contains("MALFORMED", malformed[^1], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Each))]
    public void An_insecure_suite_says_so_and_no_other_does(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var text = string.Join('\n', talk.Explain(header, talk.Seal(header, Plaintext)));
        Assert.Equal(talk.Suite.Insecure, text.Contains("INSECURE", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sealed_suite_shows_neither_the_room_s_secret_nor_its_key()
    {
        using var talk = new Talk(SuiteOf(SuiteId.Sealed));
        var header = talk.Header(MessageKind.Post);
        var text = string.Join('\n', talk.Explain(header, talk.Seal(header, Plaintext)));
        byte[] info = [.. "ChatLock v1 sealed room\0"u8, .. header.Target.Span, .. header.Sender.Span];
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, talk.Secret.Export(), 16, talk.Salt, info);
        Assert.DoesNotContain(Convert.ToHexStringLower(talk.Secret.Export().AsSpan(0, 8)), text);
        Assert.DoesNotContain(Convert.ToHexStringLower(key.AsSpan(0, 8)), text);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8)), text);
    }

    [Fact]
    public void The_classic_suite_s_lesson_shows_its_key_and_every_round()
    {
        using var talk = new Talk(SuiteOf(SuiteId.Classic));
        var header = talk.Header(MessageKind.Post);
        var lines = talk.Explain(header, talk.Seal(header, "8 bytes."u8));
        Assert.Contains(lines, line => line.StartsWith("   DES key ", StringComparison.Ordinal));
        foreach (var round in (int[])[1, 8, 16])
            Assert.Contains($"round {round}", lines);
        Assert.DoesNotContain(Convert.ToHexStringLower(talk.Secret.Export()), string.Join('\n', lines));
    }

    [Theory]
    [InlineData(SuiteId.Classic)]
    [InlineData(SuiteId.Sealed)]
    public void The_sender_of_a_private_message_is_told_that_the_key_is_gone(SuiteId id)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(MessageKind.Private);
        var message = talk.Seal(header, Plaintext);
        var lines = talk.Suite.ExplainForPeer(
            talk.BobSession.PublicPoint, talk.Alice.PublicKey, header, message, Plaintext);
        Assert.All(lines, AssertPrintable);
        var text = string.Join('\n', lines);
        Assert.Contains("not even the sender can", text);
        Assert.Contains(Convert.ToHexStringLower(Plaintext.AsSpan(0, 24)), text);
        Assert.DoesNotContain("the tag fits:", text);
        Assert.DoesNotContain("DES key  ", text);
    }

    [Fact]
    public void A_sealed_message_that_can_not_be_read_says_so()
    {
        using var talk = new Talk(SuiteOf(SuiteId.Sealed));
        using var otherSession = AgreementKey.Generate();
        var post = talk.Header(MessageKind.Post);
        var toBob = talk.Header(MessageKind.Private);
        IReadOnlyList<string>[] unreadable =
        [
            talk.Suite.ExplainFromRoom(
                RoomSecret.Generate(), talk.Alice.PublicKey, post, talk.Seal(post, Plaintext)),
            talk.Suite.ExplainFromPeer(otherSession, talk.Alice.PublicKey, toBob, talk.Seal(toBob, Plaintext)),
            talk.Explain(toBob, talk.SignAnything(toBob, [4, 5, 6])),
        ];
        Assert.All(unreadable, lines =>
        {
            Assert.Contains(lines, line => line.Contains("CANNOT BE READ", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.Contains("plaintext", StringComparison.Ordinal));
        });
    }

    private static void AssertPrintable(string line)
    {
        Assert.InRange(line.Length, 0, 100);
        Assert.All(line, character => Assert.InRange(character, ' ', '~'));
    }

    private static Suite SuiteOf(SuiteId id) => SuiteList.All.Single(suite => suite.Id == id);
}
