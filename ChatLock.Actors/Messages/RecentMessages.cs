namespace ChatLock.Actors.Messages;

/// <summary>The first result of a message: what every repetition of it is answered with.</summary>
public readonly record struct Remembered(MessageId Id, ulong Sequence, long TimeUnixMs);

/// <summary>The last messages of one sender, the oldest first: a value, to which one more is added without copying the others.</summary>
/// <remarks>
/// Values that came from each other share one array, each with a window of its own. The one that adds to the array's end keeps sharing;
/// whoever finds that place taken, since another value added there first, copies its window. So nobody ever sees a change.
/// </remarks>
public sealed class RecentMessages
{
    /// <summary>Messages remembered of one sender: as many as it may have under way.</summary>
    public const int Max = 64;

    /// <summary>How long a message is remembered.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    public static readonly RecentMessages None = new(new Shared(0), 0, 0);

    private readonly Shared _shared;
    private readonly int _from;
    private readonly int _to;

    private RecentMessages(Shared shared, int from, int to) => (_shared, _from, _to) = (shared, from, to);

    private ReadOnlySpan<Remembered> Items => _shared.Items.AsSpan(_from.._to);

    public int Count => _to - _from;

    public long LastUnixMs => Count == 0 ? 0 : Items[^1].TimeUnixMs;

    public IEnumerable<Remembered> All => _shared.Items.Skip(_from).Take(Count);

    public Remembered? Find(MessageId id)
    {
        var items = Items;
        for (var i = items.Length - 1; i >= 0; i--)
        {
            if (items[i].Id == id)
                return items[i];
        }

        return null;
    }

    /// <summary>With one more; of more than <see cref="Max"/> the oldest is forgotten.</summary>
    public RecentMessages With(Remembered item)
    {
        var from = Count < Max ? _from : _from + 1;
        if (_shared.TryAdd(_to, item))
            return new RecentMessages(_shared, from, _to + 1);

        var kept = _shared.Items.AsSpan(from.._to);
        var copy = new Shared(Math.Min(2 * (kept.Length + 1), 2 * Max));
        kept.CopyTo(copy.Items);
        copy.Start(kept.Length);
        copy.TryAdd(kept.Length, item);
        return new RecentMessages(copy, 0, kept.Length + 1);
    }

    /// <summary>Whether a message of then isn't to be known any more.</summary>
    public static bool IsForgotten(long timeUnixMs, long nowUnixMs) => nowUnixMs - timeUnixMs > (long)KeptFor.TotalMilliseconds;

    private sealed class Shared(int capacity)
    {
        private int _used;

        public Remembered[] Items { get; } = new Remembered[capacity];

        public void Start(int used) => _used = used;

        public bool TryAdd(int at, Remembered item)
        {
            if (at == Items.Length || Interlocked.CompareExchange(ref _used, at + 1, at) != at)
                return false;
            Items[at] = item;
            return true;
        }
    }
}
