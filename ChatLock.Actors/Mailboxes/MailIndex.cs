using System.Collections.Immutable;
using ChatLock.Actors.Messages;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Mailboxes;

/// <summary>What tells one message from another: its sender's key and the id that the sender gave it.</summary>
public readonly record struct MailKey(Fingerprint From, MessageId Id);

/// <summary>One message of a mailbox, without what it says.</summary>
public readonly record struct MailItem(ulong Number, MailKey Key, long TimeUnixMs);

/// <summary>Which messages wait, and of which a repetition would be known. What they say is in the journal only.</summary>
/// <remarks>A value. Waiting ones are numbered without gaps.</remarks>
public sealed record MailIndex
{
    /// <summary>Senders of whom any are remembered, beside those of whom something waits. One more, and who has been silent for longest is forgotten.</summary>
    public const int SendersMax = 256;

    public static readonly MailIndex Empty = new();

    /// <param name="Remembered">Its last messages, waiting or gone, in their order.</param>
    /// <param name="Waiting">How many of all its messages wait.</param>
    private sealed record Sender(RecentMessages Remembered, int Waiting)
    {
        public static readonly Sender New = new(RecentMessages.None, 0);
    }

    private ImmutableQueue<MailItem> Waiting { get; init; } = [];

    private ImmutableDictionary<Fingerprint, Sender> Senders { get; init; } = ImmutableDictionary<Fingerprint, Sender>.Empty;

    public int WaitingCount { get; private init; }

    /// <summary>The one that waits for longest.</summary>
    public MailItem? Oldest => Waiting.IsEmpty ? null : Waiting.Peek();

    /// <summary>How many messages of one sender wait.</summary>
    public int CountOf(Fingerprint sender) => Senders.TryGetValue(sender, out var known) ? known.Waiting : 0;

    /// <summary>The message that a repetition would repeat.</summary>
    public MailItem? Find(MailKey key) => Senders.TryGetValue(key.From, out var sender) && sender.Remembered.Find(key.Id) is { } known
        ? Item(key.From, known)
        : null;

    /// <summary>All that is known, by rising numbers.</summary>
    public IEnumerable<MailItem> All(long nowUnixMs) => Waiting
        .Concat(Senders.SelectMany(sender => sender.Value.Remembered.All
            .Where(known => !RecentMessages.IsForgotten(known.TimeUnixMs, nowUnixMs))
            .Select(known => Item(sender.Key, known))))
        .DistinctBy(item => item.Number)
        .OrderBy(item => item.Number);

    /// <summary>A new message, or one that is read again: those after <paramref name="goneTo"/> wait.</summary>
    public MailIndex With(MailItem item, ulong goneTo)
    {
        var waits = item.Number > goneTo;
        var room = Senders.ContainsKey(item.Key.From) || Senders.Count < SendersMax ? Senders : WithoutMostSilent();
        var sender = room.GetValueOrDefault(item.Key.From) ?? Sender.New;
        return new MailIndex
        {
            Senders = room.SetItem(item.Key.From, new Sender(sender.Remembered.With(new Remembered(item.Key.Id, item.Number, item.TimeUnixMs)), sender.Waiting + (waits ? 1 : 0))),
            Waiting = waits ? Waiting.Enqueue(item) : Waiting,
            WaitingCount = WaitingCount + (waits ? 1 : 0),
        };
    }

    /// <summary>Nothing up to this number waits any more.</summary>
    public MailIndex Without(ulong goneTo)
    {
        var (waiting, senders, count) = (Waiting, Senders.ToBuilder(), WaitingCount);
        while (!waiting.IsEmpty && waiting.Peek() is { } first && first.Number <= goneTo)
        {
            waiting = waiting.Dequeue();
            count--;
            var sender = senders[first.Key.From];
            senders[first.Key.From] = sender with { Waiting = sender.Waiting - 1 };
        }

        return new MailIndex { Senders = senders.ToImmutable(), Waiting = waiting, WaitingCount = count };
    }

    /// <remarks>Those of whom something waits stay: they are counted, and there are no more of them than messages.</remarks>
    private ImmutableDictionary<Fingerprint, Sender> WithoutMostSilent()
    {
        var silent = Senders.Where(entry => entry.Value.Waiting == 0).OrderBy(entry => entry.Value.Remembered.LastUnixMs).Select(entry => entry.Key).ToList();
        return silent.Count == 0 ? Senders : Senders.Remove(silent[0]);
    }

    private static MailItem Item(Fingerprint from, Remembered known) => new(known.Sequence, new MailKey(from, known.Id), known.TimeUnixMs);
}
