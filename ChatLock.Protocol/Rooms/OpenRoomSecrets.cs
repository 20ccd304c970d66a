using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace ChatLock.Protocol.Rooms;

/// <summary>The secrets of rooms that get them from the gateway, all derived from one key, so that none is stored with messages.</summary>
/// <remarks>docs/PROTOCOL.md section 6a. Secret = HKDF-SHA256(master key, info = "ChatLock v1 open room" ‖ 0x00 ‖ SHA-256 of the
/// room's id (32) ‖ epoch of its log (8, big-endian), 32 bytes): a room made anew under an old name has a new secret.</remarks>
public sealed class OpenRoomSecrets
{
    /// <summary>Length of the master key and of each secret, in bytes.</summary>
    public const int Bytes = 32;

    private static readonly byte[] Label = Encoding.ASCII.GetBytes("ChatLock v1 open room\0");

    private readonly byte[] _master;

    /// <summary>Secrets derived from a key that somebody keeps.</summary>
    /// <param name="master">32 random bytes; copied. Whoever has them can read every open room.</param>
    public OpenRoomSecrets(ReadOnlySpan<byte> master)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(master.Length, Bytes);
        _master = master.ToArray();
    }

    /// <summary>Secrets that are gone with the process.</summary>
    public static OpenRoomSecrets Random() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A room's secret, 32 bytes: for its members, never for a log.</summary>
    /// <param name="room">An open room or the lobby.</param>
    /// <param name="epoch">The epoch of its log.</param>
    public ByteString Of(RoomId room, ulong epoch)
    {
        ArgumentNullException.ThrowIfNull(room);
        var number = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(number, epoch);
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, Bytes, info: [.. Label, .. room.Target(), .. number]);
        return UnsafeByteOperations.UnsafeWrap(secret);
    }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "secrets of open rooms";
}
