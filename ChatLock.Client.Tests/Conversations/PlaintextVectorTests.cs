using System.Text;
using ChatLock.Client.Conversations;
using ChatLock.Crypto.Tests;
using ChatLock.Protocol.Tests.Golden;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Conversations;

/// <summary>A file of <c>vectors/messages</c>. Its README says what the fields are; bytes are lower-case hex.</summary>
internal sealed record PlaintextVectorFile(IReadOnlyList<PlaintextVector> Bodies);

/// <summary>A plaintext and what it says.</summary>
internal sealed record PlaintextVector(
    string Name, string Plaintext, string Kind, string? Text = null, IReadOnlyList<string>? Ids = null, string? Reason = null);

public sealed class PlaintextVectorTests
{
    private const string Bodies = "messages/bodies.json";

    private static readonly (string Name, byte[] Bytes)[] Samples =
    [
        ("nothing", []),
        ("a text", "Hello, world"u8.ToArray()),
        ("several lines", "one\n\ttwo\nthree"u8.ToArray()),
        ("several scripts", Encoding.UTF8.GetBytes("Grüße, Ελλάδα, 世界 👋🏽")),
        ("a byte order mark stays", Encoding.UTF8.GetBytes("\uFEFFtext")),
        ("directions are shown to be there, not taken out", Encoding.UTF8.GetBytes("a\u202Eb")),
        ("the last character", Encoding.UTF8.GetBytes("\U0010FFFF")),
        ("a replacement character that was sent", Encoding.UTF8.GetBytes("\uFFFD")),
        ("a text of NULs", [0, 0]),
        ("a text that begins with 0x03", [0x03, .. "x"u8]),
        ("a text that begins with escape", "\e[31mred"u8.ToArray()),
        ("0x01 and 0x02 later on", [.. "a"u8, 0x01, 0x02]),
        ("an action", [0x01, .. "waves"u8]),
        ("an action of nothing", [0x01]),
        ("an action that begins with 0x01", [0x01, 0x01, .. "x"u8]),
        ("an action that begins with 0x02", [0x01, 0x02, .. Ids(1)]),
        ("a receipt for one", [0x02, .. Ids(1)]),
        ("a receipt for two", [0x02, .. Ids(2)]),
        ("a receipt for one, twice", [0x02, .. Ids(1), .. Ids(1)]),
        ("a receipt for an id of zeros", [0x02, .. new byte[16]]),
        ("a receipt for an id that is text", [0x02, .. "sixteen letters."u8]),
        ("a receipt for 63", [0x02, .. Ids(63)]),
        ("a receipt for 64", [0x02, .. Ids(64)]),
        ("a receipt for none", [0x02]),
        ("a receipt for 65", [0x02, .. Ids(65)]),
        ("a receipt for a part of an id", [0x02, .. Ids(1)[..15]]),
        ("a receipt for one id and a byte", [0x02, .. Ids(1), 0]),
        ("a receipt for one byte", [0x02, 0x02]),
        ("a text that looks like a receipt", [0x02, .. "Hello, world"u8]),
        ("a text that isn't UTF-8", [0xC3, 0x28]),
        ("a text cut inside a character", [.. "caf"u8, 0xC3]),
        ("an overlong form", [0xC0, 0x80]),
        ("half a surrogate pair", [0xED, 0xA0, 0x80]),
        ("a surrogate pair", [0xED, 0xA0, 0xBD, 0xED, 0xB1, 0x8B]),
        ("above the last character", [0xF4, 0x90, 0x80, 0x80]),
        ("a lone continuation", [0x80]),
        ("an action that isn't UTF-8", [0x01, 0xFF]),
    ];

    [Fact]
    public void The_file_is_what_is_read_today() =>
        GoldenFile.AssertIs(Bodies, new PlaintextVectorFile([.. Samples.Select(sample => Spelled(sample.Name, sample.Bytes))]));

    [Fact]
    public void Each_plaintext_is_read_and_written_as_the_file_says()
    {
        var file = Vectors.Json<PlaintextVectorFile>(Bodies);
        Assert.All(file.Bodies, vector =>
        {
            var bytes = Convert.FromHexString(vector.Plaintext);
            var (read, expected) = (Spelled(vector.Name, bytes), vector);
            Assert.Equal(expected.Ids ?? [], read.Ids ?? []);
            Assert.Equal(expected with { Ids = null }, read with { Ids = null });
            if (vector.Kind != "malformed")
                Assert.Equal(bytes, Plaintext.Read(bytes).ToBytes());
        });
        Assert.Equal(["action", "malformed", "receipt", "text"], file.Bodies.Select(vector => vector.Kind).Distinct().Order());
        VectorCounts.Passed(Bodies, file.Bodies.Count);
    }

    private static PlaintextVector Spelled(string name, byte[] bytes)
    {
        var spelled = new PlaintextVector(name, Convert.ToHexStringLower(bytes), Kind: "");
        return Plaintext.Read(bytes) switch
        {
            Plaintext.Text { Body: { IsAction: true } body } => spelled with { Kind = "action", Text = body.Text },
            Plaintext.Text text => spelled with { Kind = "text", Text = text.Body.Text },
            Plaintext.Receipt receipt => spelled with { Kind = "receipt", Ids = [.. receipt.Ids.Select(Hex)] },
            Plaintext.Bad bad => spelled with { Kind = "malformed", Reason = UnreadableSentences.NameOf(bad.Reason) },
            _ => throw new InvalidOperationException("no such plaintext"),
        };
    }

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static byte[] Ids(int count) => [.. Enumerable.Range(1, count).SelectMany(id => Enumerable.Repeat((byte)id, 16))];
}
