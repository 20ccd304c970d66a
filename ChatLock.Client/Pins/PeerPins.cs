using System.Collections.Immutable;
using ChatLock.Protocol.Identity;

namespace ChatLock.Client.Pins;

/// <summary>What is known of the key behind a name.</summary>
public enum PinStanding
{
    /// <summary>This name was never met.</summary>
    New,

    /// <summary>The same key as at the first meeting.</summary>
    Known,

    /// <summary>The same key, and the user compared its fingerprint.</summary>
    Verified,

    /// <summary>Another key than at the last meeting: nothing is sent there until the user has answered.</summary>
    Changed,
}

/// <summary>A remembered key.</summary>
/// <param name="Key">The identity key's fingerprint.</param>
/// <param name="IsVerified">Whether the user compared it.</param>
public readonly record struct PeerPin(Fingerprint Key, bool IsVerified);

/// <summary>Which key each name had: pinned at the first meeting, changed by the user's word only.</summary>
/// <remarks>Names are compared case-mapped (<see cref="PeerName.Key"/>). At most <see cref="Max"/> names; then the
/// oldest that isn't verified is forgotten.</remarks>
internal sealed record PeerPins
{
    /// <summary>Names remembered.</summary>
    public const int Max = 10_000;

    public static PeerPins Empty { get; } = new();

    private ImmutableDictionary<string, PeerPin> Pins { get; init; } = ImmutableDictionary<string, PeerPin>.Empty;

    private ImmutableList<string> Oldest { get; init; } = [];

    /// <summary>In the order of their pinning.</summary>
    public IEnumerable<(string Name, PeerPin Pin)> All => Oldest.Select(name => (name, Pins[name]));

    public PeerPin? Find(string name) => Pins.TryGetValue(PeerName.Key(name), out var pin) ? pin : null;

    /// <summary>A name that this key is remembered under.</summary>
    public string? NameOf(Fingerprint key) => Oldest.FindLast(name => Pins[name].Key == key);

    public PinStanding Standing(string name, Fingerprint key) => Find(name) switch
    {
        null => PinStanding.New,
        { } pin when pin.Key != key => PinStanding.Changed,
        { IsVerified: true } => PinStanding.Verified,
        _ => PinStanding.Known,
    };

    /// <summary>Remembers the key of a name that was never met; a name that was met keeps the key it had.</summary>
    public PeerPins Meet(string name, Fingerprint key) =>
        Find(name) is null ? Set(name, new PeerPin(key, IsVerified: false)) : this;

    /// <summary>The user says that the name has this key from now on.</summary>
    public PeerPins Accept(string name, Fingerprint key, bool isVerified) => Set(name, new PeerPin(key, isVerified));

    private PeerPins Set(string name, PeerPin pin)
    {
        var mapped = PeerName.Key(name);
        var next = this with
        {
            Pins = Pins.SetItem(mapped, pin),
            Oldest = Pins.ContainsKey(mapped) ? Oldest : Oldest.Add(mapped),
        };
        return next.Pins.Count <= Max ? next : next.ForgetOne();
    }

    private PeerPins ForgetOne()
    {
        var index = Oldest.FindIndex(name => !Pins[name].IsVerified);
        var forgotten = Math.Max(index, 0);
        return this with { Pins = Pins.Remove(Oldest[forgotten]), Oldest = Oldest.RemoveAt(forgotten) };
    }
}
