using System.Diagnostics.CodeAnalysis;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <content>What each record means, and what is wrong with it at once.</content>
public sealed partial class HistoryChecker
{
    private void OnSent(
        ClientLedger client, MessageId id, string? room, ClientKey recipient, ulong counter, long at, RecordPlace place)
    {
        var message = Message(id);
        client.Tries++;
        if (message.Sender is not null)
        {
            if (message.IsRefused)
                message.SendAgain(client.Tries, at, place);
            return;
        }
        if (counter != client.Counter + 1)
            _findings.Add(new Violation.HistoryHole(client.Key, counter,
                $"{client.Key} sends message {counter} after {client.Counter} at {Where(place)}: records are missing."));
        client.Counter = counter;
        client.Sent.Add(message);
        message.Send(client, room, recipient, client.Tries, at, place);
    }

    private void OnAcknowledged(ClientLedger client, Happening.Acknowledged taken, long at, RecordPlace place)
    {
        var message = Message(taken.Id);
        if (message.Number is not { } before)
        {
            message.Acknowledge(taken.Position, at, place);
            Put(taken.Position, message, place);
        }
        else if (before != taken.Position && !message.HasTwoAcknowledgements)
        {
            message.HasTwoAcknowledgements = true;
            _findings.Add(new Violation.AcknowledgedTwice(taken.Id, before, taken.Position,
                $"{client.Key} is told that its message {taken.Id} is {before} ({Where(message.AcknowledgedAt)}), then that it is " +
                $"{taken.Position} ({Where(place)})."));
        }
    }

    private void OnReceived(ClientLedger client, Happening.Received came, RecordPlace place)
    {
        _delivered++;
        var message = Message(came.Id);
        CheckSignature(client, came.Id, came.From, came.Signature, place);
        RememberOrigin(message, came.From);
        var isFirst = message.DeliverTo(client);
        if (!IsForMember(client, came.Position, place, out var stretch))
            return;
        RememberNumber(message, came.Position);
        Put(came.Position, message, place);
        if (!isFirst && message.Seen == came.Position)
            _findings.Add(new Violation.Doubled(came.Position, came.Id, client.Key,
                $"{client.Key} got message {came.Id} ({came.Position}) again at {Where(place)}."));
        else if (stretch.High is var high && !stretch.Receive(came.Position.Sequence, place.Line) && isFirst)
            _findings.Add(new Violation.Disordered(came.Position, client.Key,
                $"{client.Key} got {came.Position} at {Where(place)} after {high}."));
    }

    private bool IsForMember(
        ClientLedger client, LogPosition position, RecordPlace place, [NotNullWhen(true)] out Stretch? stretch)
    {
        stretch = client.In(position.Room);
        if (stretch is not null && position.Epoch != stretch.Log.Epoch)
        {
            _findings.Add(new Violation.EpochMixedUp(position, client.Key,
                $"{client.Key} got {position} at {Where(place)}; its log is that of epoch {stretch.Log.Epoch}, and no gap said otherwise."));
            stretch.Receive(position.Sequence, place.Line);
            return false;
        }
        if (stretch is not null && position.Sequence > stretch.After)
            return true;
        _findings.Add(new Violation.NotAMember(position, client.Key,
            $"{client.Key} got {position} at {Where(place)} and wasn't a member then."));
        return false;
    }

    private void OnReceivedPrivately(ClientLedger client, Happening.ReceivedPrivately came, RecordPlace place)
    {
        _delivered++;
        var message = Message(came.Id);
        CheckSignature(client, came.Id, came.From, came.Signature, place);
        RememberOrigin(message, came.From);
        if (message.DeliverTo(client))
            client.Privates.Add((message, place.Line));
        else
            _findings.Add(new Violation.PrivateDoubled(came.Id, client.Key,
                $"{client.Key} got the private message {came.Id} again at {Where(place)}."));
    }

    private void OnJoined(ClientLedger client, LogPosition position, RecordPlace place)
    {
        var open = client.In(position.Room);
        if (open is not null && open.Log.Epoch == position.Epoch)
            return; // entered again: the membership goes on, and what was missed meanwhile is owed
        if (open is not null)
            open.EndedWith = Owed.Everything;
        if (!client.Rooms.TryGetValue(position.Room, out var stretches))
            client.Rooms.Add(position.Room, stretches = []);
        stretches.Add(new Stretch(Log(position.Room, position.Epoch), position.Sequence, isDeclared: open is null)
        {
            OpenedAt = place.Line,
        });
    }

    private static void Part(Stretch? stretch)
    {
        if (stretch is not null)
            stretch.EndedWith = Owed.WhatItReached;
    }

    private void OnLeft(ClientLedger client, long at, RecordPlace place)
    {
        client.IsAttached = false;
        foreach (var room in client.Rooms.Keys)
            Part(client.In(room));
        foreach (var name in client.Names)
            _names.Released(name, client, at, place);
        client.Names.Clear();
    }

    /// <remarks>A new log is told by RoomInfo, which opens the stretch, and then by this gap, which declares it.</remarks>
    private static void OnGap(ClientLedger client, Happening.Gap gap)
    {
        if (client.In(gap.Room) is not { } stretch || stretch.Log.Epoch != gap.Epoch)
            return; // then the numbers that don't come are missing
        if (gap.First > 0)
            stretch.Gaps.Add((gap.First, gap.Last));
        else if (!stretch.IsDeclared && client.Rooms[gap.Room] is [.., var before, _])
        {
            stretch.IsDeclared = true;
            before.Gaps.Add((before.High + 1, ulong.MaxValue));
        }
    }

    private void OnAct(ClientLedger client, LogPosition position, RecordPlace place)
    {
        if (client.In(position.Room) is not { } stretch || position.Epoch != stretch.Log.Epoch)
            return;
        stretch.Receive(position.Sequence, place.Line);
        Put(position, null, place);
    }

    private void CheckSignature(ClientLedger client, MessageId id, ClientKey from, SignatureCheck signature, RecordPlace place)
    {
        if (signature != SignatureCheck.ByClient)
            _signatures++;
        if (signature == SignatureCheck.Invalid)
            _findings.Add(new Violation.BadSignature(id, client.Key,
                $"The signature of message {id}, as from {from}, doesn't verify: {client.Key} at {Where(place)}."));
    }

    private void Put(LogPosition position, KnownMessage? message, RecordPlace place)
    {
        var (isNew, other) = Log(position.Room, position.Epoch).Put(position.Sequence, message);
        if (!isNew)
            return;
        var (first, second) = (message?.Id ?? default, other?.Id ?? default);
        if (first.Value > second.Value)
            (first, second) = (second, first);
        _findings.Add(new Violation.TwoMessages(position, first, second,
            $"{position} is message {first} and message {second}; the second one told is at {Where(place)}."));
    }

    private static void RememberOrigin(KnownMessage message, ClientKey from)
    {
        message.From ??= from;
        if (message.From != from)
            message.FromToo ??= from;
    }

    private static void RememberNumber(KnownMessage message, LogPosition position)
    {
        message.Seen ??= position;
        if (message.Seen != position)
            message.SeenToo ??= position;
    }
}
