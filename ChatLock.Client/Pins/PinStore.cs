using ChatLock.Client.Identity;

namespace ChatLock.Client.Pins;

/// <summary>What the client remembers of servers and peers, and where it keeps that.</summary>
/// <remarks>docs/TERMINAL.md section 6.</remarks>
public sealed class PinStore
{
    private PeerPins _peers;

    private PinStore(string? peersPath, string? serversPath, PeerPins peers, ServerPins servers) =>
        (PeersPath, ServersPath, _peers, Servers) = (peersPath, serversPath, peers, servers);

    internal string? PeersPath { get; }

    internal string? ServersPath { get; }

    /// <summary>As they are now. The client's root alone sets it; the writer reads it, at the end too.</summary>
    internal PeerPins Peers
    {
        get => Volatile.Read(ref _peers);
        set => Volatile.Write(ref _peers, value);
    }

    internal ServerPins Servers { get; }

    /// <summary>Remembers nothing past the end of the process: for bots, load and tests.</summary>
    public static PinStore InMemory() => new(null, null, PeerPins.Empty, ServerPins.Empty);

    /// <summary>Reads a profile's pins.</summary>
    /// <exception cref="PinFileException">A file can't be read; the message says which and what to do.</exception>
    public static PinStore Open(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        try
        {
            var (peers, servers) = (profile.KnownPeersPath, profile.KnownServersPath);
            return new PinStore(peers, servers, PinFile.ReadPeers(peers), PinFile.ReadServers(servers));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new PinFileException($"What is remembered of others can't be read: {failed.Message}", failed);
        }
    }
}
