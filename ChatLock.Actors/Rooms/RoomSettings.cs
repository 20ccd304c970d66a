using ChatLock.Actors.FanOut;
using ChatLock.Protocol.Session;

namespace ChatLock.Actors.Rooms;

/// <summary>What every room lives under. HOCON/reference.conf, chatlock.rooms.</summary>
public sealed record RoomSettings
{
    /// <summary>Postings of a room that are kept at least, as long as they are young enough.</summary>
    public int KeepMessages { get; init; } = 10_000;

    /// <summary>How long postings are kept.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Bytes of frames of a room that are held in memory, the latest ones. Not a setting: it is enough for what comes
    /// while someone is away for a moment, and the rest is in the journal.</summary>
    public int RingMaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Members of a room; not of the lobby, where everyone is.</summary>
    public int MembersMax { get; init; } = 10_000;

    /// <summary>Rooms that one key owns.</summary>
    public int OwnedMax { get; init; } = 16;

    /// <summary>Rooms that there are.</summary>
    public int RoomsMax { get; init; } = 10_000;

    /// <summary>A room that nobody was in for this long is deleted.</summary>
    public TimeSpan IdleFor { get; init; } = TimeSpan.FromDays(30);

    public static RoomSettings Read(SettingsReader settings)
    {
        var (minute, year) = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
        return new RoomSettings
        {
            KeepMessages = settings.Int("rooms.keep-messages", 1, 1_000_000),
            KeepFor = settings.Duration("rooms.keep-for", minute, year),
            MembersMax = settings.Int("rooms.members-max", 2, 100_000),
            OwnedMax = settings.Int("rooms.owned-max", 0, 10_000),
            RoomsMax = settings.Int("rooms.max", 0, 100_000),
            IdleFor = settings.Duration("rooms.idle-for", minute, 10 * year),
        };
    }
}

/// <summary>The limits that a room's decisions need: its own settings and some of the sessions'.</summary>
public sealed record RoomLimits(RoomSettings Rooms, SessionLimits Sessions)
{
    /// <summary>Longest envelope of a topic, in bytes.</summary>
    public int TopicEnvelopeMaxBytes => Sessions.TopicMaxBytes + SessionLimits.EnvelopeOverheadMaxBytes;

    /// <summary>Most bytes of frames sent at once to someone who missed them.</summary>
    public int ReplayMaxBytes => Outbound.ReplayMaxBytesOf(Sessions.OutboundMaxBytes);
}
