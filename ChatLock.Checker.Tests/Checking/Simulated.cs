using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <summary>A client of <see cref="GoodHistory"/>: what is on its way from it and to it.</summary>
internal sealed class SimulatedClient(ClientKey key)
{
    public ClientKey Key { get; } = key;

    public string? Name { get; set; }

    public bool IsAttached { get; set; }

    public bool IsGone { get; set; }

    public ulong Counter { get; set; }

    public List<SimulatedRoom> Joined { get; } = [];

    /// <summary>Sent and not answered.</summary>
    public List<SimulatedMessage> Pending { get; } = [];

    public Queue<SimulatedMessage> Up { get; } = new();

    public Queue<Told> Down { get; set; } = new();
}

internal sealed class SimulatedRoom(string id, ulong epoch)
{
    public string Id { get; } = id;

    public ulong Epoch { get; } = epoch;

    public ulong Last { get; set; }

    public HashSet<SimulatedClient> Members { get; } = [];
}

internal sealed class SimulatedMessage(
    MessageId id, ulong counter, SimulatedClient from, SimulatedRoom? room, SimulatedClient? to)
{
    public MessageId Id { get; } = id;

    public ulong Counter { get; } = counter;

    public SimulatedClient From { get; } = from;

    public SimulatedRoom? Room { get; } = room;

    public SimulatedClient? To { get; } = to;

    /// <summary>What the server said first, and says to every further try.</summary>
    public Happening? Answer { get; set; }
}

/// <summary>What a client is told.</summary>
internal abstract record Told
{
    private Told()
    {
    }

    public sealed record Delivery(LogPosition? Position, Happening What) : Told;

    public sealed record Answer(SimulatedMessage Message, Happening What) : Told;

    public sealed record Entered(SimulatedRoom Room, Happening What) : Told;

    public sealed record Gone(SimulatedRoom Room) : Told;

    public sealed record Named(string Name) : Told;
}
