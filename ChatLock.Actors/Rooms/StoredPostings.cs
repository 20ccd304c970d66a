using ChatLock.Actors.Messages;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <summary>Postings as events of a journal, and back.</summary>
public static class StoredPostings
{
    /// <summary>Bytes of postings in one event; a single one may be larger. Small enough that reading a part of a log is cheap,
    /// large enough that one row holds many.</summary>
    public const int EventMaxBytes = 32 * 1024;

    /// <summary>Events, and how many postings are in each.</summary>
    public static (IReadOnlyList<ByteString> Events, IReadOnlyList<int> Counts) Pack(IEnumerable<Posting> postings)
    {
        var (events, counts) = (new List<ByteString>(1), new List<int>(1));
        var one = new StoredPosts();
        var bytes = 0;
        foreach (var posting in postings)
        {
            if (one.Posts.Count > 0 && bytes + posting.Bytes > EventMaxBytes)
                Close();
            one.Posts.Add(ToStored(posting));
            bytes += posting.Bytes;
        }

        Close();
        return (events, counts);

        void Close()
        {
            events.Add(one.ToByteString());
            counts.Add(one.Posts.Count);
            (one, bytes) = (new StoredPosts(), 0);
        }
    }

    /// <summary>The postings of one event.</summary>
    /// <exception cref="InvalidDataException">The bytes aren't what <see cref="Pack"/> wrote.</exception>
    public static IReadOnlyList<Posting> Unpack(ByteString stored) =>
        [.. StoredPosts.Parser.ParseFrom(stored).Posts.Select(FromStored)];

    private static StoredPost ToStored(Posting posting) => new()
    {
        Sequence = posting.Sequence,
        TimeUnixMs = posting.TimeUnixMs,
        SenderKey = posting.From.IdentityKey,
        SenderName = posting.From.Name,
        MessageId = posting.MessageIdBytes(),
        Envelope = posting.Envelope,
        Act = posting.Act?.ToByteString() ?? ByteString.Empty,
    };

    private static Posting FromStored(StoredPost stored)
    {
        var isPost = stored.Act.IsEmpty;
        if (stored.SenderKey.Length != KeyProof.PointBytes || MessageId.TryFrom(stored.MessageId.Span, out var id) != isPost)
            throw new InvalidDataException("A posting in the journal isn't one.");
        return new Posting(
            stored.Sequence,
            stored.TimeUnixMs,
            new Member { Name = stored.SenderName, IdentityKey = stored.SenderKey },
            Fingerprint.Of(stored.SenderKey.Span),
            isPost ? id : null,
            stored.Envelope,
            isPost ? null : RoomAct.Parser.ParseFrom(stored.Act));
    }
}
