using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;

namespace ChatLock.Actors;

/// <summary>What the actors take from HOCON/reference.conf, where every key has its unit, default and reason.</summary>
public sealed record ServerSettings
{
    public SessionLimits Limits { get; init; } = new();

    /// <summary>The lobby's suite, a number to this server.</summary>
    public required uint LobbySuite { get; init; }

    public RoomSettings Rooms { get; init; } = new();

    public NamesSettings Names { get; init; } = new();

    public MailboxSettings Mailbox { get; init; } = new();

    public int FanOutActors { get; init; } = 1;

    public StorageSettings Storage { get; init; } = new();

    public TimeSpan TickInterval { get; init; } = TimeSpan.FromSeconds(1);

    public static ServerSettings Read(SettingsReader settings)
    {
        var limits = ReadLimits(settings);
        var suite = settings.Text("lobby.suite");
        if (!SuiteNumbers.TryParse(suite, out var lobbySuite))
            throw settings.Wrong("lobby.suite", $"one of {string.Join(", ", SuiteNumbers.Names)}");
        var fanOuts = settings.Int("fan-out.actors", 0, 64);
        return new ServerSettings
        {
            Limits = limits,
            LobbySuite = lobbySuite,
            Rooms = RoomSettings.Read(settings),
            Names = NamesSettings.Read(settings),
            Mailbox = MailboxSettings.Read(settings),
            FanOutActors = fanOuts == 0 ? Math.Max(1, Environment.ProcessorCount / 2) : fanOuts,
            Storage = StorageSettings.Read(settings),
            TickInterval = settings.Duration("tick-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)),
        };
    }

    private static SessionLimits ReadLimits(SettingsReader settings)
    {
        var second = TimeSpan.FromSeconds(1);
        var tenMinutes = TimeSpan.FromMinutes(10);
        var limits = new SessionLimits
        {
            FrameMaxBytes = settings.Bytes("limits.frame-max", 1024, 1024 * 1024),
            TextMaxBytes = settings.Bytes("limits.text-max", 1, 512 * 1024),
            HelloTimeout = settings.Duration("limits.hello-timeout", second, tenMinutes),
            FrameTimeout = settings.Duration("limits.frame-timeout", second, tenMinutes),
            SilenceTimeout = settings.Duration("limits.silence-timeout", 2 * second, TimeSpan.FromHours(1)),
            PingAfter = settings.Duration("limits.ping-after", second, TimeSpan.FromHours(1)),
            OutboundMaxBytes = settings.Bytes("limits.outbound-max", 16 * 1024, 64 * 1024 * 1024),
            PostsPerSecond = settings.Int("limits.posts-per-second", 1, 1_000_000),
            PostsBurst = settings.Int("limits.posts-burst", 1, 1_000_000),
            RoomsMax = settings.Int("limits.rooms-max", 1, 1024),
            InFlightMax = settings.Int("limits.in-flight-max", 1, 4096),
            ResumeWindow = settings.Duration("limits.resume-window", TimeSpan.Zero, TimeSpan.FromHours(24)),
            AwayAfter = settings.Duration("limits.away-after", TimeSpan.Zero, TimeSpan.FromHours(24)),
        };
        if (limits.EnvelopeMaxBytes + SessionLimits.FrameOverheadMaxBytes > limits.FrameMaxBytes)
            throw settings.Wrong("limits.text-max", "so small that a message with its envelope fits into limits.frame-max");
        if (limits.OutboundMaxBytes < 2 * limits.FrameMaxBytes)
            throw settings.Wrong("limits.outbound-max", "at least twice limits.frame-max");
        if (limits.PingAfter >= limits.SilenceTimeout)
            throw settings.Wrong("limits.ping-after", "shorter than limits.silence-timeout");
        if (limits.Resumes && limits.AwayAfter >= limits.ResumeWindow)
            throw settings.Wrong("limits.away-after", "shorter than limits.resume-window");
        return limits;
    }
}
