using System.Buffers.Binary;
using ChatLock.Protocol.Framing;

namespace ChatLock.Bench.Load;

/// <summary>Cuts what one socket delivered into frames; keeps the part of a frame that is left over.</summary>
internal struct FrameStream
{
    private byte[]? _carry;
    private int _carried;

    /// <summary>Where to receive to: behind what was left over, which is put in front.</summary>
    public readonly int CopyCarryTo(Span<byte> buffer)
    {
        _carry.AsSpan(0, _carried).CopyTo(buffer);
        return _carried;
    }

    /// <summary>Takes the next whole frame, without its prefix, from the front.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (bytes.Length < LengthPrefix.Bytes)
            return false;

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (bytes.Length - LengthPrefix.Bytes < length)
            return false;

        body = bytes.Slice(LengthPrefix.Bytes, length);
        bytes = bytes[(LengthPrefix.Bytes + length)..];
        return true;
    }

    public void Keep(ReadOnlySpan<byte> rest)
    {
        if (_carry is null || _carry.Length < rest.Length)
            _carry = rest.Length == 0 ? _carry : new byte[Math.Max(1024, rest.Length)];
        rest.CopyTo(_carry);
        _carried = rest.Length;
    }
}
