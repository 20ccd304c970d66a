using System.Collections.Immutable;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Session;

/// <summary>Where a client says it stands: in the lobby, in its mailbox, and in the rooms that it wants to be in again.</summary>
/// <param name="Lobby">The lobby's position; <c>null</c>: it says nothing of it.</param>
/// <param name="Mailbox">The mailbox's.</param>
/// <param name="Rooms">The others, in the client's order. What they are called is whatever the client wrote.</param>
internal sealed record Standing(Position? Lobby, Position? Mailbox, ImmutableQueue<Position> Rooms)
{
    public static readonly Standing Nowhere = new(null, null, []);

    /// <summary>Sorts the positions of a Hello.</summary>
    /// <returns><c>false</c> when a room stands there twice, or there are more than <paramref name="max"/>.</returns>
    public static bool TryRead(IReadOnlyCollection<Position> positions, int max, out Standing standing)
    {
        standing = Nowhere;
        if (positions.Count == 0)
            return true;
        if (positions.Count > max || positions.DistinctBy(position => position.Room).Count() < positions.Count)
            return false;

        standing = new Standing(
            positions.FirstOrDefault(position => position.Room == RoomId.Lobby.Text),
            positions.FirstOrDefault(position => position.Room.Length == 0),
            [.. positions.Where(position => position.Room.Length > 0 && position.Room != RoomId.Lobby.Text)]);
        return true;
    }
}
