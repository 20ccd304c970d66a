using System.Collections.Immutable;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>Who came, went and changed names since the last announcement. One that came and went again is left out.</summary>
public sealed record PendingPresence
{
    /// <summary>Changes told by name in one frame; what is more is told as counts.</summary>
    public const int NamesMax = 50;

    public static readonly PendingPresence None = new();

    private ImmutableDictionary<Fingerprint, Member> Joined { get; init; } = ImmutableDictionary<Fingerprint, Member>.Empty;

    private ImmutableDictionary<Fingerprint, Departure> Left { get; init; } = ImmutableDictionary<Fingerprint, Departure>.Empty;

    private ImmutableDictionary<Fingerprint, Renaming> Renamed { get; init; } = ImmutableDictionary<Fingerprint, Renaming>.Empty;

    public bool IsEmpty => Joined.IsEmpty && Left.IsEmpty && Renamed.IsEmpty;

    public PendingPresence OnJoined(Fingerprint key, Member member) => this with { Joined = Joined.SetItem(key, member) };

    public PendingPresence OnLeft(Fingerprint key, Member member, CloseReason reason) =>
        Joined.ContainsKey(key) && !Left.ContainsKey(key)
            ? this with { Joined = Joined.Remove(key), Renamed = Renamed.Remove(key) }
            : this with
            {
                Joined = Joined.Remove(key),
                Renamed = Renamed.Remove(key),
                Left = Left.ContainsKey(key) ? Left : Left.Add(key, new Departure { Member = member, Reason = reason }),
            };

    public PendingPresence OnRenamed(Fingerprint key, string from, Member to) =>
        Joined.ContainsKey(key) ? OnJoined(key, to)
        : Renamed.TryGetValue(key, out var earlier) ? WithRenaming(key, earlier.From, to)
        : WithRenaming(key, from, to);

    public Presence ToFrame(string room, int online) => new()
    {
        Room = room,
        Online = (uint)online,
        Joined = { Joined.Values.Take(NamesMax) },
        Left = { Left.Values.Take(NamesMax) },
        Renamed = { Renamed.Values.Take(NamesMax) },
        MoreJoined = Rest(Joined.Count),
        MoreLeft = Rest(Left.Count),
        MoreRenamed = Rest(Renamed.Count),
    };

    private PendingPresence WithRenaming(Fingerprint key, string from, Member to) => this with
    {
        Renamed = from == to.Name
            ? Renamed.Remove(key)
            : Renamed.SetItem(key, new Renaming { From = from, To = to }),
    };

    private static uint Rest(int count) => (uint)Math.Max(0, count - NamesMax);
}
