using System.Collections.Immutable;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client;

/// <summary>Who is known to be here, by key and by name. What isn't in it may be here all the same: the server counts
/// what it doesn't list.</summary>
internal sealed record PeerDirectory
{
    /// <summary>People remembered; further ones are looked up when they are needed.</summary>
    public const int Max = 20_000;

    public static PeerDirectory Empty { get; } = new();

    private ImmutableDictionary<Fingerprint, string> Names { get; init; } = ImmutableDictionary<Fingerprint, string>.Empty;

    private ImmutableDictionary<string, Fingerprint> Keys { get; init; } = ImmutableDictionary<string, Fingerprint>.Empty;

    public IEnumerable<string> AllNames => Names.Values;

    /// <summary>The name by which a key is known, and the key it is the fingerprint of.</summary>
    public static (string Name, Fingerprint Key) Of(Member member)
    {
        var key = Fingerprint.Of(member.IdentityKey.Span);
        return (PeerName.Shown(member.Name, key), key);
    }

    public bool TryFind(string name, out Fingerprint key) => Keys.TryGetValue(PeerName.Key(name), out key);

    public string? NameOf(Fingerprint key) => Names.GetValueOrDefault(key);

    public PeerDirectory With(string name, Fingerprint key)
    {
        var without = Without(key);
        return without.Names.Count >= Max ? without : without with
        {
            Names = without.Names.SetItem(key, name),
            Keys = without.Keys.SetItem(PeerName.Key(name), key),
        };
    }

    public PeerDirectory Without(Fingerprint key)
    {
        if (!Names.TryGetValue(key, out var name))
            return this;
        var mapped = PeerName.Key(name);
        var isTheirs = Keys.TryGetValue(mapped, out var holder) && holder == key;
        return this with { Names = Names.Remove(key), Keys = isTheirs ? Keys.Remove(mapped) : Keys };
    }
}
