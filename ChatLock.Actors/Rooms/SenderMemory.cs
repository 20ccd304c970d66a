using System.Collections.Immutable;
using ChatLock.Actors.Messages;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Rooms;

/// <summary>Which messages of whom were taken already, so that a retry after a lost reply isn't a second message.</summary>
public sealed record SenderMemory
{
    public static readonly SenderMemory Empty = new();

    /// <summary>Senders remembered; of more, those who were silent longest are forgotten.</summary>
    public const int SendersMax = 10_000;

    /// <summary>Looking for the silent ones costs a pass over all, so it is put off until there are some more.</summary>
    private const int SendersSlack = SendersMax / 10;

    private ImmutableDictionary<Fingerprint, RecentMessages> BySender { get; init; } = ImmutableDictionary<Fingerprint, RecentMessages>.Empty;

    /// <summary>Messages remembered of all together.</summary>
    public int Count { get; private init; }

    public int SenderCount => BySender.Count;

    public Remembered? Find(Fingerprint sender, MessageId id, long nowUnixMs) =>
        BySender.TryGetValue(sender, out var recent) && recent.Find(id) is { } known && !RecentMessages.IsForgotten(known.TimeUnixMs, nowUnixMs)
            ? known
            : null;

    /// <summary>When the sender's last message was taken; null: not within what is remembered.</summary>
    public long? LastUnixMs(Fingerprint sender) => BySender.TryGetValue(sender, out var recent) ? recent.LastUnixMs : null;

    public SenderMemory With(Fingerprint sender, Remembered message)
    {
        var before = BySender.GetValueOrDefault(sender) ?? RecentMessages.None;
        var recent = before.With(message);
        var next = this with { BySender = BySender.SetItem(sender, recent), Count = Count + recent.Count - before.Count };
        return next.SenderCount > SendersMax + SendersSlack ? next.WithoutSilent() : next;
    }

    /// <summary>What is too old to be asked for is forgotten, by the sender's last message.</summary>
    public SenderMemory At(long nowUnixMs)
    {
        var over = BySender.Where(sender => RecentMessages.IsForgotten(sender.Value.LastUnixMs, nowUnixMs)).ToList();
        return over.Count == 0 ? this : Without(over);
    }

    /// <summary>All of it, for a snapshot.</summary>
    public IEnumerable<(Fingerprint Sender, IEnumerable<Remembered> Messages)> All =>
        BySender.Select(sender => (sender.Key, sender.Value.All));

    private SenderMemory WithoutSilent() =>
        Without([.. BySender.OrderBy(sender => sender.Value.LastUnixMs).Take(SenderCount - SendersMax)]);

    private SenderMemory Without(List<KeyValuePair<Fingerprint, RecentMessages>> senders) => this with
    {
        BySender = BySender.RemoveRange(senders.Select(sender => sender.Key)),
        Count = Count - senders.Sum(sender => sender.Value.Count),
    };
}
