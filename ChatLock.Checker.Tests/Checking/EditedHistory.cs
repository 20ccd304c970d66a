using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <summary>A delivery that could be tampered with.</summary>
internal sealed record Delivery(int At, ClientKey Client, Happening.Received What)
{
    public LogPosition Position => What.Position;
}

/// <summary>A good history in the hands of someone who wants to spoil it: what is where, and small changes.</summary>
internal sealed class EditedHistory(List<HistoryRecord> records, Random random)
{
    public List<HistoryRecord> Records { get; } = records;

    /// <summary>Where the last records of all clients begin.</summary>
    public int End => Records.FindIndex(record => record.What is Happening.Ended);

    public IEnumerable<Delivery> Deliveries => Records
        .Select((record, at) => (record, at))
        .Where(pair => pair.record.What is Happening.Received)
        .Select(pair => new Delivery(pair.at, pair.record.Client, (Happening.Received)pair.record.What));

    /// <summary>Deliveries of acknowledged messages to clients that stay in the room until the end.</summary>
    public IEnumerable<Delivery> OwedDeliveries => Deliveries.Where(one => IsOwed(one) && AcknowledgementOf(one.What.Id) >= 0);

    public bool IsOwed(Delivery delivery) =>
        IsHere(delivery.Client) && StaysFrom(delivery.At, delivery.Client, delivery.Position.Room);

    /// <summary>Whether nothing the client is told between two records moves it in or out of the room.</summary>
    public bool StaysFrom(int from, ClientKey client, string room, int to = int.MaxValue) => !Records
        .Skip(from + 1).Take(to - from - 1)
        .Any(record => record.Client == client && record.What is Happening.Left or Happening.Parted or Happening.Joined
            && (RoomOf(record.What) ?? room) == room);

    /// <summary>Whether the client has a connection at the end.</summary>
    public bool IsHere(ClientKey client) => Records.Last(record =>
        record.Client == client &&
        record.What is Happening.Connected or Happening.Resumed or Happening.Detached or Happening.Left).What
        is Happening.Connected or Happening.Resumed;

    public IReadOnlyList<ClientKey> Clients => [.. Records.Select(record => record.Client).Distinct()];

    public IReadOnlyList<ClientKey> MembersAtEnd(string room) => [.. Clients.Where(client =>
        IsHere(client) &&
        Records.LastOrDefault(record =>
            record.Client == client && record.What is Happening.Joined or Happening.Parted && RoomOf(record.What) == room).What
        is Happening.Joined)];

    public int AcknowledgementOf(MessageId id) =>
        Records.FindIndex(record => record.What is Happening.Acknowledged taken && taken.Id == id);

    public int FirstTryOf(MessageId id) => Records.FindIndex(record =>
        record.What is Happening.SentToRoom sent && sent.Id == id || record.What is Happening.SentPrivately one && one.Id == id);

    public bool WasRefused(MessageId id) => Records.Any(record => record.What is Happening.Refused refused && refused.Id == id);

    /// <summary>A number that the room hasn't given out.</summary>
    public LogPosition NewNumber(LogPosition like) => like with
    {
        Sequence = 1 + Records.Max(record => PositionOf(record.What) is { } position && position.Room == like.Room ? position.Sequence : 0),
    };

    public T? Any<T>(IEnumerable<T> from) where T : class => from.ToList() is { Count: > 0 } all ? all[random.Next(all.Count)] : null;

    public ClientKey AnyOther(ClientKey than) => Clients.Where(client => client != than).ElementAt(random.Next(Clients.Count - 1));

    public void Change(int at, Happening what) => Records[at] = Records[at] with { What = what };

    /// <summary>Puts a record before another one, at the same moment.</summary>
    public void Insert(int at, ClientKey client, Happening what) =>
        Records.Insert(at, new HistoryRecord(Records[at].AtMicroseconds, client, what));

    public void Swap(int left, int right)
    {
        var what = Records[left].What;
        Change(left, Records[right].What);
        Change(right, what);
    }

    /// <summary>Delivers to all that are in the room at the end, as the last thing.</summary>
    public void DeliverToAll(LogPosition position, ClientKey from, MessageId id, ClientKey but)
    {
        foreach (var member in MembersAtEnd(position.Room).Where(member => member != but))
            Insert(End, member, new Happening.Received(position, from, id, SignatureCheck.Valid));
    }

    public static string? RoomOf(Happening what) => what switch
    {
        Happening.Parted parted => parted.Room,
        _ => PositionOf(what)?.Room,
    };

    public static LogPosition? PositionOf(Happening what) => what switch
    {
        Happening.Joined joined => joined.Position,
        Happening.Acknowledged taken => taken.Position,
        Happening.Received came => came.Position,
        Happening.ActSeen act => act.Position,
        _ => null,
    };
}
