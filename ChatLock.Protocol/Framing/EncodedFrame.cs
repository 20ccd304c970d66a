using System.Buffers.Binary;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Framing;

/// <summary>A frame encoded once, shared by everyone it is sent to. Immutable: nobody may write into its bytes.</summary>
/// <remarks>docs/PROTOCOL.md section 2.</remarks>
public sealed class EncodedFrame
{
    private readonly byte[] _bytes;

    private EncodedFrame(byte[] bytes) => _bytes = bytes;

    /// <summary>Length prefix and body, as a byte stream carries them.</summary>
    public ReadOnlyMemory<byte> WithPrefix => _bytes;

    /// <summary>The body alone, as one WebSocket message carries it.</summary>
    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(LengthPrefix.Bytes);

    /// <summary>Length with the prefix, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Encodes a frame from the server.</summary>
    public static EncodedFrame Of(ServerFrame frame) => Encode(frame);

    /// <summary>Encodes a frame from a client.</summary>
    public static EncodedFrame Of(ClientFrame frame) => Encode(frame);

    private static EncodedFrame Encode(IMessage frame)
    {
        var size = frame.CalculateSize();
        var bytes = new byte[LengthPrefix.Bytes + size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)size);
        frame.WriteTo(bytes.AsSpan(LengthPrefix.Bytes));
        return new EncodedFrame(bytes);
    }
}
