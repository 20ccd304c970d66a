namespace ChatLock.Actors.Mailboxes;

/// <summary>The last messages of one sender, the oldest first: a value, to which one more is added without copying the others.</summary>
/// <remarks>
/// Values that came from each other share one array, each with a window of its own. The one that adds to the array's end keeps sharing;
/// whoever finds that place taken, since another value added there first, copies its window. So nobody ever sees a change.
/// </remarks>
internal sealed class RecentMail
{
    /// <summary>Messages remembered of one sender: as many as it may have under way.</summary>
    public const int Max = 64;

    public static readonly RecentMail None = new(new Shared(0), 0, 0);

    private readonly Shared _shared;
    private readonly int _from;
    private readonly int _to;

    private RecentMail(Shared shared, int from, int to) => (_shared, _from, _to) = (shared, from, to);

    private ReadOnlySpan<MailItem> Items => _shared.Items.AsSpan(_from.._to);

    public int Count => _to - _from;

    public long LastUnixMs => Count == 0 ? 0 : Items[^1].TimeUnixMs;

    public IEnumerable<MailItem> All => _shared.Items.Skip(_from).Take(Count);

    public MailItem? Find(MailKey key)
    {
        var items = Items;
        for (var i = items.Length - 1; i >= 0; i--)
        {
            if (items[i].Key == key)
                return items[i];
        }

        return null;
    }

    /// <summary>With one more; of more than <see cref="Max"/> the oldest is forgotten.</summary>
    public RecentMail With(MailItem item)
    {
        var from = Count < Max ? _from : _from + 1;
        if (_shared.TryAdd(_to, item))
            return new RecentMail(_shared, from, _to + 1);

        var kept = _shared.Items.AsSpan(from.._to);
        var copy = new Shared(Math.Min(2 * (kept.Length + 1), 2 * Max));
        kept.CopyTo(copy.Items);
        copy.Start(kept.Length);
        copy.TryAdd(kept.Length, item);
        return new RecentMail(copy, 0, kept.Length + 1);
    }

    private sealed class Shared(int capacity)
    {
        private int _used;

        public MailItem[] Items { get; } = new MailItem[capacity];

        public void Start(int used) => _used = used;

        public bool TryAdd(int at, MailItem item)
        {
            if (at == Items.Length || Interlocked.CompareExchange(ref _used, at + 1, at) != at)
                return false;
            Items[at] = item;
            return true;
        }
    }
}
