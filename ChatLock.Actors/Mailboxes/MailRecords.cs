using ChatLock.Actors.Messages;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Mailboxes;

/// <summary>Private messages as the journal holds them and as frames carry them.</summary>
internal static class MailRecords
{
    public static ByteString Stored(ulong epoch, PrivateMessage mail) => new MailStored
    {
        Epoch = epoch,
        TimeUnixMs = mail.TimeUnixMs,
        FromName = mail.From.Name,
        FromKey = mail.From.IdentityKey,
        MessageId = mail.MessageId,
        Envelope = mail.Envelope,
    }.ToByteString();

    public static bool TryFrame(StoredEvent stored, out ServerFrame frame)
    {
        try
        {
            frame = Frame(stored, MailStored.Parser.ParseFrom(stored.Bytes));
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            frame = new ServerFrame();
            return false;
        }
    }

    private static ServerFrame Frame(StoredEvent stored, MailStored mail) => new()
    {
        PrivateMessage = new PrivateMessage
        {
            TimeUnixMs = mail.TimeUnixMs,
            From = new Member { Name = mail.FromName, IdentityKey = mail.FromKey },
            Envelope = mail.Envelope,
            MessageId = mail.MessageId,
            Position = new Position { Epoch = mail.Epoch, Sequence = (ulong)stored.Number },
        },
    };

    public static (MailItem Item, ulong Epoch) Item(StoredEvent stored)
    {
        var mail = MailStored.Parser.ParseFrom(stored.Bytes);
        var key = new MailKey(Fingerprint.Of(mail.FromKey.Span), IdOf(mail.MessageId));
        return (new MailItem((ulong)stored.Number, key, mail.TimeUnixMs), mail.Epoch);
    }

    public static MailItem Item(MailEntry entry) => new(
        entry.Number,
        new MailKey(Fingerprint.TryFrom(entry.From.Span, out var from) ? from : default, IdOf(entry.MessageId)),
        entry.TimeUnixMs);

    /// <summary>16 bytes, which the session's table has seen to.</summary>
    public static MessageId IdOf(ByteString bytes) => MessageId.TryFrom(bytes.Span, out var id) ? id : default;

    public static MailEntry Entry(MailItem item) => new()
    {
        Number = item.Number,
        From = item.Key.From.ToByteString(),
        MessageId = item.Key.Id.ToByteString(),
        TimeUnixMs = item.TimeUnixMs,
    };
}
