using System.Collections.Immutable;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Rooms;

/// <summary>The first result of a message: what every repetition of it is answered with.</summary>
public readonly record struct Remembered(MessageId Id, ulong Sequence, long TimeUnixMs);

/// <summary>Which messages of whom were taken already, so that a retry after a lost reply isn't a second message.</summary>
public sealed record SenderMemory
{
    public static readonly SenderMemory Empty = new();

    /// <summary>Messages remembered of each sender: as many as may be without a reply.</summary>
    public const int IdsMax = 64;

    /// <summary>Senders remembered; of more, those who were silent longest are forgotten.</summary>
    public const int SendersMax = 10_000;

    /// <summary>How long a message is remembered.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromHours(24);

    /// <summary>Looking for the silent ones costs a pass over all, so it is put off until there are some more.</summary>
    private const int SendersSlack = SendersMax / 10;

    /// <summary>One sender's messages, the oldest first.</summary>
    private sealed record Recent(ImmutableQueue<Remembered> Ids, int Count, long LastUnixMs)
    {
        public static readonly Recent None = new([], 0, 0);
    }

    private ImmutableDictionary<Fingerprint, Recent> BySender { get; init; } = ImmutableDictionary<Fingerprint, Recent>.Empty;

    /// <summary>Messages remembered of all together.</summary>
    public int Count { get; private init; }

    public int SenderCount => BySender.Count;

    public Remembered? Find(Fingerprint sender, MessageId id, long nowUnixMs)
    {
        if (!BySender.TryGetValue(sender, out var recent))
            return null;
        foreach (var remembered in recent.Ids)
        {
            if (remembered.Id == id)
                return IsOver(remembered.TimeUnixMs, nowUnixMs) ? null : remembered;
        }

        return null;
    }

    /// <summary>When the sender's last message was taken; null: not within what is remembered.</summary>
    public long? LastUnixMs(Fingerprint sender) => BySender.TryGetValue(sender, out var recent) ? recent.LastUnixMs : null;

    public SenderMemory With(Fingerprint sender, Remembered message)
    {
        var recent = BySender.GetValueOrDefault(sender) ?? Recent.None;
        var isFull = recent.Count == IdsMax;
        var ids = isFull ? recent.Ids.Dequeue() : recent.Ids;
        var next = this with
        {
            BySender = BySender.SetItem(
                sender, new Recent(ids.Enqueue(message), isFull ? IdsMax : recent.Count + 1, message.TimeUnixMs)),
            Count = isFull ? Count : Count + 1,
        };
        return next.SenderCount > SendersMax + SendersSlack ? next.WithoutSilent() : next;
    }

    /// <summary>What is too old to be asked for is forgotten, by the sender's last message.</summary>
    public SenderMemory At(long nowUnixMs)
    {
        var over = BySender.Where(sender => IsOver(sender.Value.LastUnixMs, nowUnixMs)).ToList();
        return over.Count == 0 ? this : Without(over);
    }

    /// <summary>All of it, for a snapshot.</summary>
    public IEnumerable<(Fingerprint Sender, IEnumerable<Remembered> Messages)> All =>
        BySender.Select(sender => (sender.Key, (IEnumerable<Remembered>)sender.Value.Ids));

    private SenderMemory WithoutSilent() =>
        Without([.. BySender.OrderBy(sender => sender.Value.LastUnixMs).Take(SenderCount - SendersMax)]);

    private SenderMemory Without(List<KeyValuePair<Fingerprint, Recent>> senders) => this with
    {
        BySender = BySender.RemoveRange(senders.Select(sender => sender.Key)),
        Count = Count - senders.Sum(sender => sender.Value.Count),
    };

    private static bool IsOver(long timeUnixMs, long nowUnixMs) => nowUnixMs - timeUnixMs > (long)KeepFor.TotalMilliseconds;
}
