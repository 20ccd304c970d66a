using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <summary>What is fixed when a room is made.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Epoch">Which log its numbers belong to: a room made anew under an old name has another.</param>
/// <param name="Suite">A number to this server; the clients know what it stands for.</param>
/// <param name="OwnerKey">Identity key of who made it, 65 bytes; empty for the lobby.</param>
/// <param name="OpenSecret">What its members get from the gateway; empty for sealed rooms.</param>
public sealed record RoomBirth(RoomId Id, ulong Epoch, uint Suite, ByteString OwnerKey, ByteString OpenSecret)
{
    public Fingerprint? Owner { get; } = OwnerKey.IsEmpty ? null : Fingerprint.Of(OwnerKey.Span);

    /// <summary>Everyone is in it, and it is there from the start to the end.</summary>
    public bool IsLobby => Id.Kind == RoomKind.Lobby;
}
