using System.Buffers;
using System.Buffers.Binary;
using ChatLock.Protocol.Framing;
using CsCheck;

namespace ChatLock.Protocol.Tests.Framing;

public sealed class LengthPrefixTests
{
    private static readonly byte[] OneFrame = [0, 0, 0, 3, 0xA, 0xB, 0xC];

    [Fact]
    public void A_frame_is_read_whole_wherever_the_network_cuts_it()
    {
        for (var cut = 0; cut < OneFrame.Length; cut++)
        {
            var early = new ReadOnlySequence<byte>(OneFrame.AsMemory(0, cut));
            Assert.Equal(FrameRead.NeedMore, LengthPrefix.TryRead(ref early, bodyMaxBytes: 3, out _));
            Assert.Equal(cut, early.Length);

            var buffer = TwoSegments.Of(OneFrame, cut);
            Assert.Equal(FrameRead.Complete, LengthPrefix.TryRead(ref buffer, bodyMaxBytes: 3, out var body));
            Assert.Equal([0xA, 0xB, 0xC], body.ToArray());
            Assert.True(buffer.IsEmpty);
        }
    }

    [Fact]
    public void A_frame_is_read_whole_when_it_comes_byte_by_byte()
    {
        var buffer = TwoSegments.OneByOne(OneFrame);

        Assert.Equal(FrameRead.Complete, LengthPrefix.TryRead(ref buffer, bodyMaxBytes: 3, out var body));

        Assert.Equal([0xA, 0xB, 0xC], body.ToArray());
    }

    [Fact]
    public void What_follows_a_frame_stays_for_the_next_read()
    {
        byte[] stream = [.. OneFrame, 0, 0, 0, 1, 0xD, 0, 0];
        for (var cut = 0; cut < stream.Length; cut++)
        {
            var buffer = TwoSegments.Of(stream, cut);
            Assert.Equal(FrameRead.Complete, LengthPrefix.TryRead(ref buffer, bodyMaxBytes: 3, out var first));
            Assert.Equal(FrameRead.Complete, LengthPrefix.TryRead(ref buffer, bodyMaxBytes: 3, out var second));
            Assert.Equal(FrameRead.NeedMore, LengthPrefix.TryRead(ref buffer, bodyMaxBytes: 3, out _));

            Assert.Equal([0xA, 0xB, 0xC], first.ToArray());
            Assert.Equal([0xD], second.ToArray());
            Assert.Equal([0, 0], buffer.ToArray());
        }
    }

    [Theory]
    [InlineData(0u, FrameRead.Empty)]
    [InlineData(1u, FrameRead.NeedMore)]
    [InlineData(1024u, FrameRead.NeedMore)]
    [InlineData(1025u, FrameRead.TooLarge)]
    [InlineData(0x7FFFFFFFu, FrameRead.TooLarge)]
    [InlineData(0x80000000u, FrameRead.TooLarge)] // negative to whoever reads a signed number
    [InlineData(0xFFFFFFFFu, FrameRead.TooLarge)]
    [InlineData(0x47455420u, FrameRead.TooLarge)] // "GET "
    [InlineData(0x5353482Du, FrameRead.TooLarge)] // "SSH-"
    public void The_four_bytes_of_length_decide_before_anything_follows_them(uint length, FrameRead expected)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        var buffer = new ReadOnlySequence<byte>(bytes);

        Assert.Equal(expected, LengthPrefix.TryRead(ref buffer, bodyMaxBytes: 1024, out var body));

        Assert.True(body.IsEmpty);
        Assert.Equal(4, buffer.Length);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(64u * 1024)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public void Nothing_is_allocated_from_a_claimed_length(uint length)
    {
        var bytes = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        var whole = new ReadOnlySequence<byte>(bytes);
        LengthPrefix.TryRead(ref whole, bodyMaxBytes: 64 * 1024, out _); // compiled before it is measured

        var before = GC.GetAllocatedBytesForCurrentThread();
        LengthPrefix.TryRead(ref whole, bodyMaxBytes: 64 * 1024, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Any_frames_cut_anywhere_come_out_as_they_went_in()
    {
        var bodies = Gen.Byte.Array[1, 40].Array[1, 8];
        Gen.Select(bodies, Gen.Int[0, 1000]).Sample((frames, where) =>
        {
            var stream = frames.SelectMany(Prefixed).ToArray();
            var buffer = TwoSegments.Of(stream, where % stream.Length);
            foreach (var frame in frames)
            {
                Assert.Equal(FrameRead.Complete, LengthPrefix.TryRead(ref buffer, bodyMaxBytes: 40, out var body));
                Assert.Equal(frame, body.ToArray());
            }

            Assert.True(buffer.IsEmpty);
        }, iter: 2000);
    }

    private static byte[] Prefixed(byte[] body)
    {
        var prefix = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(prefix, body.Length);
        return [.. prefix, .. body];
    }
}
