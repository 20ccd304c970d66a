using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using static ChatLock.Protocol.Tests.Golden.SessionInputs;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>A long way through the client's table, by dice that always fall the same; what is wrong comes late.</summary>
internal sealed class SessionWalk(int number)
{
    private const int Steps = 80;

    private readonly Dice _dice = new((ulong)number);
    private readonly SessionRun _run = new(number % 2 == 0 ? null : "alice");
    private readonly List<ulong> _asked = [];
    private ulong _hello;
    private ulong _sequence = 41;

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
            _asked.Add(send.Frame.Ref);
    }

    private ClientInput Next(int die) => _run.Phase switch
    {
        ClientPhase.AwaitChallenge when die < 60 => Received(Challenge()),
        ClientPhase.AwaitChallenge => die < 80 ? Chosen($"name{die}") : Received(Newer()),
        ClientPhase.AwaitName => die < 90 ? Chosen($"name{die}") : Ask(die, Ping()),
        ClientPhase.AwaitWelcome when die < 40 => Received(Refused(_hello, RefusalCode.NameTaken, $"name{die}_")),
        ClientPhase.AwaitWelcome => die < 90 ? Received(Welcome($"name{die}")) : Ask(die, Post()),
        ClientPhase.Closed => Kinds[die % Kinds.Count].Input,
        _ => NextInReady(die),
    };

    private ClientInput NextInReady(int die) => die switch
    {
        < 60 when die >= 35 && _asked.Count > 0 => Received(Answer()),
        < 60 => Ask(_dice.Next(1000), Question()),
        < 75 => Received(Posted(_sequence += 1 + (ulong)_dice.Next(3))),
        < 82 => Received(Private()),
        < 86 => Received(Presence()),
        < 90 => Received(Gap(_sequence + 1, _sequence + 2)),
        < 93 => Received(Ping((ulong)die)),
        < 96 => Received(Newer()),
        < 99 => Chosen("nobody"),
        _ when _dice.Next(2) == 0 => Received(Posted(_sequence)),
        _ => Received(Accepted(_hello)),
    };

    private ClientFrame Question() => _dice.Next(4) switch
    {
        0 => Who(),
        1 => Rename($"name{_dice.Next(100)}"),
        _ => Post(),
    };

    private ServerFrame Answer()
    {
        var at = _dice.Next(_asked.Count);
        var @ref = _asked[at];
        _asked.RemoveAt(at);
        return _dice.Next(4) switch
        {
            0 => Refused(@ref, RefusalCode.TooFast),
            1 => Renamed(@ref, $"name{@ref}"),
            _ => Accepted(@ref),
        };
    }
}
