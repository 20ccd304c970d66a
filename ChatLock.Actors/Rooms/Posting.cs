using ChatLock.Actors.Messages;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <summary>A numbered entry of a room's log: a post or an act.</summary>
/// <param name="From">Name and identity key at that time.</param>
/// <param name="Sender">The key's fingerprint.</param>
/// <param name="MessageId">Of a post.</param>
/// <param name="Envelope">Of a post.</param>
/// <param name="Act">Of an act.</param>
public sealed record Posting(
    ulong Sequence, long TimeUnixMs, Member From, Fingerprint Sender, MessageId? MessageId, ByteString Envelope, RoomAct? Act)
{
    /// <summary>What weighs in it; the rest is bounded and small.</summary>
    public int Bytes => Envelope.Length + (Act?.Envelope.Length ?? 0);

    public Accepted Answer => new() { Sequence = Sequence, TimeUnixMs = TimeUnixMs };

    /// <summary>As members get it.</summary>
    public ServerFrame ToFrame(string room, ulong epoch)
    {
        var posted = new Posted
        {
            Position = new Position { Room = room, Epoch = epoch, Sequence = Sequence },
            TimeUnixMs = TimeUnixMs,
            From = From,
        };
        if (Act is not null)
            posted.Act = Act;
        else
            (posted.Envelope, posted.MessageId) = (Envelope, MessageIdBytes());
        return new ServerFrame { Posted = posted };
    }

    public ByteString MessageIdBytes() => MessageId?.ToByteString() ?? ByteString.Empty;
}
