using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <summary>One room's log under one epoch, put together from what everybody says is in it.</summary>
internal sealed class RoomLog(string room, ulong epoch)
{
    private readonly Dictionary<ulong, KnownMessage?> _entries = [];
    private readonly HashSet<ulong> _disputed = [];
    private ulong[]? _numbers;

    public string Room { get; } = room;

    public ulong Epoch { get; } = epoch;

    /// <summary>Ranges that nobody knows, with how many members should have had them.</summary>
    public Dictionary<(ulong First, ulong Last), int> Unknown { get; } = [];

    /// <summary>All known numbers, rising. Nothing is put in afterwards.</summary>
    public ulong[] Numbers => _numbers ??= Sort();

    public KnownMessage? this[ulong number] => _entries[number];

    /// <summary>Whether two messages are said to be under this number, which is told as such.</summary>
    public bool IsDisputed(ulong number) => _disputed.Contains(number);

    /// <summary>Says what is under a number; an act is null.</summary>
    /// <returns>What is there already, if it is something else and that wasn't said before.</returns>
    public (bool IsNew, KnownMessage? Other) Put(ulong number, KnownMessage? message)
    {
        if (_entries.TryAdd(number, message))
            return (false, null);
        var there = _entries[number];
        return there != message && _disputed.Add(number) ? (true, there) : (false, null);
    }

    public LogPosition At(ulong number) => new(Room, Epoch, number);

    private ulong[] Sort()
    {
        var numbers = _entries.Keys.ToArray();
        Array.Sort(numbers);
        return numbers;
    }
}
