using System.Collections.Immutable;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>Who came, went, lost a connection and changed names since the last announcement.</summary>
public sealed record PendingPresence
{
    /// <summary>Changes told by name in one frame; what is more is told as counts.</summary>
    public const int NamesMax = 50;

    public static readonly PendingPresence None = new();

    private ImmutableDictionary<Fingerprint, Member> Joined { get; init; } = ImmutableDictionary<Fingerprint, Member>.Empty;

    private ImmutableDictionary<Fingerprint, Departure> Left { get; init; } = ImmutableDictionary<Fingerprint, Departure>.Empty;

    private ImmutableDictionary<Fingerprint, Renaming> Renamed { get; init; } = ImmutableDictionary<Fingerprint, Renaming>.Empty;

    private ImmutableDictionary<Fingerprint, Member> Away { get; init; } = ImmutableDictionary<Fingerprint, Member>.Empty;

    private ImmutableDictionary<Fingerprint, Member> Back { get; init; } = ImmutableDictionary<Fingerprint, Member>.Empty;

    public bool IsEmpty => Joined.IsEmpty && Left.IsEmpty && Renamed.IsEmpty && Away.IsEmpty && Back.IsEmpty;

    public PendingPresence OnJoined(Fingerprint key, Member member) => this with { Joined = Joined.SetItem(key, member) };

    /// <remarks>Told even of one whose coming wasn't: whoever was welcomed in between has it in the roster.</remarks>
    public PendingPresence OnLeft(Fingerprint key, Member member, CloseReason reason) => this with
    {
        Joined = Joined.Remove(key),
        Renamed = Renamed.Remove(key),
        Away = Away.Remove(key),
        Back = Back.Remove(key),
        Left = Left.SetItem(key, new Departure { Member = member, Reason = reason }),
    };

    public PendingPresence OnAway(Fingerprint key, Member member) => this with
    {
        Back = Back.Remove(key),
        Away = Away.SetItem(key, member),
    };

    /// <summary>Has a connection again; or is here again after a restart of the server, which is nothing to speak of either.</summary>
    public PendingPresence OnBack(Fingerprint key, Member member) => this with
    {
        Away = Away.Remove(key),
        Back = Back.SetItem(key, member),
    };

    /// <remarks>Told even of one whose coming wasn't, for the same reason.</remarks>
    public PendingPresence OnRenamed(Fingerprint key, string from, Member to)
    {
        var first = Renamed.TryGetValue(key, out var earlier) ? earlier.From : from;
        return this with
        {
            Joined = Joined.ContainsKey(key) ? Joined.SetItem(key, to) : Joined,
            Away = Away.ContainsKey(key) ? Away.SetItem(key, to) : Away,
            Back = Back.ContainsKey(key) ? Back.SetItem(key, to) : Back,
            Renamed = first == to.Name ? Renamed.Remove(key) : Renamed.SetItem(key, new Renaming { From = first, To = to }),
        };
    }

    public Presence ToFrame(string room, int online) => new()
    {
        Room = room,
        Online = (uint)online,
        Joined = { Joined.Values.Take(NamesMax) },
        Left = { Left.Values.Take(NamesMax) },
        Renamed = { Renamed.Values.Take(NamesMax) },
        Away = { Away.Values.Take(NamesMax) },
        Back = { Back.Values.Take(NamesMax) },
        MoreJoined = Rest(Joined.Count),
        MoreLeft = Rest(Left.Count),
        MoreRenamed = Rest(Renamed.Count),
        MoreAway = Rest(Away.Count),
        MoreBack = Rest(Back.Count),
    };

    private static uint Rest(int count) => (uint)Math.Max(0, count - NamesMax);
}
