using ChatLock.Checker.Faults;

namespace ChatLock.Checker.Soak;

/// <summary>How the clients reach the gateway.</summary>
public enum SoakCarrier
{
    /// <summary>Every other client over TLS, where a corrupted byte is a cut; the rest without, where each signature is verified from
    /// the wire.</summary>
    Mixed,
    Tls,
    Plain,
}

/// <summary>What a soak does.</summary>
public sealed record SoakSettings
{
    public int Clients { get; init; } = 60;

    /// <summary>Rooms in all, the lobby among them, where everyone is.</summary>
    public int Rooms { get; init; } = 6;

    /// <summary>Rooms beside the lobby that a client joins.</summary>
    public int RoomsEach { get; init; } = 2;

    /// <summary>Messages a second, all clients together.</summary>
    public int PerSecond { get; init; } = 300;

    /// <summary>Share of messages to one other client, 0 to 1.</summary>
    public double PrivateShare { get; init; } = 0.1;

    /// <summary>How long messages are sent.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the gateway is killed with -9 meanwhile.</summary>
    public int Kills { get; init; } = 5;

    public SoakCarrier Carrier { get; init; } = SoakCarrier.Mixed;

    public FaultSettings Faults { get; init; } = new();

    /// <summary>How long the clients may take to be there, and in the end to have got everything.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The gateway's assembly.</summary>
    public required string Gateway { get; init; }

    /// <summary>Further settings of the gateway, as on its command line.</summary>
    public IReadOnlyList<string> GatewayArguments { get; init; } = [];

    /// <summary>Files and folders beside the gateway's data folder and output that must not hold plaintext.</summary>
    public IReadOnlyList<string> ScanToo { get; init; } = [];

    /// <summary>Whether the gateway keeps names on disk: then they must be found there, or plaintext wouldn't be either.</summary>
    public bool ExpectsNamesOnDisk { get; init; } = true;

    /// <summary>Where data and histories go; a folder that doesn't exist yet.</summary>
    public required string Folder { get; init; }

    /// <summary>Decides faults, kills and who says what where.</summary>
    public ulong Seed { get; init; }
}
