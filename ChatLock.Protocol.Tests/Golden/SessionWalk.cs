using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using static ChatLock.Protocol.Tests.Golden.SessionInputs;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>A long way through the client's table, by dice that always fall the same; what is wrong comes late.</summary>
internal sealed class SessionWalk(int number)
{
    private const int Steps = 80;

    private readonly Dice _dice = new((ulong)number);
    private static readonly string[] Rooms = ["lobby", "#garden", "#kitchen"];
    private readonly SessionRun _run = new(number % 2 == 0 ? null : "alice", number % 3 == 0 ? null : Earlier);
    private readonly List<ClientFrame> _asked = [];
    private ulong _hello;
    private ulong _sequence = 41;
    private ulong _mail = 2;
    private bool _isAwaited = number % 3 != 0;

    public SessionScript Script()
    {
        for (var step = 0; step < Steps; step++)
        {
            foreach (var effect in _run.On(Next(_dice.Next(100))))
                Note(effect);
        }
        return _run.As($"a long way, {number}");
    }

    private void Note(ClientEffect effect)
    {
        if (effect is ClientEffect.Prove prove)
            _hello = prove.Ref;
        else if (effect is ClientEffect.Send { Frame.Ref: > 0 } send)
            _asked.Add(send.Frame);
    }

    private ClientInput Next(int die) => _run.Phase switch
    {
        ClientPhase.AwaitChallenge when die < 60 => Received(Challenge()),
        ClientPhase.AwaitChallenge => die < 80 ? Chosen($"name{die}") : Received(Newer()),
        ClientPhase.AwaitName => die < 90 ? Chosen($"name{die}") : Ask(die, Ping()),
        ClientPhase.AwaitWelcome when die < 20 => Received(Refused(_hello, RefusalCode.NameTaken, $"name{die}_")),
        ClientPhase.AwaitWelcome when die < 40 && !_run.Resume.Token.IsEmpty => Received(Refused(_hello, RefusalCode.CannotResume)),
        ClientPhase.AwaitWelcome => die < 90 ? Received(Welcome($"name{die}", resumed: die < 60)) : Ask(die, Post()),
        ClientPhase.Closed => Kinds[die % Kinds.Count].Input,
        _ => NextInReady(die),
    };

    private ClientInput NextInReady(int die) => die switch
    {
        < 55 when die >= 30 && _asked.Count > 0 => Received(Answer()),
        < 55 => Ask(_dice.Next(1000), Question()),
        < 75 => Received(PostedSomewhere()),
        < 80 => Received(Private(_mail += 1 + (ulong)_dice.Next(2))),
        < 83 => Received(Presence()),
        < 86 => Received(Gap(_sequence + 1, _sequence += 2)),
        < 88 when IsIn("#garden") => Received(LeftRoom("#garden")),
        < 90 when _isAwaited => Received(Back()),
        < 91 => Received(Ping((ulong)die)),
        < 94 => Received(Newer()),
        < 99 => Chosen("nobody"),
        _ when _dice.Next(2) == 0 => Received(Posted(_sequence)),
        _ => Received(Accepted(_hello)),
    };

    private ServerFrame PostedSomewhere()
    {
        var number = _sequence += 1 + (ulong)_dice.Next(3);
        var room = Rooms[_dice.Next(Rooms.Length)];
        return Posted(number, IsIn(room) ? room : "lobby");
    }

    private bool IsIn(string room) => _run.Resume.Positions.Any(place => place.Room == room) && !(_isAwaited && room == "#garden");

    private ServerFrame Back()
    {
        _isAwaited = false;
        return EnteredAgain("#garden", _sequence);
    }

    private ClientFrame Question() => _dice.Next(8) switch
    {
        0 => Who(),
        1 => Rename($"name{_dice.Next(100)}"),
        2 => Join(Rooms[1 + _dice.Next(2)]),
        3 => Leave(Rooms[1 + _dice.Next(2)]),
        4 => Moderate(Rooms[_dice.Next(3)]),
        _ => Post(Rooms[_dice.Next(3)]),
    };

    private ServerFrame Answer()
    {
        var at = _dice.Next(_asked.Count);
        var asked = _asked[at];
        _asked.RemoveAt(at);
        return _dice.Next(5) switch
        {
            0 => Refused(asked.Ref, RefusalCode.TooFast),
            1 when asked.Rename is { } => Renamed(asked.Ref, $"name{asked.Ref}"),
            _ when asked.Join is { } join => AnswerJoin(asked.Ref, join.Room),
            _ => Accepted(asked.Ref, ++_sequence),
        };
    }

    private ServerFrame AnswerJoin(ulong @ref, string room)
    {
        _isAwaited &= room != "#garden";
        return Joined(@ref, At(room, _sequence));
    }
}
