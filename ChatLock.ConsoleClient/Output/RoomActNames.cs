using ChatLock.Protocol.Wire;

namespace ChatLock.ConsoleClient.Output;

/// <summary>What acts in rooms are called, for people and scripts. Never changes.</summary>
internal static class RoomActNames
{
    public static string Of(RoomActKind kind) => kind switch
    {
        RoomActKind.Kick => "kick",
        RoomActKind.Ban => "ban",
        RoomActKind.Unban => "unban",
        RoomActKind.Mute => "mute",
        RoomActKind.Unmute => "unmute",
        RoomActKind.Op => "op",
        RoomActKind.Deop => "deop",
        RoomActKind.Topic => "topic",
        RoomActKind.SlowMode => "slow-mode",
        _ => "unknown",
    };
}
