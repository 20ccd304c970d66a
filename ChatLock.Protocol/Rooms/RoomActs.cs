using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Rooms;

/// <summary>The signature and the form of an act of moderation. Who may do what is <see cref="RoomRules"/>.</summary>
/// <remarks>docs/PROTOCOL.md section 6a.</remarks>
public static class RoomActs
{
    /// <summary>Longest mute or slow mode, in seconds: a week.</summary>
    public const uint SecondsMax = 7 * 24 * 3600;

    private static readonly byte[] Label = Encoding.ASCII.GetBytes("ChatLock v1 room act\0");

    /// <summary>The bytes that an act's signature covers: label ‖ SHA-256 of the room's id (32) ‖ epoch (8) ‖ number (8) ‖ kind (1) ‖
    /// fingerprint of who does it (32) ‖ target (32, zeros if there is none) ‖ seconds (4) ‖ SHA-256 of the envelope (32).</summary>
    /// <param name="room">The room's id as on the wire.</param>
    /// <param name="epoch">The epoch of the room's log: an act of a room that was there before under the same name isn't one of this.</param>
    /// <param name="act">With a target of 32 bytes or none and an identity key of 65.</param>
    public static byte[] Context(string room, ulong epoch, RoomAct act)
    {
        Span<byte> numbers = stackalloc byte[8 + 8 + 1];
        BinaryPrimitives.WriteUInt64BigEndian(numbers, epoch);
        BinaryPrimitives.WriteUInt64BigEndian(numbers[8..], act.Number);
        numbers[16] = (byte)act.Kind;
        Span<byte> seconds = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(seconds, act.Seconds);
        var target = act.Target.IsEmpty ? new byte[Fingerprint.Bytes] : act.Target.ToByteArray();
        return
        [
            .. Label, .. SHA256.HashData(Encoding.UTF8.GetBytes(room)), .. numbers, .. Fingerprint.Of(act.By.Span).ToBytes(), .. target, .. seconds,
            .. SHA256.HashData(act.Envelope.Span),
        ];
    }

    /// <summary>Whether the act has the form of its kind: target, seconds and envelope where they belong and nowhere else.</summary>
    public static bool IsWellFormed(RoomAct act) => act.By.Length == KeyProof.PointBytes && act.Number > 0 && act.Kind switch
    {
        RoomActKind.Mute => HasTarget(act) && act.Seconds <= SecondsMax && act.Envelope.IsEmpty,
        RoomActKind.Kick or RoomActKind.Ban or RoomActKind.Unban or RoomActKind.Unmute or RoomActKind.Op or RoomActKind.Deop =>
            HasTarget(act) && act.Seconds == 0 && act.Envelope.IsEmpty,
        RoomActKind.Topic => act.Target.IsEmpty && act.Seconds == 0,
        RoomActKind.SlowMode => act.Target.IsEmpty && act.Seconds <= SecondsMax && act.Envelope.IsEmpty,
        _ => false,
    };

    /// <summary>Whether the act is well-formed and signed by the key that it names. Any bytes are answered.</summary>
    public static bool Verify(string room, ulong epoch, RoomAct act) =>
        IsWellFormed(act)
        && P256PublicKey.TryImport(act.By.Span, out var key)
        && key.Verify(Context(room, epoch, act), act.Signature.Span);

    private static bool HasTarget(RoomAct act) => act.Target.Length == Fingerprint.Bytes;
}
