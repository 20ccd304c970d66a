using System.Collections.Immutable;
using ChatLock.Client.Connection;

namespace ChatLock.Client.Pins;

/// <summary>What the certificate that a server showed turned out to be.</summary>
internal enum ServerStanding
{
    /// <summary>Never met; remember it.</summary>
    New,

    /// <summary>The one it had.</summary>
    Known,

    /// <summary>Not the one it had, nor one that the user's address named.</summary>
    Changed,
}

/// <summary>Which certificate each server showed first. Certificates in lower-case hexadecimal, 64 digits.</summary>
internal sealed record ServerPins
{
    /// <summary>Servers remembered; a further one isn't.</summary>
    public const int Max = 1_000;

    public static ServerPins Empty { get; } = new();

    private ImmutableSortedDictionary<string, string> Pins { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public IEnumerable<(string Server, string Certificate)> All => Pins.Select(pin => (pin.Key, pin.Value));

    public string? Find(ServerAddress server) => Pins.GetValueOrDefault(server.ToString());

    /// <remarks>An address that carries a fingerprint is the user's word, and outranks what was remembered.</remarks>
    public ServerStanding Standing(ServerAddress server, string certificate)
    {
        if (server.Certificate is { } named)
            return Convert.ToHexStringLower([.. named]) != certificate ? ServerStanding.Changed
                : Find(server) == certificate ? ServerStanding.Known
                : ServerStanding.New;
        return Find(server) is not { } known ? ServerStanding.New
            : known == certificate ? ServerStanding.Known
            : ServerStanding.Changed;
    }

    public ServerPins Set(string server, string certificate) =>
        Pins.Count < Max || Pins.ContainsKey(server) ? this with { Pins = Pins.SetItem(server, certificate) } : this;
}
