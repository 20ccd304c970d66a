using System.Collections.Immutable;
using Akka.Actor;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Identity;
using Google.Protobuf;

namespace ChatLock.Actors.Registry;

/// <summary>
/// Which changes aren't stored yet. They are stored a little later and many at a time: one append has them all as they are
/// then, so that what is stored is always one moment of the registry. When the journal fails they are kept and stored
/// once it works again; names are granted meanwhile.
/// </summary>
public sealed record NameLog
{
    /// <summary>How long a change waits for others to be stored with it.</summary>
    public static readonly TimeSpan SaveInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Holders in one event; an append has as many events as it takes.</summary>
    public const int EventHolders = 1000;

    /// <summary>Keys whose changes are remembered one by one; beyond that, everything is stored anew.</summary>
    public const int ChangedMax = 200_000;

    /// <summary>Changes after which a snapshot takes the place of all events, if there are no more names than that.</summary>
    public const int SnapshotAfter = 2000;

    public static readonly NameLog New = new();

    private ImmutableHashSet<Fingerprint> Changed { get; init; } = [];

    /// <summary>In the append that isn't answered yet; null: none is under way.</summary>
    private ImmutableHashSet<Fingerprint>? UnderWay { get; init; }

    private bool IsOpen { get; init; }

    /// <summary>A save has been asked for and hasn't come.</summary>
    private bool IsDue { get; init; }

    /// <summary>More has changed than is remembered.</summary>
    private bool IsOverrun { get; init; }

    private int Stored { get; init; }

    private ImmutableList<IActorRef> Flushing { get; init; } = [];

    public (NameLog Next, IReadOnlyList<RegistryEffect> Effects) OnChanged(Fingerprint key)
    {
        var next = Changed.Count < ChangedMax ? this with { Changed = Changed.Add(key) } : this with { IsOverrun = true };
        return next.SaveLater();
    }

    /// <summary>Stores all that has changed, unless an append is under way: its answer comes back here.</summary>
    public (NameLog Next, IReadOnlyList<RegistryEffect> Effects) Save(NameTable names)
    {
        var next = this with { IsDue = false };
        if (!IsOpen || UnderWay is not null || Changed.IsEmpty)
            return (next, []);

        var events = Changed.Chunk(EventHolders).Select(keys => Event(names, keys)).ToList();
        return (next with { Changed = [], UnderWay = Changed }, [new RegistryEffect.Append(events)]);
    }

    /// <summary>Someone waits until everything is stored; no longer than it can be.</summary>
    public (NameLog Next, IReadOnlyList<RegistryEffect> Effects) Flush(NameTable names, IActorRef asker)
    {
        if (!IsOpen || (Changed.IsEmpty && UnderWay is null))
            return (this, [new RegistryEffect.Flushed(asker)]);
        return (this with { Flushing = Flushing.Add(asker) }).Save(names);
    }

    public (NameLog Next, IReadOnlyList<RegistryEffect> Effects) OnAppended(NameTable names, long last)
    {
        var next = this with { UnderWay = null, Stored = Stored + (UnderWay?.Count ?? 0) };
        if (next.Stored >= Math.Max(SnapshotAfter, names.Count))
        {
            // Whatever has changed since is in it too: what follows in the journal says the same once more.
            return (next with { Stored = 0 }).Then(names, new RegistryEffect.Snapshot(last, NameRecords.Snapshot(names)));
        }

        return next.Then(names);
    }

    /// <summary>What was under way is of unknown fate, and stored again: it says how things are, not what happened.</summary>
    public (NameLog Next, IReadOnlyList<RegistryEffect> Effects) OnFailed()
    {
        var next = this with
        {
            IsOpen = false,
            Changed = UnderWay is null ? Changed : Changed.Union(UnderWay),
            UnderWay = null,
            Flushing = [],
        };
        return (next, [.. Flushing.Select(asker => new RegistryEffect.Flushed(asker))]);
    }

    public (NameLog Next, IReadOnlyList<RegistryEffect> Effects) OnRecovered(NameTable names, long last)
    {
        var open = this with
        {
            IsOpen = true,
            Changed = UnderWay is null ? Changed : Changed.Union(UnderWay),
            UnderWay = null,
        };
        if (!IsOverrun)
            return open.Changed.IsEmpty ? (open, []) : open.SaveLater();

        var whole = open with { IsOverrun = false, Changed = last == 0 ? [.. names.All.Select(holder => holder.Key)] : [] };
        return last == 0
            ? whole.SaveLater()
            : (whole, [new RegistryEffect.Snapshot(last, NameRecords.Snapshot(names))]);
    }

    private (NameLog, IReadOnlyList<RegistryEffect>) Then(NameTable names, params IReadOnlyList<RegistryEffect> first)
    {
        if (Flushing.IsEmpty)
        {
            var (later, more) = Changed.IsEmpty ? (this, []) : SaveLater();
            return (later, [.. first, .. more]);
        }

        if (!Changed.IsEmpty)
        {
            var (saving, append) = Save(names);
            return (saving, [.. first, .. append]);
        }

        return (this with { Flushing = [] }, [.. first, .. Flushing.Select(asker => new RegistryEffect.Flushed(asker))]);
    }

    private (NameLog, IReadOnlyList<RegistryEffect>) SaveLater() =>
        IsDue || !IsOpen ? (this, []) : (this with { IsDue = true }, [RegistryEffect.SaveLater.One]);

    private static ByteString Event(NameTable names, IEnumerable<Fingerprint> keys)
    {
        var changed = new NamesChanged();
        foreach (var key in keys)
        {
            if (names.Of(key) is { } holder)
                changed.Held.Add(NameRecords.Of(holder));
            else
                changed.Freed.Add(key.ToByteString());
        }

        return changed.ToByteString();
    }
}
