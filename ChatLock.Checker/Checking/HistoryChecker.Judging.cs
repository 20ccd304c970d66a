using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <content>What can be judged only when everything is known.</content>
public sealed partial class HistoryChecker
{
    private int _declared;

    /// <summary>The verdict, once.</summary>
    public Verdict Finish()
    {
        foreach (var client in _clients)
            JudgeClient(client);
        foreach (var log in _logs.Values)
            RoomOrder.Judge(log, _findings, Where);
        foreach (var message in _messages.Values)
            JudgeMessage(message);
        foreach (var log in _logs.Values)
            JudgeUnknown(log);
        _names.Judge(_findings, Where);

        return new Verdict
        {
            Violations = _findings.Kept,
            ByKind = _findings.ByKind,
            ByPromise = _findings.ByPromise,
            Tally = new Tally
            {
                Clients = _clients.Count,
                Rooms = _logs.Keys.Select(key => key.Room).Distinct().Count(),
                Sent = _clients.Sum(client => client.Sent.Count),
                Acknowledged = _messages.Values.Count(message => message.IsAcknowledged),
                Delivered = _delivered,
                PrivateAcknowledged = _messages.Values.Count(message => message.IsPrivate && message.IsAcknowledged),
                Resumed = _resumed,
                Detached = _detached,
                Declared = _declared,
                SignaturesVerified = _signatures,
            },
        };
    }

    private void JudgeClient(ClientLedger client)
    {
        if (!client.HasEnded)
            _findings.Add(new Violation.Unfinished(client.Key,
                $"The history of {client.Key} in {_files[client.File]} doesn't end with \"ended\": what should have come can't be judged."));
        foreach (var stretch in client.Rooms.Values.SelectMany(stretches => stretches))
            JudgeStretch(client, stretch);
        JudgePrivates(client);
    }

    /// <summary>Goes along the log and the receptions at once: each number in the stretch came, or is the client's own, or
    /// was declared not to come.</summary>
    private void JudgeStretch(ClientLedger client, Stretch stretch)
    {
        if (!stretch.IsDeclared)
            _findings.Add(new Violation.EpochMixedUp(stretch.Log.At(stretch.After), client.Key,
                $"{client.Key} is in epoch {stretch.Log.Epoch} of {stretch.Log.Room} from line {stretch.OpenedAt} on, and no gap said that the log is new."));
        stretch.Sort();
        var owed = stretch.EndedWith ?? (client.IsAttached && client.HasEnded ? Owed.Everything : Owed.WhatItReached);
        var last = owed == Owed.Everything ? ulong.MaxValue : stretch.High;
        var numbers = stretch.Log.Numbers;
        var receptions = stretch.Receptions;
        var (expected, at) = (stretch.After + 1, 0);
        for (var index = FirstAfter(numbers, stretch.After); index < numbers.Length && numbers[index] <= last; index++)
        {
            var number = numbers[index];
            at = SkipBelow(receptions, at, number);
            if (number > expected)
                AddUnknown(stretch, expected, number - 1);
            expected = number + 1;
            if (at < receptions.Length && receptions[at].Number == number)
                continue;
            Miss(client, stretch, number, at);
        }
    }

    private void Miss(ClientLedger client, Stretch stretch, ulong number, int next)
    {
        var message = stretch.Log[number];
        if (message is null || message.Sender == client || stretch.Log.IsDisputed(number))
            return;
        if (stretch.IsInGap(number))
        {
            _declared++;
            return;
        }
        var receptions = stretch.Receptions;
        var before = next > 0 ? receptions[next - 1].Line : stretch.OpenedAt;
        var after = next < receptions.Length ? receptions[next].Line : int.MaxValue;
        var returned = client.ReturnedBetween(before, after) is { } line ? $", and it came back at line {line} between them" : "";
        message.MissedBy.Add((client, after == int.MaxValue
            ? $"the last of the room that it got before is at {Where(new(client.File, before))}{returned}"
            : $"the ones before and after are at {Where(new(client.File, before))} and line {after}{returned}"));
    }

    private static void AddUnknown(Stretch stretch, ulong first, ulong last)
    {
        foreach (var (gapFirst, gapLast) in stretch.Gaps.Order())
        {
            if (gapLast < first || gapFirst > last)
                continue;
            if (gapFirst > first)
                Count(stretch.Log, first, gapFirst - 1);
            if (gapLast >= last)
                return;
            first = gapLast + 1;
        }
        Count(stretch.Log, first, last);

        static void Count(RoomLog log, ulong first, ulong last) =>
            log.Unknown[(first, last)] = log.Unknown.GetValueOrDefault((first, last)) + 1;
    }

    private void JudgeUnknown(RoomLog log)
    {
        foreach (var ((first, last), members) in log.Unknown)
            _findings.Add(new Violation.NumberMissing(log.Room, log.Epoch, first, last,
                $"Nobody knows what {log.At(first)}{(first < last ? $" to {last}" : "")} is, though higher numbers were given out; " +
                $"{members} members should have got it or been told of a gap."));
    }

    private static int FirstAfter(ulong[] numbers, ulong after)
    {
        var index = Array.BinarySearch(numbers, after);
        return index < 0 ? ~index : index + 1;
    }

    private static int SkipBelow(ReadOnlySpan<Reception> receptions, int at, ulong number)
    {
        while (at < receptions.Length && receptions[at].Number < number)
            at++;
        return at;
    }
}
