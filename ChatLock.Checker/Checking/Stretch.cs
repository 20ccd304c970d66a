using System.Runtime.InteropServices;

namespace ChatLock.Checker.Checking;

/// <summary>How far a member is owed what is in the log.</summary>
internal enum Owed
{
    /// <summary>As far as the log goes.</summary>
    Everything,

    /// <summary>As far as it has seen: it went, or hasn't come back.</summary>
    WhatItReached,
}

/// <summary>A number that came, and the line that says so.</summary>
internal readonly record struct Reception(ulong Number, int Line);

/// <summary>An unbroken membership of one client in one room under one epoch.</summary>
internal sealed class Stretch(RoomLog log, ulong after, bool isDeclared)
{
    private readonly List<Reception> _receptions = [];
    private bool _isRising = true;

    public RoomLog Log { get; } = log;

    /// <summary>What comes after this number is for the member.</summary>
    public ulong After { get; } = after;

    /// <summary>Whether the epoch is the membership's first, or a gap said that it is new.</summary>
    public bool IsDeclared { get; set; } = isDeclared;

    /// <summary>The line that says that the member entered.</summary>
    public int OpenedAt { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public Owed? EndedWith { get; set; }

    /// <summary>Numbers that the server said would not come.</summary>
    public List<(ulong First, ulong Last)> Gaps { get; } = [];

    /// <summary>The highest number that came.</summary>
    public ulong High { get; private set; }

    /// <summary>Numbers that came, rising once <see cref="Sort"/> was called.</summary>
    public ReadOnlySpan<Reception> Receptions => CollectionsMarshal.AsSpan(_receptions);

    /// <returns>Whether it comes in its order.</returns>
    public bool Receive(ulong number, int line)
    {
        var isInOrder = number > High;
        _isRising &= isInOrder;
        High = Math.Max(High, number);
        _receptions.Add(new Reception(number, line));
        return isInOrder;
    }

    public void Sort()
    {
        if (!_isRising)
            _receptions.Sort((left, right) => left.Number.CompareTo(right.Number));
        _isRising = true;
    }

    public bool IsInGap(ulong number)
    {
        foreach (var (first, last) in Gaps)
        {
            if (number >= first && number <= last)
                return true;
        }
        return false;
    }
}
