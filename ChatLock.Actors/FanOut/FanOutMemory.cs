namespace ChatLock.Actors.FanOut;

/// <summary>What a fan-out actor knows; kept outside it so that a restart loses nobody.</summary>
public sealed class FanOutMemory
{
    private readonly Dictionary<string, HashSet<Outbound>> _rooms = [];

    internal List<Outbound> Dirty { get; } = [];

    internal bool FlushScheduled { get; set; }

    internal HashSet<Outbound> MembersOf(string room)
    {
        if (!_rooms.TryGetValue(room, out var members))
            _rooms.Add(room, members = []);
        return members;
    }
}
