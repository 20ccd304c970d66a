using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <summary>Makes the history of clients of a server without faults: cuts and resumes, retries, refusals, joins and
/// parts, gaps, renamings, private messages, people who leave and people who never come back.</summary>
/// <remarks>The server is the simplest that keeps its promises. Whatever it does, the checker must say nothing; each
/// corruption of what it did must be named.</remarks>
internal sealed class GoodHistory
{
    /// <summary>Client 0 never says anything; the last one is in the first room only.</summary>
    public const int Quiet = 0;

    private const int Steps = 2_500;
    private readonly Random _random;
    private readonly List<HistoryRecord> _records = [];
    private readonly List<SimulatedClient> _clients = [];
    private readonly List<SimulatedRoom> _rooms = [];
    private readonly Queue<string> _freeNames = new();
    private ulong _lastId;
    private long _now;

    private GoodHistory(int seed)
    {
        _random = new Random(seed);
        for (var room = 0; room < 2 + _random.Next(2); room++)
            _rooms.Add(new SimulatedRoom(room == 0 ? "lobby" : $"#room{room}", (ulong)_random.Next(1, 1_000_000)));
        for (var name = 0; name < 20; name++)
            _freeNames.Enqueue($"name{name}");
        for (var client = 0; client < 6 + _random.Next(3); client++)
            _clients.Add(new SimulatedClient(new ClientKey((ulong)_random.NextInt64() | 1)));
    }

    public static List<HistoryRecord> Make(int seed)
    {
        var history = new GoodHistory(seed);
        history.Run();
        return history._records;
    }

    private SimulatedClient Outsider => _clients[^1];

    private void Run()
    {
        foreach (var client in _clients)
        {
            Write(client, new Happening.Connected());
            TakeName(client);
            client.IsAttached = true;
            foreach (var room in _rooms.Where(room => MayJoin(client, room) && (room == _rooms[0] || _random.Next(3) > 0)))
                Join(client, room);
        }
        for (var step = 0; step < Steps; step++)
            Step(_clients[_random.Next(_clients.Count)], step);
        Settle();
        foreach (var client in _clients)
            Write(client, new Happening.Ended());
    }

    private bool MayJoin(SimulatedClient client, SimulatedRoom room) => client != Outsider || room == _rooms[0];

    private void Step(SimulatedClient client, int step)
    {
        if (client.IsGone)
            return;
        var dice = _random.Next(1_000);
        if (client == _clients[1] && step > Steps / 2)
            GoForGood(client);
        else if (client == _clients[2] && step > Steps * 2 / 3)
            Leave(client);
        else if (dice < 12)
            (client.IsAttached ? (Action<SimulatedClient>)Detach : Resume)(client);
        else if (!client.IsAttached)
            Type(client, dice % 7 == 0);
        else if (dice < 20)
            JoinOrPart(client);
        else if (dice < 24)
            Rename(client);
        else if (dice < 30)
            Act(_rooms[_random.Next(_rooms.Count)]);
        else if (dice < 170)
            Type(client, dice % 7 == 0);
        else if (dice < 480)
            ServerTakesOne(client);
        else
            ClientHearsOne(client);
    }

    private void Type(SimulatedClient client, bool isPrivate)
    {
        if (client == _clients[Quiet] || client.Pending.Count > 20)
            return;
        var id = new MessageId(new UInt128((ulong)_random.NextInt64(), ++_lastId));
        var joined = client.Joined.ToList();
        var other = _clients[_random.Next(_clients.Count)];
        if (isPrivate && other != client)
            Try(client, new SimulatedMessage(id, ++client.Counter, client, null, other));
        else if (joined.Count > 0)
            Try(client, new SimulatedMessage(id, ++client.Counter, client, joined[_random.Next(joined.Count)], null));
    }

    private void Try(SimulatedClient client, SimulatedMessage message)
    {
        Write(client, message.Room is { } room
            ? new Happening.SentToRoom(room.Id, message.Id, message.Counter)
            : new Happening.SentPrivately(message.To!.Key, message.Id, message.Counter));
        if (!client.Pending.Contains(message))
            client.Pending.Add(message);
        if (client.IsAttached)
            client.Up.Enqueue(message);
    }

    private void ServerTakesOne(SimulatedClient client)
    {
        if (!client.Up.TryDequeue(out var message))
            return;
        if (message.Answer is null && message.Room is { } room && !room.Members.Contains(client))
            client.Down.Enqueue(new Told.Answer(message, new Happening.Refused(message.Id, "not-a-member")));
        else if (message.Answer is null && _random.Next(40) == 0)
            client.Down.Enqueue(new Told.Answer(message, new Happening.Refused(message.Id, "not-stored")));
        else
            client.Down.Enqueue(new Told.Answer(message, message.Answer ??= Store(message)));
    }

    private static Happening Store(SimulatedMessage message)
    {
        if (message.Room is not { } room)
        {
            message.To!.Down.Enqueue(new Told.Delivery(
                null, new Happening.ReceivedPrivately(message.From.Key, message.Id, SignatureCheck.Valid)));
            return new Happening.AcknowledgedPrivately(message.Id);
        }
        var position = new LogPosition(room.Id, room.Epoch, ++room.Last);
        foreach (var member in room.Members.Where(member => member != message.From))
            member.Down.Enqueue(new Told.Delivery(
                position, new Happening.Received(position, message.From.Key, message.Id, SignatureCheck.Valid)));
        return new Happening.Acknowledged(position, message.Id);
    }

    private static void Act(SimulatedRoom room)
    {
        var position = new LogPosition(room.Id, room.Epoch, ++room.Last);
        foreach (var member in room.Members)
            member.Down.Enqueue(new Told.Delivery(position, new Happening.ActSeen(position)));
    }

    private void ClientHearsOne(SimulatedClient client)
    {
        if (!client.Down.TryDequeue(out var told))
            return;
        switch (told)
        {
            case Told.Delivery delivery:
                Write(client, delivery.What);
                break;
            case Told.Entered entered:
                Write(client, entered.What);
                client.Joined.Add(entered.Room);
                break;
            case Told.Gone gone:
                Write(client, new Happening.Parted(gone.Room.Id));
                break;
            case Told.Named named:
                Write(client, new Happening.NameHeld(named.Name));
                client.Name = named.Name;
                break;
            case Told.Answer { What: Happening.Refused { Code: "not-stored" } } again:
                Write(client, again.What);
                Try(client, again.Message);
                break;
            case Told.Answer answer:
                Write(client, answer.What);
                client.Pending.Remove(answer.Message);
                break;
        }
    }

    private void Detach(SimulatedClient client)
    {
        for (var taken = _random.Next(client.Up.Count + 1); taken > 0; taken--)
            ServerTakesOne(client);
        client.Up.Clear();
        HearRefusals(client);
        client.IsAttached = false;
        Write(client, new Happening.Detached());
        // That a message was taken is lost with the connection; what was delivered comes after the next.
        client.Down = new Queue<Told>(client.Down.Where(told => told is not Told.Answer));
    }

    /// <remarks>A refusal always arrives here: where one is lost, the next try may be numbered after what was sent later, and a
    /// checker can't tell that from disorder (docs/CHECKER.md section 2).</remarks>
    private void HearRefusals(SimulatedClient client)
    {
        foreach (var (message, what) in client.Down.OfType<Told.Answer>().Where(answer => answer.What is Happening.Refused))
        {
            Write(client, what);
            if (what is Happening.Refused { Code: "not-a-member" })
                client.Pending.Remove(message);
        }
    }

    private void Resume(SimulatedClient client)
    {
        client.IsAttached = true;
        Write(client, new Happening.Resumed());
        if (_random.Next(6) == 0)
            ForgetSome(client);
        foreach (var message in client.Pending.ToList())
            Try(client, message);
    }

    /// <summary>The log doesn't have the first of what the client missed any more.</summary>
    private void ForgetSome(SimulatedClient client)
    {
        if (client.Down.OfType<Told.Delivery>().FirstOrDefault(told => told.Position is not null) is not { Position: { } first })
            return;
        var missed = client.Down.TakeWhile(told => told is Told.Delivery).OfType<Told.Delivery>()
            .Where(told => told.Position?.Room == first.Room).Take(1 + _random.Next(3)).ToList();
        if (missed.Count == 0)
            return;
        var gap = new Happening.Gap(first.Room, first.Epoch, first.Sequence, missed[^1].Position!.Value.Sequence);
        client.Down = new Queue<Told>(
            client.Down.Where(told => told is not Told.Delivery one || !missed.Contains(one)).Prepend(new Told.Delivery(null, gap)));
    }

    private void JoinOrPart(SimulatedClient client)
    {
        var room = _rooms[_random.Next(_rooms.Count)];
        if (client == _clients[Quiet] || !MayJoin(client, room))
            return;
        if (!room.Members.Contains(client))
        {
            Join(client, room);
        }
        else if (client.Joined.Remove(room))
        {
            room.Members.Remove(client);
            client.Down.Enqueue(new Told.Gone(room));
        }
    }

    private static void Join(SimulatedClient client, SimulatedRoom room)
    {
        room.Members.Add(client);
        client.Down.Enqueue(new Told.Entered(room, new Happening.Joined(new LogPosition(room.Id, room.Epoch, room.Last))));
    }

    private void Rename(SimulatedClient client)
    {
        if (client.Name is not { } old || client == _clients[Quiet])
            return;
        Write(client, new Happening.NameReleased(old));
        client.Name = null;
        client.Down.Enqueue(new Told.Named(_freeNames.Dequeue()));
        _freeNames.Enqueue(old);
    }

    private void TakeName(SimulatedClient client)
    {
        client.Name = _freeNames.Dequeue();
        Write(client, new Happening.NameHeld(client.Name));
    }

    private void GoForGood(SimulatedClient client)
    {
        if (client.IsAttached)
            Detach(client);
        client.IsGone = true;
    }

    private void Leave(SimulatedClient client)
    {
        if (client.Name is { } name)
            Write(client, new Happening.NameReleased(name));
        Write(client, new Happening.Left());
        foreach (var room in _rooms)
            room.Members.Remove(client);
        (client.IsGone, client.IsAttached) = (true, false);
    }

    private void Settle()
    {
        foreach (var client in _clients.Where(client => client is { IsGone: false, IsAttached: false }))
            Resume(client);
        var here = _clients.Where(client => !client.IsGone).ToList();
        while (here.Any(client => client.Up.Count + client.Down.Count > 0))
        {
            foreach (var client in here)
            {
                ServerTakesOne(client);
                ClientHearsOne(client);
            }
        }
    }

    private void Write(SimulatedClient client, Happening what)
    {
        _now += 1 + _random.Next(50);
        _records.Add(new HistoryRecord(_now, client.Key, what));
    }
}
