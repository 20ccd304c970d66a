using System.Collections.Immutable;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;

namespace ChatLock.Actors.Registry;

/// <summary>Holders by key and by each comparison key of their names, and in the order in which their time runs out.</summary>
/// <remarks>A value. One name a key; no two holders' names share a comparison key: <see cref="With"/> is told so, not asked.</remarks>
public sealed record NameTable
{
    public static readonly NameTable Empty = new();

    private ImmutableDictionary<string, NameHolder> ByNameKey { get; init; } = ImmutableDictionary<string, NameHolder>.Empty;

    private ImmutableDictionary<Fingerprint, NameHolder> ByKey { get; init; } = ImmutableDictionary<Fingerprint, NameHolder>.Empty;

    /// <summary>By when they lost their connection.</summary>
    private ImmutableSortedSet<(long Ms, Fingerprint Key)> Detached { get; init; } = [];

    /// <summary>By when they were last seen.</summary>
    private ImmutableSortedSet<(long UnixMs, Fingerprint Key)> Reserved { get; init; } = [];

    /// <summary>By when their oldest message came.</summary>
    private ImmutableSortedSet<(long UnixMs, Fingerprint Key)> WithMail { get; init; } = [];

    public int Count => ByKey.Count;

    public int DetachedCount => Detached.Count;

    public int ReservedCount => Reserved.Count;

    public IEnumerable<NameHolder> All => ByKey.Values;

    public NameHolder? Of(Fingerprint key) => ByKey.GetValueOrDefault(key);

    /// <summary>Who holds exactly this name.</summary>
    public NameHolder? Of(UserName name) => name.Keys.Values
        .Select(nameKey => ByNameKey.GetValueOrDefault(nameKey))
        .FirstOrDefault(holder => holder is not null && holder.Name == name);

    /// <summary>Who, other than this key, holds the name or one that can't be told from it.</summary>
    public NameHolder? HeldByAnother(UserName name, Fingerprint key) => name.Keys.Values
        .Select(nameKey => ByNameKey.GetValueOrDefault(nameKey))
        .FirstOrDefault(holder => holder is not null && holder.Key != key);

    /// <summary>The one who has been without a connection for longest, if since then or before.</summary>
    public NameHolder? DetachedUntil(long ms) => First(Detached, ms);

    public NameHolder? ReservedUntil(long unixMs) => First(Reserved, unixMs);

    public NameHolder? WithMailUntil(long unixMs) => First(WithMail, unixMs);

    /// <summary>Puts a holder in the place of whatever its key held.</summary>
    public NameTable With(NameHolder holder)
    {
        var cleared = Without(holder.Key);
        return cleared with
        {
            ByNameKey = cleared.ByNameKey.SetItems(holder.Name.Keys.Values.Select(nameKey => KeyValuePair.Create(nameKey, holder))),
            ByKey = cleared.ByKey.SetItem(holder.Key, holder),
            Detached = holder.Hold == Hold.Detached ? cleared.Detached.Add((holder.DetachedMs, holder.Key)) : cleared.Detached,
            Reserved = holder.Hold == Hold.Reserved ? cleared.Reserved.Add((holder.LastSeenUnixMs, holder.Key)) : cleared.Reserved,
            WithMail = holder.MailSinceUnixMs > 0 ? cleared.WithMail.Add((holder.MailSinceUnixMs, holder.Key)) : cleared.WithMail,
        };
    }

    public NameTable Without(Fingerprint key) => !ByKey.TryGetValue(key, out var holder) ? this : this with
    {
        ByNameKey = ByNameKey.RemoveRange(holder.Name.Keys.Values),
        ByKey = ByKey.Remove(key),
        Detached = Detached.Remove((holder.DetachedMs, key)),
        Reserved = Reserved.Remove((holder.LastSeenUnixMs, key)),
        WithMail = WithMail.Remove((holder.MailSinceUnixMs, key)),
    };

    private NameHolder? First(ImmutableSortedSet<(long At, Fingerprint Key)> order, long until) =>
        order.Count > 0 && order.Min.At <= until ? ByKey[order.Min.Key] : null;
}
