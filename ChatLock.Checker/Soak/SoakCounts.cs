using System.Collections.Concurrent;

namespace ChatLock.Checker.Soak;

/// <summary>What all clients together have done so far, for knowing when all has come and for the table. Thread-safe.</summary>
internal sealed class SoakCounts
{
    private readonly ConcurrentDictionary<string, int> _members = new();
    private long _owed;
    private long _came;
    private long _events;
    private int _failed;
    private int _unreadable;
    private int _roomsLost;
    private int _stopped;
    private int _privateGaps;

    /// <summary>Deliveries that acknowledged messages should lead to.</summary>
    public long Owed => Interlocked.Read(ref _owed);

    public long Came => Interlocked.Read(ref _came);

    /// <summary>All that clients told; when it stands still, nothing more comes.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Messages that clients handed back.</summary>
    public int Failed => Volatile.Read(ref _failed);

    public int Unreadable => Volatile.Read(ref _unreadable);

    /// <summary>Rooms that clients were put out of.</summary>
    public int RoomsLost => Volatile.Read(ref _roomsLost);

    /// <summary>Clients that gave up.</summary>
    public int Stopped => Volatile.Read(ref _stopped);

    /// <summary>Private messages that a gap said would not come, counted by gaps.</summary>
    public int PrivateGaps => Volatile.Read(ref _privateGaps);

    public void Joined(string room) => _members.AddOrUpdate(room, 1, (_, count) => count + 1);

    public void Count(SoakEvent happened)
    {
        Interlocked.Increment(ref _events);
        switch (happened)
        {
            case SoakEvent.Taken taken:
                Interlocked.Add(ref _owed, _members.GetValueOrDefault(taken.Room) - 1);
                break;
            case SoakEvent.TakenPrivately:
                Interlocked.Increment(ref _owed);
                break;
            case SoakEvent.Came or SoakEvent.CamePrivately:
                Interlocked.Increment(ref _came);
                break;
            case SoakEvent.Failed:
                Interlocked.Increment(ref _failed);
                break;
            case SoakEvent.Unreadable:
                Interlocked.Increment(ref _unreadable);
                break;
            case SoakEvent.RoomLeft:
                Interlocked.Increment(ref _roomsLost);
                break;
            case SoakEvent.Stopped:
                Interlocked.Increment(ref _stopped);
                break;
            case SoakEvent.PrivateMissing:
                Interlocked.Increment(ref _privateGaps);
                break;
        }
    }
}
