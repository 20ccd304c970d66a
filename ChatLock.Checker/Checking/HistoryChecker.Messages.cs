using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <content>What is judged message by message.</content>
public sealed partial class HistoryChecker
{
    private void JudgeMessage(KnownMessage message)
    {
        if (message.Sender is not { } sender)
        {
            _findings.Add(new Violation.NeverSent(message.Id, $"Message {message.Id} came or was acknowledged, and nobody sent it."));
            return;
        }
        foreach (var claimed in new[] { message.From, message.FromToo })
        {
            if (claimed is { } other && other != sender.Key)
                _findings.Add(new Violation.WrongSender(message.Id, other,
                    $"Message {message.Id} of {sender.Key} ({Where(message.SentAt)}) came as {other}'s."));
        }
        if (message.IsRefused && (message.Deliveries > 0 || message.IsAcknowledged))
            _findings.Add(new Violation.RefusedYetThere(message.Id,
                $"Message {message.Id} of {sender.Key} ({Where(message.SentAt)}) was refused, and is there nevertheless."));
        if (message is { IsAcknowledged: false, IsRefused: false, IsGivenUp: false } && sender.IsAttached && sender.HasEnded)
            _findings.Add(new Violation.Unanswered(message.Id, sender.Key,
                $"{sender.Key} never learned what became of its message {message.Id} ({Where(message.SentAt)})."));
        if (message.Room is { } room)
        {
            JudgeNumber(message, room, sender);
            JudgeEcho(message, sender);
        }
        else
            JudgePrivate(message, sender);
    }

    private void JudgeNumber(KnownMessage message, string room, ClientLedger sender)
    {
        LogPosition?[] told = [message.Number, message.Seen, message.SeenToo];
        if (told.FirstOrDefault(number => number is { } one && one.Room != room) is { } elsewhere)
            _findings.Add(new Violation.WrongRoom(message.Id, elsewhere.Room,
                $"Message {message.Id} of {sender.Key} to {room} ({Where(message.SentAt)}) is in {elsewhere.Room}."));
        else if (message.Seen is { } seen && message.SeenToo is { } too)
            AddTwoNumbers(message, sender, seen, too);
        else if (message.Number is { } number && message.Seen is { } other && number != other && !message.HasTwoAcknowledgements)
            AddTwoNumbers(message, sender, number, other);

        if (message is { MissedBy.Count: > 1, Deliveries: 0, Number: { } lost })
            _findings.Add(new Violation.LostByAll(lost, message.Id,
                $"{Named(message, sender)} came to none of {message.MissedBy.Count} members; of {message.MissedBy[0].Client.Key} {message.MissedBy[0].Evidence}."));
        else
            JudgeMissed(message, sender);
    }

    private void JudgeEcho(KnownMessage message, ClientLedger sender)
    {
        if (message.Seen is { } seen && message.WasDeliveredTo(sender))
            _findings.Add(new Violation.Doubled(seen, message.Id, sender.Key,
                $"{sender.Key} got its own message {message.Id} ({Where(message.SentAt)}) as {seen}."));
    }

    private void JudgeMissed(KnownMessage message, ClientLedger sender)
    {
        foreach (var (client, evidence) in message.MissedBy)
        {
            if (message.Number is { } lost)
                _findings.Add(new Violation.Lost(lost, message.Id, client.Key,
                    $"{Named(message, sender)} didn't come to {client.Key}; {evidence}."));
            else if (message.Seen is { } seen)
                _findings.Add(new Violation.Skipped(seen, message.Id, client.Key,
                    $"{seen}, message {message.Id} of {sender.Key}, came to {message.Deliveries} members and not to {client.Key}; {evidence}."));
        }
    }

    private void AddTwoNumbers(KnownMessage message, ClientLedger sender, LogPosition first, LogPosition second)
    {
        if (second.Sequence < first.Sequence)
            (first, second) = (second, first);
        _findings.Add(new Violation.TwoNumbers(message.Id, first, second,
            $"Message {message.Id} of {sender.Key} ({Where(message.SentAt)}) is {first} and {second}."));
    }

    private void JudgePrivate(KnownMessage message, ClientLedger sender)
    {
        if (message.IsAcknowledged && _byKey.TryGetValue(message.Recipient, out var recipient)
            && recipient is { IsAttached: true, HasEnded: true } && !message.WasDeliveredTo(recipient))
            _findings.Add(new Violation.PrivateLost(message.Id, recipient.Key,
                $"The private message {message.Id} of {sender.Key} ({Where(message.SentAt)}), acknowledged at " +
                $"{Where(message.AcknowledgedAt)}, didn't come to {recipient.Key}, who is here."));
    }

    /// <summary>What came to one client alone: was it for it, and in each sender's order?</summary>
    private void JudgePrivates(ClientLedger client)
    {
        var last = new Dictionary<ClientLedger, KnownMessage>();
        foreach (var (message, line) in client.Privates)
        {
            if (message.Sender is not { } sender)
                continue; // never sent: said already
            if (message.Room is not null || message.Recipient != client.Key)
            {
                _findings.Add(new Violation.PrivateMisdelivered(message.Id, client.Key,
                    $"Message {message.Id} of {sender.Key} to {message.Room ?? message.Recipient.ToString()} came to {client.Key} " +
                    $"alone at {Where(new(client.File, line))}."));
                continue;
            }
            if (last.TryGetValue(sender, out var before) && message.IsSentBefore(before))
                _findings.Add(new Violation.PrivateDisordered(message.Id, before.Id,
                    $"{client.Key} got {message.Id} of {sender.Key} at {Where(new(client.File, line))} after {before.Id}, which was sent later."));
            if (before is null || message.FirstTry > before.FirstTry)
                last[sender] = message;
        }
    }

    private string Named(KnownMessage message, ClientLedger sender) =>
        $"{message.Number}, message {message.Id} of {sender.Key} (sent {Where(message.SentAt)}, acknowledged {Where(message.AcknowledgedAt)}),";
}
