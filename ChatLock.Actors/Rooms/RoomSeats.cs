using System.Collections.Immutable;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>A member of a room.</summary>
/// <param name="Member">Name and identity key, as everyone may see them.</param>
/// <param name="NameKey">By which rosters are ordered: <see cref="KeyOf"/>.</param>
/// <param name="Session">The session that has the seat, gone from its connection or not.</param>
/// <param name="DetachedMs">Since when it has no connection, by the monotonic clock; null: it has one.</param>
/// <param name="IsAwayTold">Others were told that it is away.</param>
/// <param name="CatchUp">What it still has to get; null: all that comes, if it has a connection.</param>
public sealed record Seat(
    Member Member, string NameKey, SessionHandle Session, long? DetachedMs, bool IsAwayTold, CatchUp? CatchUp)
{
    public static Seat Of(Member member, SessionHandle session) =>
        new(member, KeyOf(member.Name), session, DetachedMs: null, IsAwayTold: false, CatchUp: null);

    public static string KeyOf(string name) => UserName.TryParse(name, out var parsed, out _) ? parsed.CaseMapped : name;

    /// <summary>It gets what is sent to the room.</summary>
    public bool IsLive => DetachedMs is null && CatchUp is null;

    /// <summary>As a roster has it.</summary>
    public Member Shown => IsAwayTold ? new Member { Name = Member.Name, IdentityKey = Member.IdentityKey, Away = true } : Member;
}

/// <summary>Who is in a room: by key, in the order of names, and which of them have no connection or are behind.</summary>
public sealed record RoomSeats
{
    /// <summary>Members in one page.</summary>
    public const int PageMembers = 50;

    public static readonly RoomSeats Empty = new();

    private ImmutableDictionary<Fingerprint, Seat> ByKey { get; init; } = ImmutableDictionary<Fingerprint, Seat>.Empty;

    /// <remarks>A name that was given up may be held by its next owner already: keys tell them apart.</remarks>
    private ImmutableSortedSet<(string NameKey, Fingerprint Key)> Names { get; init; } =
        ImmutableSortedSet.Create<(string NameKey, Fingerprint Key)>(Comparer<(string NameKey, Fingerprint Key)>.Create((a, b) =>
            string.CompareOrdinal(a.NameKey, b.NameKey) is var order and not 0 ? order : a.Key.CompareTo(b.Key)));

    /// <summary>Those without a connection.</summary>
    public ImmutableHashSet<Fingerprint> Detached { get; private init; } = [];

    /// <summary>Those who get what they missed.</summary>
    public ImmutableHashSet<Fingerprint> Behind { get; private init; } = [];

    public int Count => ByKey.Count;

    public Seat? Of(Fingerprint key) => ByKey.GetValueOrDefault(key);

    /// <summary>The key's seat, if it is this session's.</summary>
    public Seat? Of(Fingerprint key, SessionId session) => Of(key) is { } seat && seat.Session.Id == session ? seat : null;

    public RoomSeats With(Fingerprint key, Seat seat)
    {
        var names = Names;
        var old = Of(key);
        if (old?.NameKey != seat.NameKey)
        {
            if (old is not null)
                names = names.Remove((old.NameKey, key));
            names = names.Add((seat.NameKey, key));
        }

        return this with
        {
            ByKey = ByKey.SetItem(key, seat),
            Names = names,
            Detached = seat.DetachedMs is null ? Detached.Remove(key) : Detached.Add(key),
            Behind = seat.CatchUp is null ? Behind.Remove(key) : Behind.Add(key),
        };
    }

    public RoomSeats Without(Fingerprint key) => Of(key) is not { } seat ? this : this with
    {
        ByKey = ByKey.Remove(key),
        Names = Names.Remove((seat.NameKey, key)),
        Detached = Detached.Remove(key),
        Behind = Behind.Remove(key),
    };

    /// <summary>The page that follows a name; the first one after "".</summary>
    public Roster PageAfter(string name)
    {
        var start = name.Length == 0 ? 0 : FirstAfter(Seat.KeyOf(name));
        var end = Math.Min(start + PageMembers, Names.Count);
        var roster = new Roster { Online = (uint)Count, More = end < Names.Count };
        for (var i = start; i < end; i++)
            roster.Members.Add(ByKey[Names[i].Key].Shown);
        return roster;
    }

    /// <summary>No fingerprint is greater than all ones, so nobody of that name follows.</summary>
    private int FirstAfter(string nameKey)
    {
        Fingerprint.TryFrom(Enumerable.Repeat(byte.MaxValue, Fingerprint.Bytes).ToArray(), out var last);
        var index = Names.IndexOf((nameKey, last));
        return index >= 0 ? index + 1 : ~index;
    }
}
