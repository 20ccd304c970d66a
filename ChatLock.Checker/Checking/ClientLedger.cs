using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <summary>What one client did and got.</summary>
internal sealed class ClientLedger(ClientKey key, int index, int file, string clock)
{
    public ClientKey Key { get; } = key;

    /// <summary>From 0, in the order in which clients appear.</summary>
    public int Index { get; } = index;

    /// <summary>The file with its history.</summary>
    public int File { get; } = file;

    public string Clock { get; } = clock;

    /// <summary>Whether it has a connection.</summary>
    public bool IsAttached { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>The count of its last new message.</summary>
    public ulong Counter { get; set; }

    public int Tries { get; set; }

    /// <summary>What it sent, each once, in the order of first tries.</summary>
    public List<KnownMessage> Sent { get; } = [];

    /// <summary>Its memberships, by room, each room's stretches in their order.</summary>
    public Dictionary<string, List<Stretch>> Rooms { get; } = [];

    /// <summary>What came to it alone, in order.</summary>
    public List<(KnownMessage Message, int Line)> Privates { get; } = [];

    /// <summary>Lines at which it got a connection.</summary>
    public List<int> Returns { get; } = [];

    public HashSet<string> Names { get; } = [];

    /// <summary>The stretch that goes on in a room; null if it is no member.</summary>
    public Stretch? In(string room) => Rooms.GetValueOrDefault(room)?[^1] is { EndedWith: null } open ? open : null;

    /// <summary>Where it came back between two lines of its history.</summary>
    public int? ReturnedBetween(int line, int end)
    {
        var at = Returns.BinarySearch(line);
        at = at < 0 ? ~at : at;
        return at < Returns.Count && Returns[at] < end ? Returns[at] : null;
    }
}
