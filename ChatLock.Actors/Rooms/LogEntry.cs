using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Rooms;

/// <summary>A stored posting as it goes out, encoded once.</summary>
public sealed record LogEntry(ulong Sequence, Fingerprint Sender, bool IsAct, EncodedFrame Frame)
{
    public static LogEntry Of(Posting posting, string room, ulong epoch) =>
        new(posting.Sequence, posting.Sender, posting.Act is not null, EncodedFrame.Of(posting.ToFrame(room, epoch)));

    /// <summary>One doesn't get one's own messages back; acts come to everyone in their place.</summary>
    public bool IsFor(Fingerprint key) => IsAct || Sender != key;
}
