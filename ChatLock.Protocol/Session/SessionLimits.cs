using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Session;

/// <summary>Every bound that a connection lives under. All of them are sent in Challenge.</summary>
/// <remarks>docs/PROTOCOL.md section 7; the values come from HOCON/reference.conf.</remarks>
public sealed record SessionLimits
{
    /// <summary>What an envelope adds to the text at most, in bytes: header, signature, key, padding, tags.</summary>
    public const int EnvelopeOverheadMaxBytes = 512;

    /// <summary>What a frame adds to an envelope at most, in bytes: sender, room, numbers, ids.</summary>
    public const int FrameOverheadMaxBytes = 512;

    /// <summary>Length of a message id, in bytes.</summary>
    public const int MessageIdBytes = 16;

    /// <summary>Length of a resume token, in bytes.</summary>
    public const int ResumeTokenBytes = 16;

    /// <summary>Most suite ids a Hello may list.</summary>
    public const int SuitesMax = 16;

    /// <summary>Most bytes of UTF-8 in which a client may say what it is.</summary>
    public const int ClientNameMaxBytes = 64;

    /// <summary>Longest frame body, in bytes.</summary>
    public int FrameMaxBytes { get; init; } = 64 * 1024;

    /// <summary>Longest text of a message, in bytes of UTF-8. The server sees the envelope's length only.</summary>
    public int TextMaxBytes { get; init; } = 16 * 1024;

    /// <summary>From connecting to a granted Hello.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From a frame's first byte to its last.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time without a frame from the client.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time without a frame from the client after which the server sends Ping.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What may wait for a slow reader, in bytes, before it is closed with too-slow.</summary>
    public int OutboundMaxBytes { get; init; } = 256 * 1024;

    /// <summary>Messages a second, posts and private ones together.</summary>
    public int PostsPerSecond { get; init; } = 10;

    /// <summary>Messages that may come at once after a pause.</summary>
    public int PostsBurst { get; init; } = 50;

    /// <summary>Rooms a session may be in at once.</summary>
    public int RoomsMax { get; init; } = 64;

    /// <summary>Requests of one session under way at once; the server reads no further until one is answered.</summary>
    public int InFlightMax { get; init; } = 64;

    /// <summary>How long a session outlives its connection; zero: not at all, and there are no resume tokens.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Time without a connection after which others are told that someone is away.</summary>
    public TimeSpan AwayAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest topic of a room, in bytes of UTF-8. The server sees the envelope's length only.</summary>
    public int TopicMaxBytes { get; init; } = 512;

    /// <summary>Whether a session outlives its connection at all.</summary>
    public bool Resumes => ResumeWindow > TimeSpan.Zero;

    /// <summary>Positions a Hello may name: the rooms, the lobby and the mailbox.</summary>
    public int PositionsMax => RoomsMax + 2;

    /// <summary>Longest envelope of a topic accepted, in bytes.</summary>
    public int TopicEnvelopeMaxBytes => TopicMaxBytes + EnvelopeOverheadMaxBytes;

    /// <summary>Longest envelope accepted, in bytes.</summary>
    public int EnvelopeMaxBytes => TextMaxBytes + EnvelopeOverheadMaxBytes;

    /// <summary>As Challenge carries them.</summary>
    /// <param name="nameMaxCharacters">The limit on names, fixed in the protocol.</param>
    public Limits ToWire(int nameMaxCharacters) => new()
    {
        FrameMaxBytes = (uint)FrameMaxBytes,
        TextMaxBytes = (uint)TextMaxBytes,
        NameMaxCharacters = (uint)nameMaxCharacters,
        HelloTimeoutMs = (uint)HelloTimeout.TotalMilliseconds,
        FrameTimeoutMs = (uint)FrameTimeout.TotalMilliseconds,
        SilenceTimeoutMs = (uint)SilenceTimeout.TotalMilliseconds,
        PingAfterMs = (uint)PingAfter.TotalMilliseconds,
        OutboundMaxBytes = (uint)OutboundMaxBytes,
        PostsPerSecond = (uint)PostsPerSecond,
        PostsBurst = (uint)PostsBurst,
        RoomsMax = (uint)RoomsMax,
        InFlightMax = (uint)InFlightMax,
        ResumeWindowMs = (uint)ResumeWindow.TotalMilliseconds,
        TopicMaxBytes = (uint)TopicMaxBytes,
    };
}
