using System.Collections.Immutable;
using ChatLock.Protocol.Identity;
using Google.Protobuf;

namespace ChatLock.Actors.Mailboxes;

/// <summary>What tells one message from another: its sender's key and the id that the sender gave it.</summary>
public readonly record struct MailKey(Fingerprint From, ByteString MessageId);

/// <summary>One message of a mailbox, without what it says.</summary>
public sealed record MailItem(ulong Number, MailKey Key, long TimeUnixMs);

/// <summary>Which messages wait, and of which a repetition would be known. What they say is in the journal only.</summary>
/// <remarks>A value. Waiting ones are numbered without gaps.</remarks>
public sealed record MailIndex
{
    /// <summary>Ids remembered of one sender: as many as it may have under way.</summary>
    public const int IdsOfSender = 64;

    /// <summary>Senders of whom any are remembered. One more, and who has been silent for longest is forgotten.</summary>
    public const int SendersMax = 256;

    /// <summary>How long an id is remembered.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromHours(24);

    public static readonly MailIndex Empty = new();

    private sealed record Sender(ImmutableQueue<MailItem> Remembered, int Count, long LastUnixMs);

    private ImmutableQueue<MailItem> Waiting { get; init; } = [];

    private ImmutableDictionary<Fingerprint, int> WaitingOf { get; init; } = ImmutableDictionary<Fingerprint, int>.Empty;

    private ImmutableDictionary<MailKey, MailItem> Known { get; init; } = ImmutableDictionary<MailKey, MailItem>.Empty;

    private ImmutableDictionary<Fingerprint, Sender> Senders { get; init; } = ImmutableDictionary<Fingerprint, Sender>.Empty;

    public int WaitingCount { get; private init; }

    /// <summary>The one that waits for longest.</summary>
    public MailItem? Oldest => Waiting.IsEmpty ? null : Waiting.Peek();

    public int CountOf(Fingerprint sender) => WaitingOf.GetValueOrDefault(sender);

    /// <summary>The message that a repetition would repeat.</summary>
    public MailItem? Find(MailKey key) => Known.GetValueOrDefault(key);

    /// <summary>All that is known, by rising numbers.</summary>
    public IEnumerable<MailItem> All(long nowUnixMs) => Waiting
        .Concat(Known.Values.Where(item => !IsForgotten(item, nowUnixMs)))
        .DistinctBy(item => item.Number)
        .OrderBy(item => item.Number);

    /// <summary>A new message, or one that is read again: those after <paramref name="goneTo"/> wait.</summary>
    public MailIndex With(MailItem item, ulong goneTo)
    {
        var next = Remember(item);
        return item.Number <= goneTo ? next : next with
        {
            Waiting = next.Waiting.Enqueue(item),
            WaitingOf = next.WaitingOf.SetItem(item.Key.From, next.CountOf(item.Key.From) + 1),
            WaitingCount = next.WaitingCount + 1,
        };
    }

    /// <summary>Nothing up to this number waits any more.</summary>
    public MailIndex Without(ulong goneTo)
    {
        var (waiting, of, count) = (Waiting, WaitingOf.ToBuilder(), WaitingCount);
        while (!waiting.IsEmpty && waiting.Peek() is { } first && first.Number <= goneTo)
        {
            waiting = waiting.Dequeue();
            count--;
            if (--of[first.Key.From] == 0)
                of.Remove(first.Key.From);
        }

        return this with { Waiting = waiting, WaitingOf = of.ToImmutable(), WaitingCount = count };
    }

    private MailIndex Remember(MailItem item)
    {
        var room = Senders.ContainsKey(item.Key.From) || Senders.Count < SendersMax ? this : WithoutMostSilent();
        var sender = room.Senders.GetValueOrDefault(item.Key.From) ?? new Sender([], 0, 0);
        var known = room.Known;
        if (sender.Count >= IdsOfSender)
        {
            sender = sender with { Remembered = sender.Remembered.Dequeue(out var oldest), Count = sender.Count - 1 };
            known = Forget(known, oldest);
        }

        sender = new Sender(sender.Remembered.Enqueue(item), sender.Count + 1, item.TimeUnixMs);
        return room with { Known = known.SetItem(item.Key, item), Senders = room.Senders.SetItem(item.Key.From, sender) };
    }

    private MailIndex WithoutMostSilent()
    {
        var (key, sender) = Senders.MinBy(entry => entry.Value.LastUnixMs);
        return this with
        {
            Senders = Senders.Remove(key),
            Known = sender.Remembered.Aggregate(Known, Forget),
        };
    }

    /// <summary>The same id may have come again after it had been forgotten: then the newer message is the known one.</summary>
    private static ImmutableDictionary<MailKey, MailItem> Forget(ImmutableDictionary<MailKey, MailItem> known, MailItem item) =>
        known.TryGetValue(item.Key, out var current) && current.Number == item.Number ? known.Remove(item.Key) : known;

    private static bool IsForgotten(MailItem item, long nowUnixMs) =>
        nowUnixMs - item.TimeUnixMs > RememberedFor.TotalMilliseconds;
}
