namespace ChatLock.Actors.FanOut;

/// <summary>What a fan-out actor knows; kept outside it so that a restart loses nobody.</summary>
public sealed class FanOutMemory
{
    private static readonly HashSet<Outbound> Nobody = [];

    private readonly Dictionary<string, HashSet<Outbound>> _rooms = [];

    internal List<Outbound> Dirty { get; } = [];

    internal bool FlushScheduled { get; set; }

    /// <summary>Those of a room's members that this actor writes to.</summary>
    internal HashSet<Outbound> MembersOf(string room) => _rooms.GetValueOrDefault(room) ?? Nobody;

    internal void Enter(string room, Outbound who)
    {
        if (!_rooms.TryGetValue(room, out var members))
            _rooms.Add(room, members = []);
        members.Add(who);
        who.Rooms.Add(room);
    }

    internal void Leave(string room, Outbound who)
    {
        who.Rooms.Remove(room);
        if (_rooms.TryGetValue(room, out var members) && members.Remove(who) && members.Count == 0)
            _rooms.Remove(room);
    }

    internal void LeaveAll(Outbound who)
    {
        foreach (var room in who.Rooms.ToArray())
            Leave(room, who);
    }
}
