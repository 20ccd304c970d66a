using System.Collections.Immutable;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Session;

/// <summary>Where a client stands: the last number of each room it is in, or wants back, and of its mailbox.</summary>
/// <remarks>A value; docs/PROTOCOL.md section 6b. A reply tells a number of the client's own, and may overtake posts with smaller
/// numbers: while missed ones are replayed, by thousands. So an own number counts only once everything before it has come; else a
/// connection that is cut in between would lose what it jumped over.</remarks>
internal sealed record ClientSessionPositions
{
    /// <summary>Own numbers kept that are ahead of what has come, for each room. A further one isn't counted: the server leaves it
    /// out of what it replays in any case.</summary>
    public const int OwnAheadMax = 1_024;

    private static readonly ImmutableSortedDictionary<string, Place> NoRooms =
        ImmutableSortedDictionary.Create<string, Place>(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, Place> Rooms { get; init; } = NoRooms;

    private Place? Mailbox { get; init; }

    /// <summary>Positions of an earlier connection: none of these rooms is entered yet.</summary>
    public static ClientSessionPositions Of(IEnumerable<Position> positions)
    {
        var all = positions.Select(position => (position.Room, Place: Place.At(position) with { IsEntered = false })).ToList();
        return new ClientSessionPositions
        {
            Mailbox = all.Find(position => position.Room.Length == 0).Place,
            Rooms = NoRooms.SetItems(all.Where(position => position.Room.Length > 0)
                .Select(position => KeyValuePair.Create(position.Room, position.Place))),
        };
    }

    /// <summary>For the next Hello: the mailbox first, then the rooms in the order of their UTF-16 code units.</summary>
    public IReadOnlyList<Position> ToList()
    {
        var rooms = Rooms.Select(room => room.Value.ToPosition(room.Key));
        return [.. Mailbox is null ? rooms : rooms.Prepend(Mailbox.ToPosition(""))];
    }

    /// <summary>Whether the room is entered, or was named in Hello and awaits that.</summary>
    public bool IsKnown(string room) => Rooms.ContainsKey(room);

    /// <summary>Whether the room was named in Hello and isn't entered yet.</summary>
    public bool IsAwaited(string room) => Rooms.TryGetValue(room, out var place) && !place.IsEntered;

    /// <summary>What comes of the room comes after this position, whatever was known before.</summary>
    public ClientSessionPositions Enter(Position position) => this with { Rooms = Rooms.SetItem(position.Room, Place.At(position)) };

    /// <summary>What comes into the mailbox comes after this position.</summary>
    public ClientSessionPositions EnterMailbox(Position position) => this with { Mailbox = Place.At(position) };

    public ClientSessionPositions Leave(string room) => this with { Rooms = Rooms.Remove(room) };

    /// <summary>A post or act came.</summary>
    /// <returns><c>null</c> where it can't have: an unknown room, another log, or a number told already.</returns>
    public ClientSessionPositions? Saw(Position? position) =>
        position is not null && Rooms.TryGetValue(position.Room, out var place) && place.Saw(position) is { } next
            ? this with { Rooms = Rooms.SetItem(position.Room, next) }
            : null;

    /// <summary>A private message came.</summary>
    /// <returns><c>null</c> where it can't have.</returns>
    public ClientSessionPositions? SawPrivate(Position? position) =>
        position is { Room.Length: 0 } && Mailbox?.Saw(position) is { } next ? this with { Mailbox = next } : null;

    /// <summary>A reply told the number of an own post.</summary>
    public ClientSessionPositions Own(string room, ulong sequence) => Rooms.TryGetValue(room, out var place)
        ? this with { Rooms = Rooms.SetItem(room, place.Own(sequence)) }
        : this;

    /// <summary>Numbers that won't come.</summary>
    /// <returns><c>null</c> where the room isn't entered.</returns>
    public ClientSessionPositions? Skip(Gap gap)
    {
        if (gap.Room.Length == 0)
            return Mailbox is { IsEntered: true } mailbox ? this with { Mailbox = mailbox.Skip(gap) } : null;
        return Rooms.TryGetValue(gap.Room, out var place) && place.IsEntered
            ? this with { Rooms = Rooms.SetItem(gap.Room, place.Skip(gap)) }
            : null;
    }

    /// <summary>One log: the last number that came, with own numbers that follow it without a hole.</summary>
    private sealed record Place(ulong Epoch, ulong Sequence, bool IsEntered, ImmutableSortedSet<ulong> OwnAhead)
    {
        public static Place At(Position position) => new(position.Epoch, position.Sequence, IsEntered: true, []);

        public Position ToPosition(string room) => new() { Room = room, Epoch = Epoch, Sequence = Sequence };

        public Place? Saw(Position position) => IsEntered && position.Epoch == Epoch && position.Sequence > Sequence
            ? (this with { Sequence = position.Sequence }).CatchUp()
            : null;

        public Place Own(ulong sequence) => !IsEntered || sequence <= Sequence || OwnAhead.Count >= OwnAheadMax
            ? this
            : (this with { OwnAhead = OwnAhead.Add(sequence) }).CatchUp();

        public Place Skip(Gap gap) => gap.Epoch == Epoch
            ? (this with { Sequence = Math.Max(Sequence, gap.ToSequence) }).CatchUp()
            : new Place(gap.Epoch, gap.ToSequence, IsEntered: true, []);

        private Place CatchUp()
        {
            var (sequence, ahead) = (Sequence, OwnAhead);
            while (ahead.Count > 0 && ahead.Min <= sequence + 1)
            {
                sequence = Math.Max(sequence, ahead.Min);
                ahead = ahead.Remove(ahead.Min);
            }
            return this with { Sequence = sequence, OwnAhead = ahead };
        }
    }
}
