using System.Text.Json.Nodes;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Makes vectors/frames, but for stream.json.</summary>
internal static class FrameVectors
{
    /// <summary>Bodies that say something in another way than an encoder of today would, or more.</summary>
    private static readonly (string Name, string Body)[] ClientVariants =
    [
        ("an unknown number after a bye", In(11, "") + "f80601"),
        ("an unknown frame after a post", "0807" + In(6, "") + "fa0600"),
        ("an unknown group inside a rename", "0807" + In(3, "0a03626f62" + "fb06fc06")),
        ("an unknown field before the ref", "fa0603010203" + "0807" + In(11, "")),
        ("the ref after the frame", In(3, "0a03626f62") + "0807"),
        ("a ref of ten bytes for a small number", "0887808080808080808000" + In(11, "")),
        ("a ref twice: the last one holds", "0801" + "0807" + In(11, "")),
        ("one kind twice: merged", "0807" + In(7, In(1, "aa")) + In(7, In(2, "bb"))),
        ("two kinds: the last one holds", "0807" + In(3, "0a03626f62") + In(9, "")),
        ("an empty field that needn't be there", "0807" + In(3, "0a00")),
        ("suites one by one", "0801" + In(2, "3001" + "3002")),
        ("suites in two packs and one by one", "0801" + In(2, In(6, "01") + "3002" + In(6, "03"))),
        ("no suites, in an empty pack", "0801" + In(2, In(6, ""))),
        ("a suite above 32 bits: cut off", "0801" + In(2, In(6, "ffffffffff01"))),
        ("a name twice: the last one holds", "0807" + In(3, "0a03626f62" + "0a03616e6e")),
    ];

    private static readonly (string Name, string Body)[] ServerVariants =
    [
        ("an unknown number after a ping", In(8, "0801") + "f80601"),
        ("an unknown frame after a close", In(9, "0801") + "fa0600"),
        ("an unknown field inside a refusal", In(3, "0807" + In(3, "0801" + "fa0600"))),
        ("an unknown result of a reply", In(3, "0807" + "fa0600")),
        ("a reply's fields turned round", In(3, In(2, "0801") + "0807")),
        ("a reply with two results: the last one holds", In(3, "0807" + In(2, "0801") + In(3, ""))),
        ("a reply with one result twice: merged", In(3, "0807" + In(2, "0801") + In(2, "1009"))),
        ("two closes: merged", In(9, "0801") + In(9, In(2, "62"))),
        ("two kinds: the last one holds", In(8, "0801") + In(9, "0801")),
        ("truth as 2", In(2, "3802")),
        ("truth as ten bytes", In(2, "38" + "80808080808080808001")),
        ("falsehood said aloud", In(2, "3800")),
        ("a time of ten bytes without a sign", In(3, "0807" + In(2, "10" + "80808080808080808000"))),
        ("versions one by one", In(1, "1801" + "1802")),
        ("a version above 32 bits: cut off", In(1, In(3, "ffffffffff01"))),
        ("a close reason of -1 in five bytes", In(9, "08" + "ffffffff0f")),
        ("a close reason above 32 bits: cut off", In(9, "08" + "8180808010")),
        ("a length in five bytes", "42" + "8280808000" + "0801"),
    ];

    private static readonly (string Name, string Body)[] EnvelopeVariants =
    [
        ("with an unknown field", "0802" + "f80601"),
        ("with its fields turned round", "1807" + "0802" + In(2, "")),
        ("with a suite twice: the last one holds", "0801" + "0802"),
    ];

    public static FrameVectorFile Client { get; } = Make(
        ClientFrame.Parser, FrameSamples.OfClient, ClientVariants, OtherBodies.OfClient);

    public static FrameVectorFile Server { get; } = Make(
        ServerFrame.Parser, FrameSamples.OfServer, ServerVariants, OtherBodies.OfServer);

    public static FrameVectorFile Envelopes { get; } = Make(
        Envelope.Parser, FrameSamples.OfEnvelope, EnvelopeVariants, OtherBodies.OfEnvelope);

    /// <summary>A field that holds these bytes. Its number is below 16, its length below 128.</summary>
    private static string In(int field, string bytes) => $"{field << 3 | 2:x2}{bytes.Length / 2:x2}{bytes}";

    public static JsonNode ToJson(IMessage message) => JsonNode.Parse(JsonFormatter.Default.Format(message))!;

    private static FrameVectorFile Make<T>(
        MessageParser<T> parser,
        IEnumerable<(string Name, T Message)> samples,
        IEnumerable<(string Name, string Body)> variants,
        IEnumerable<OtherBody> others)
        where T : IMessage<T>, new() => new(
            new T().Descriptor.FullName,
            [
                .. samples.Select(sample => Of(parser, sample.Name, sample.Message.ToByteArray())),
                .. variants.Select(variant => Of(parser, variant.Name, Convert.FromHexString(variant.Body))),
            ],
            [.. others]);

    private static FrameVector Of<T>(MessageParser<T> parser, string name, byte[] body) where T : IMessage<T>
    {
        var json = ToJson(parser.ParseFrom(body));
        return new FrameVector(name, Convert.ToHexStringLower(body), json, IsCanonical(parser, body, json));
    }

    private static bool IsCanonical<T>(MessageParser<T> parser, byte[] body, JsonNode json) where T : IMessage<T> =>
        parser.ParseJson(json.ToJsonString()).ToByteArray().AsSpan().SequenceEqual(body);
}
