using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <summary>Whether a room's numbers are in the order of each sender and of real time.</summary>
internal static class RoomOrder
{
    /// <remarks>Goes through the log backwards. At each message, of all that have higher numbers only the one that was
    /// acknowledged first matters for real time, and of the same sender's only the one that was sent first.</remarks>
    public static void Judge(RoomLog log, Findings findings, Func<RecordPlace, string> where)
    {
        var firstTaken = new Dictionary<string, KnownMessage>();
        var firstSent = new Dictionary<ClientLedger, KnownMessage>();
        for (var index = log.Numbers.Length - 1; index >= 0; index--)
        {
            if (log[log.Numbers[index]] is not { Sender: { } sender, Number: { } number } message || number != log.At(log.Numbers[index]))
                continue; // an act, or nothing that was acknowledged under this number
            if (firstSent.TryGetValue(sender, out var sent) && sent.IsSentBefore(message))
                findings.Add(new Violation.SenderDisordered(sent.Id, message.Id,
                    $"{sender.Key} sent {sent.Id} ({where(sent.SentAt)}) before {message.Id} ({where(message.SentAt)}), and they are {sent.Number} and {message.Number}."));
            if (sent is null || message.Try < sent.Try)
                firstSent[sender] = message;
            JudgeTime(message, sender, firstTaken, findings, where);
        }
    }

    private static void JudgeTime(
        KnownMessage message, ClientLedger sender, Dictionary<string, KnownMessage> firstTaken, Findings findings,
        Func<RecordPlace, string> where)
    {
        if (!firstTaken.TryGetValue(sender.Clock, out var taken))
        {
            firstTaken[sender.Clock] = message;
            return;
        }
        // Of one sender it is said as the sender's order.
        if (taken.Sender != sender && taken.AcknowledgedMicroseconds < message.SentMicroseconds)
            findings.Add(new Violation.RealTimeDisordered(taken.Id, message.Id,
                $"{taken.Id} of {taken.Sender!.Key} was acknowledged as {taken.Number} ({where(taken.AcknowledgedAt)}, {taken.AcknowledgedMicroseconds} µs) before " +
                $"{sender.Key} sent {message.Id} ({where(message.SentAt)}, {message.SentMicroseconds} µs), which is {message.Number}."));
        if (message.AcknowledgedMicroseconds < taken.AcknowledgedMicroseconds)
            firstTaken[sender.Clock] = message;
    }
}
