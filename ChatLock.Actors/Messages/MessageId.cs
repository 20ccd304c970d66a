using System.Buffers.Binary;
using ChatLock.Protocol.Session;
using Google.Protobuf;

namespace ChatLock.Actors.Messages;

/// <summary>What a client calls one message of its own, the same in a retry. 16 bytes, compared by content.</summary>
public readonly record struct MessageId(ulong High, ulong Low)
{
    public static bool TryFrom(ReadOnlySpan<byte> bytes, out MessageId id)
    {
        var isOne = bytes.Length == SessionLimits.MessageIdBytes;
        id = isOne
            ? new MessageId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]))
            : default;
        return isOne;
    }

    public ByteString ToByteString()
    {
        var bytes = new byte[SessionLimits.MessageIdBytes];
        CopyTo(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }
}
