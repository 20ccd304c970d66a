using System.Collections.Immutable;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <summary>A room that there is, started or not.</summary>
/// <param name="OwnerKey">Identity key, 65 bytes; empty for the lobby.</param>
/// <param name="UsedUnixMs">When somebody was in it, by <see cref="RoomsState.TouchesOfIdle"/> of its idle time at the latest.</param>
public sealed record RoomEntry(RoomId Id, ulong Epoch, uint Suite, ByteString OwnerKey, long MadeUnixMs, long UsedUnixMs)
{
    public Fingerprint? Owner { get; } = OwnerKey.IsEmpty ? null : Fingerprint.Of(OwnerKey.Span);

    internal StoredRoomMade ToStored() => new()
    {
        Room = Id.Text,
        Epoch = Epoch,
        Suite = Suite,
        OwnerKey = OwnerKey,
        MadeUnixMs = MadeUnixMs,
        UsedUnixMs = UsedUnixMs,
    };

    internal static RoomEntry From(StoredRoomMade stored) => RoomId.TryParse(stored.Room, out var id)
        ? new RoomEntry(id, stored.Epoch, stored.Suite, stored.OwnerKey, stored.MadeUnixMs, stored.UsedUnixMs)
        : throw new InvalidDataException("A room in the directory has no valid id.");
}

/// <summary>Which rooms there are: what the directory's journal holds.</summary>
public sealed record RoomDirectory
{
    public static readonly RoomDirectory Empty = new();

    private ImmutableDictionary<RoomId, RoomEntry> Rooms { get; init; } = ImmutableDictionary<RoomId, RoomEntry>.Empty;

    private ImmutableDictionary<Fingerprint, int> Owned { get; init; } = ImmutableDictionary<Fingerprint, int>.Empty;

    /// <summary>Open rooms in the order of their names.</summary>
    public ImmutableSortedSet<string> Open { get; private init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Deleted rooms whose journals are still to be erased.</summary>
    public ImmutableHashSet<(RoomId Room, ulong Epoch)> Gone { get; private init; } = [];

    /// <summary>No epoch is used twice, whatever the clock says.</summary>
    public ulong LastEpoch { get; private init; }

    public int Count => Rooms.Count;

    public IEnumerable<RoomEntry> All => Rooms.Values;

    public RoomEntry? Of(RoomId room) => Rooms.GetValueOrDefault(room);

    public int OwnedBy(Fingerprint key) => Owned.GetValueOrDefault(key);

    public ulong NextEpoch(long nowUnixMs) => Math.Max((ulong)nowUnixMs, LastEpoch + 1);

    /// <exception cref="InvalidDataException">It isn't an event of a directory.</exception>
    internal RoomDirectory With(StoredDirectoryEvent happened) => happened.EventCase switch
    {
        StoredDirectoryEvent.EventOneofCase.Made => With(RoomEntry.From(happened.Made)),
        StoredDirectoryEvent.EventOneofCase.Used => Used(Id(happened.Used.Room), happened.Used.UsedUnixMs),
        StoredDirectoryEvent.EventOneofCase.Gone => Without(Id(happened.Gone.Room), happened.Gone.Epoch),
        StoredDirectoryEvent.EventOneofCase.Erased => this with { Gone = Gone.Remove((Id(happened.Erased.Room), happened.Erased.Epoch)) },
        _ => throw new InvalidDataException("The directory holds an event of a newer version."),
    };

    public RoomDirectory With(RoomEntry room)
    {
        var without = Of(room.Id) is { } old ? Without(room.Id, old.Epoch) : this;
        return without with
        {
            Rooms = without.Rooms.SetItem(room.Id, room),
            Owned = room.Owner is { } owner ? without.Owned.SetItem(owner, without.OwnedBy(owner) + 1) : without.Owned,
            Open = room.Id.Kind == RoomKind.Open ? without.Open.Add(room.Id.Text) : without.Open,
            LastEpoch = Math.Max(without.LastEpoch, room.Epoch),
        };
    }

    public ByteString ToSnapshot()
    {
        var stored = new StoredDirectory { LastEpoch = LastEpoch };
        stored.Rooms.AddRange(Rooms.Values.Select(room => room.ToStored()));
        stored.Gone.AddRange(Gone.Select(gone => new StoredRoomId { Room = gone.Room.Text, Epoch = gone.Epoch }));
        return stored.ToByteString();
    }

    /// <exception cref="InvalidDataException">It isn't a snapshot of a directory.</exception>
    public static RoomDirectory From(ByteString? snapshot)
    {
        if (snapshot is null)
            return Empty;
        var stored = StoredDirectory.Parser.ParseFrom(snapshot);
        return stored.Rooms.Select(RoomEntry.From).Aggregate(Empty, (directory, room) => directory.With(room)) with
        {
            Gone = [.. stored.Gone.Select(gone => (Id(gone.Room), gone.Epoch))],
            LastEpoch = stored.LastEpoch,
        };
    }

    private RoomDirectory Used(RoomId id, long usedUnixMs) => Of(id) is { } room
        ? this with { Rooms = Rooms.SetItem(id, room with { UsedUnixMs = usedUnixMs }) }
        : this;

    private RoomDirectory Without(RoomId id, ulong epoch)
    {
        if (Of(id) is not { } room || room.Epoch != epoch)
            return this;
        return this with
        {
            Rooms = Rooms.Remove(id),
            Owned = room.Owner is not { } owner ? Owned
                : OwnedBy(owner) > 1 ? Owned.SetItem(owner, OwnedBy(owner) - 1)
                : Owned.Remove(owner),
            Open = Open.Remove(id.Text),
            Gone = Gone.Add((id, epoch)),
        };
    }

    private static RoomId Id(string text) => RoomId.TryParse(text, out var id)
        ? id
        : throw new InvalidDataException("A room in the directory has no valid id.");
}
