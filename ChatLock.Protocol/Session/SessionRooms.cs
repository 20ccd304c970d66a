using System.Collections.Immutable;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Session;

/// <summary>The rooms of one session: in which it is, into which it is on its way, and which are still to be brought back.</summary>
/// <remarks>A value. Bounded by the limit on rooms, which its user checks: <see cref="Count"/>.</remarks>
internal sealed record SessionRooms
{
    public static readonly SessionRooms None = new();

    /// <param name="Room">Which one.</param>
    /// <param name="IsIn">It has answered that the session is a member.</param>
    /// <param name="Asked">The request to enter that isn't answered yet; 0: one of the session's own, to bring it back.</param>
    /// <param name="Leaving">The request to leave that waits for that answer.</param>
    private sealed record Seat(RoomId Room, bool IsIn, ulong? Asked, ulong? Leaving);

    private ImmutableDictionary<string, Seat> Seats { get; init; } = ImmutableDictionary<string, Seat>.Empty;

    private ImmutableQueue<Position> Waiting { get; init; } = [];

    /// <summary>Rooms that count against the limit: all but the lobby, those to be brought back among them.</summary>
    public int Count => SeatCount + Waiting.Count();

    /// <summary>The same without those that nobody was asked for yet.</summary>
    public int SeatCount => Seats.Count - (Seats.ContainsKey(RoomId.Lobby.Text) ? 1 : 0);

    /// <summary>How many are being brought back.</summary>
    public int UnderWay => Seats.Values.Count(seat => seat.Asked == 0);

    /// <summary>In the lobby, with these still to be brought back.</summary>
    public static SessionRooms Entered(ImmutableQueue<Position> waiting) => new()
    {
        Seats = None.Seats.Add(RoomId.Lobby.Text, new Seat(RoomId.Lobby, IsIn: true, Asked: null, Leaving: null)),
        Waiting = waiting,
    };

    /// <summary>The room of this id, if the session is in it.</summary>
    public RoomId? Where(string room) => Seats.TryGetValue(room, out var seat) && seat.IsIn ? seat.Room : null;

    /// <summary>Whether a request to enter it isn't answered yet.</summary>
    public bool IsAsked(RoomId room) => Seats.TryGetValue(room.Text, out var seat) && seat.Asked is not null;

    /// <summary>Takes the next one to be brought back off the queue.</summary>
    public bool TryNext(out Position next, out SessionRooms rest)
    {
        (next, rest) = (new Position(), this);
        if (Waiting.IsEmpty)
            return false;
        rest = this with { Waiting = Waiting.Dequeue(out next) };
        return true;
    }

    /// <summary>Takes a room off the queue, wherever it stands.</summary>
    public bool TryTake(RoomId room, out Position position, out SessionRooms rest)
    {
        var found = Waiting.FirstOrDefault(waiting => waiting.Room == room.Text);
        position = found ?? new Position();
        rest = found is null ? this : this with { Waiting = [.. Waiting.Where(waiting => !ReferenceEquals(waiting, found))] };
        return found is not null;
    }

    public SessionRooms Asked(RoomId room, ulong @ref) =>
        With(Seats.TryGetValue(room.Text, out var seat) ? seat with { Asked = @ref } : new Seat(room, IsIn: false, @ref, Leaving: null));

    /// <summary>An answer to the request to enter; <c>false</c>: nobody asked.</summary>
    /// <param name="room">The room that answers.</param>
    /// <param name="ref">The request.</param>
    /// <param name="isIn">Whether the session is a member now. One that was before stays one.</param>
    /// <param name="next">The rooms afterwards.</param>
    /// <param name="leaving">The request to leave that has waited for this answer.</param>
    /// <param name="isMember">Whether there is something to leave.</param>
    public bool TryAnswer(RoomId room, ulong @ref, bool isIn, out SessionRooms next, out ulong? leaving, out bool isMember)
    {
        (next, leaving, isMember) = (this, null, false);
        if (!Seats.TryGetValue(room.Text, out var seat) || seat.Asked != @ref)
            return false;

        (leaving, isMember) = (seat.Leaving, isIn || seat.IsIn);
        next = isMember && leaving is null
            ? With(seat with { IsIn = true, Asked = null })
            : Without(room);
        return true;
    }

    /// <summary>What a request to leave comes to.</summary>
    public Parting Leave(RoomId room, ulong @ref, out SessionRooms next)
    {
        next = this;
        if (TryTake(room, out _, out next))
            return Parting.Done;
        if (!Seats.TryGetValue(room.Text, out var seat) || seat.Leaving is not null)
            return Parting.NotIn;

        next = seat.Asked is null ? Without(room) : With(seat with { Leaving = @ref });
        return seat.Asked is null ? Parting.Leave : Parting.Wait;
    }

    public SessionRooms Expelled(RoomId room) =>
        !Seats.TryGetValue(room.Text, out var seat) ? this
        : seat.Asked is null ? Without(room)
        : With(seat with { IsIn = false });

    private SessionRooms With(Seat seat) => this with { Seats = Seats.SetItem(seat.Room.Text, seat) };

    private SessionRooms Without(RoomId room) => this with { Seats = Seats.Remove(room.Text) };
}

/// <summary>What a request to leave a room comes to.</summary>
internal enum Parting
{
    /// <summary>The session isn't in that room.</summary>
    NotIn,

    /// <summary>It was still to be brought back, and won't be.</summary>
    Done,

    /// <summary>The room is to be told.</summary>
    Leave,

    /// <summary>The room has to answer first.</summary>
    Wait,
}
