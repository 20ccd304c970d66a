using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Rooms;

public enum CatchUpStage
{
    /// <summary>A chunk is on its way to the client.</summary>
    Sending,

    /// <summary>Waits for its turn to have the journal read.</summary>
    WantsRead,

    /// <summary>The journal reads.</summary>
    Reading,
}

/// <summary>A member that gets what it missed and isn't among those who get what comes.</summary>
/// <param name="After">It has, or is being sent, all that is for it up to this number.</param>
/// <param name="Serial">Which of all: an answer that belongs to an earlier one isn't for this.</param>
/// <param name="Number">Where the journal is to be read on; 0: look it up.</param>
public sealed record CatchUp(ulong After, long Serial, CatchUpStage Stage, long Number)
{
    /// <summary>What came while the last chunk was on its way goes out at once if it is no more than this, and the member is among
    /// the others: else it would never catch up with a busy room.</summary>
    public const int LastMaxBytes = 16 * 1024;
}

/// <summary>Comes back with a chunk that was sent or a part of the journal that was read.</summary>
public sealed record CatchUpTag(Fingerprint Key, long Serial);
