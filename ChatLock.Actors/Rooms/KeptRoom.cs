using ChatLock.Actors.Messages;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <summary>What a room knows of what was said, as its journal's snapshot.</summary>
/// <param name="Log">Without what is in memory only.</param>
public sealed record KeptRoom(RoomLog Log, SenderMemory Senders, RoomRules Rules)
{
    public ByteString ToSnapshot(RoomBirth birth)
    {
        var stored = new StoredRoom
        {
            Room = birth.Id.Text,
            Epoch = birth.Epoch,
            Suite = birth.Suite,
            OwnerKey = birth.OwnerKey,
            LastSequence = Log.Last,
            LastAct = Rules.LastAct,
        };
        stored.Segments.AddRange(Log.Segments.Select(segment => new StoredSegment
        {
            FirstSequence = segment.First,
            FirstNumber = segment.Number,
            FirstUnixMs = segment.FirstUnixMs,
            LastUnixMs = segment.LastUnixMs,
            Bytes = segment.Bytes,
        }));
        stored.Senders.AddRange(Senders.All.Select(sender => ToStored(sender.Sender, [.. sender.Messages])));
        stored.Acts.AddRange(Rules.InForce.Select(act => act.ToByteString()));
        return stored.ToByteString();
    }

    /// <param name="snapshot">What <see cref="ToSnapshot"/> wrote.</param>
    /// <param name="number">The last event that it contains.</param>
    /// <exception cref="InvalidDataException">The bytes aren't a snapshot of this room.</exception>
    public static KeptRoom From(ByteString snapshot, long number, RoomBirth birth, RoomSettings settings)
    {
        var stored = StoredRoom.Parser.ParseFrom(snapshot);
        if (stored.Room != birth.Id.Text || stored.Epoch != birth.Epoch)
            throw new InvalidDataException("The snapshot is another room's.");
        var acts = stored.Acts.Select(RoomAct.Parser.ParseFrom).ToList();
        if (!RoomRules.TryRead(birth.Owner, acts, stored.LastAct, out var rules))
            throw new InvalidDataException("The acts in the snapshot contradict each other.");
        var log = RoomLog.Of(settings, stored.LastSequence, number, stored.Segments.Select(segment => new LogSegment(
            segment.FirstSequence, segment.FirstNumber, segment.FirstUnixMs, segment.LastUnixMs, segment.Bytes)));
        return new KeptRoom(log, stored.Senders.Aggregate(SenderMemory.Empty, With), rules);
    }

    private static StoredSender ToStored(Fingerprint sender, IReadOnlyList<Remembered> messages)
    {
        var ids = new byte[messages.Count * SessionLimits.MessageIdBytes];
        for (var i = 0; i < messages.Count; i++)
            messages[i].Id.CopyTo(ids.AsSpan(i * SessionLimits.MessageIdBytes));
        var stored = new StoredSender { Sender = sender.ToByteString(), MessageIds = UnsafeByteOperations.UnsafeWrap(ids) };
        stored.Sequences.AddRange(messages.Select(message => message.Sequence));
        stored.TimesUnixMs.AddRange(messages.Select(message => message.TimeUnixMs));
        return stored;
    }

    private static SenderMemory With(SenderMemory memory, StoredSender stored)
    {
        var count = stored.Sequences.Count;
        if (!Fingerprint.TryFrom(stored.Sender.Span, out var sender) || stored.TimesUnixMs.Count != count ||
            stored.MessageIds.Length != count * SessionLimits.MessageIdBytes)
            throw new InvalidDataException("A sender in the snapshot isn't one.");
        for (var i = 0; i < count; i++)
        {
            MessageId.TryFrom(stored.MessageIds.Span.Slice(i * SessionLimits.MessageIdBytes, SessionLimits.MessageIdBytes), out var id);
            memory = memory.With(sender, new Remembered(id, stored.Sequences[i], stored.TimesUnixMs[i]));
        }

        return memory;
    }
}
