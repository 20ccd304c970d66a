using System.Buffers;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;
using CsCheck;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Framing;

public sealed class FrameBodyTests
{
    private static readonly ClientFrame Sample = new()
    {
        Ref = 7,
        Post = new Post { Room = "lobby", MessageId = ByteString.CopyFrom(new byte[16]), Envelope = ByteString.CopyFromUtf8("sealed") },
    };

    [Fact]
    public void A_body_in_any_pieces_is_the_same_frame()
    {
        var bytes = Sample.ToByteArray();
        for (var cut = 0; cut < bytes.Length; cut++)
            Assert.Equal(Sample, Read(TwoSegments.Of(bytes, cut)));
        Assert.Equal(Sample, Read(TwoSegments.OneByOne(bytes)));
    }

    [Fact]
    public void A_body_cut_short_is_no_frame_or_another_one_but_never_an_exception()
    {
        var bytes = Sample.ToByteArray();
        for (var cut = 1; cut < bytes.Length; cut++)
            Assert.NotEqual(Sample, Read(new ReadOnlySequence<byte>(bytes.AsMemory(0, cut))));
    }

    [Fact]
    public void Any_bytes_are_a_frame_or_none_but_never_an_exception() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        FrameBody.TryRead(new ReadOnlySequence<byte>(bytes), out ClientFrame? _);
        FrameBody.TryRead(new ReadOnlySequence<byte>(bytes), out ServerFrame? _);
    }, iter: 20_000);

    [Fact]
    public void A_frame_with_any_byte_changed_is_a_frame_or_none_but_never_an_exception()
    {
        var bytes = Sample.ToByteArray();
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = bytes.ToArray();
                changed[at] = (byte)value;
                Read(new ReadOnlySequence<byte>(changed));
                Read(TwoSegments.OneByOne(changed));
            }
        }
    }

    [Theory]
    [InlineData("3205AA02FFFFFF", "a nested length above what is there")]
    [InlineData("12FFFFFFFF07", "a frame that claims 2 GiB")]
    [InlineData("12FFFFFFFFFFFFFFFFFF01", "a negative length")]
    [InlineData("2A080A06C3284142C328", "a room that isn't UTF-8")]
    [InlineData("1A040A02C328", "a name that isn't UTF-8")]
    [InlineData("1A050A03EDA080", "a name with half a surrogate pair")]
    [InlineData("0C", "an end of a group that wasn't begun")]
    [InlineData("00", "field number 0")]
    [InlineData("80", "a tag cut short")]
    public void Bytes_that_are_not_protobuf_are_no_frame(string hex, string why)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.False(FrameBody.TryRead(new ReadOnlySequence<byte>(bytes), out ClientFrame? _), why);
        Assert.False(FrameBody.TryRead(TwoSegments.OneByOne(bytes), out ClientFrame? _), why);
    }

    [Fact]
    public void Groups_nested_without_end_are_no_frame()
    {
        var bytes = Enumerable.Repeat((byte)0xFB, 64 * 1024).Select((b, i) => i % 2 == 0 ? b : (byte)0x01).ToArray();
        Assert.Null(Read(new ReadOnlySequence<byte>(bytes)));
    }

    [Theory]
    [InlineData("12FFFFFF7F")] // Hello of 256 MiB
    [InlineData("32FFFFFFFF07")] // Post of 2 GiB
    [InlineData("3206" + "1AFFFFFF7F41")] // Post with an envelope of 256 MiB
    [InlineData("1206" + "32FFFFFF7F41")] // Hello with 256 MiB of suite numbers
    public void Nothing_is_allocated_from_a_length_claimed_inside_a_body(string hex)
    {
        var body = new ReadOnlySequence<byte>(Convert.FromHexString(hex));
        var pieces = TwoSegments.OneByOne(Convert.FromHexString(hex));
        Assert.Null(Read(body));
        Assert.Null(Read(pieces));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(body);
        Read(pieces);

        // Two exceptions and their messages; the claims are of 256 MiB and more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void Fields_and_frames_of_a_newer_version_are_passed_over()
    {
        byte[] withField = [.. Sample.ToByteArray(), 0xFA, 0x06, 0x03, 1, 2, 3];
        Assert.Equal(Sample.Post, Read(new ReadOnlySequence<byte>(withField))!.Post);

        byte[] unknownBody = [0x08, 0x07, 0xFA, 0x06, 0x00];
        var unknown = Read(new ReadOnlySequence<byte>(unknownBody))!;
        Assert.Equal((7UL, ClientFrame.BodyOneofCase.None), (unknown.Ref, unknown.BodyCase));
    }

    [Fact]
    public void A_frame_is_encoded_once_with_its_length_in_front()
    {
        var encoded = EncodedFrame.Of(Sample);

        Assert.Equal(Sample.ToByteArray(), encoded.Body.ToArray());
        Assert.Equal(encoded.Length, encoded.WithPrefix.Length);
        var stream = new ReadOnlySequence<byte>(encoded.WithPrefix);
        Assert.Equal(FrameRead.Complete, LengthPrefix.TryRead(ref stream, 64 * 1024, out var body));
        Assert.Equal(Sample, Read(body));
    }

    private static ClientFrame? Read(ReadOnlySequence<byte> body) =>
        FrameBody.TryRead(body, out ClientFrame? frame) ? frame : null;
}
