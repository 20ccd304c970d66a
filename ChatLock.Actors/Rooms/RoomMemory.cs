using ChatLock.Actors.Sessions;

namespace ChatLock.Actors.Rooms;

/// <summary>What a room knows; kept outside its actor, so that a restart after a bug loses nobody.</summary>
public sealed class RoomMemory(RoomState initial)
{
    internal RoomState State { get; set; } = initial;

    internal Dictionary<SessionId, SessionHandle> Sessions { get; } = [];
}
