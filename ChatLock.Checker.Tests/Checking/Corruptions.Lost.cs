using ChatLock.Checker.Checking;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <summary>Ways to spoil a good history, each with what the checker must say: that, and nothing else.</summary>
/// <remarks>A corruption answers null if the history has nothing that it could spoil.</remarks>
internal static partial class Corruptions
{
    public static Violation? Delivery_lost_to_one_member(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } one)
            return null;
        history.Records.RemoveAt(one.At);
        return new Violation.Lost(one.Position, one.What.Id, one.Client, "");
    }

    public static Violation? Last_delivery_of_all_lost(EditedHistory history)
    {
        if (history.OwedDeliveries.LastOrDefault() is not { } one)
            return null;
        history.Records.RemoveAt(one.At);
        return new Violation.Lost(one.Position, one.What.Id, one.Client, "");
    }

    public static Violation? Delivery_lost_to_all(EditedHistory history)
    {
        var groups = history.Deliveries.GroupBy(one => one.What.Id)
            .Where(group => group.Count() > 1 && group.All(history.IsOwed) && history.AcknowledgementOf(group.Key) >= 0);
        if (history.Any(groups) is not { } lost)
            return null;
        history.Records.RemoveAll(record => record.What is Happening.Received came && came.Id == lost.Key);
        return new Violation.LostByAll(lost.First().Position, lost.Key, "");
    }

    public static Violation? Delivery_lost_over_a_resume(EditedHistory history)
    {
        var first = history.OwedDeliveries.Where(one => history.Records.Take(one.At).LastOrDefault(record =>
            record.Client == one.Client &&
            record.What is Happening.Resumed or Happening.Received or Happening.Joined or Happening.ActSeen &&
            (record.What is Happening.Resumed || EditedHistory.RoomOf(record.What) == one.Position.Room)).What is Happening.Resumed);
        if (history.Any(first) is not { } lost)
            return null;
        history.Records.RemoveAt(lost.At);
        return new Violation.Lost(lost.Position, lost.What.Id, lost.Client, "came back at line");
    }

    public static Violation? Loss_hidden_behind_a_gap_that_does_not_cover_it(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } lost)
            return null;
        var next = lost.Position.Sequence + 1;
        history.Change(lost.At, new Happening.Gap(lost.Position.Room, lost.Position.Epoch, next, next));
        return new Violation.Lost(lost.Position, lost.What.Id, lost.Client, "");
    }

    public static Violation? Gap_of_another_epoch(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } lost)
            return null;
        var (room, epoch, number) = lost.Position;
        history.Change(lost.At, new Happening.Gap(room, epoch + 1, number, number));
        return new Violation.Lost(lost.Position, lost.What.Id, lost.Client, "");
    }

    public static Violation? Number_that_nobody_knows(EditedHistory history)
    {
        var known = history.OwedDeliveries.GroupBy(one => (one.Client, one.Position.Room)).SelectMany(group => group.SkipLast(1));
        if (history.Any(known) is not { } gone)
            return null;
        Forget(history, gone.What.Id);
        var (room, epoch, number) = gone.Position;
        return new Violation.NumberMissing(room, epoch, number, number, "");
    }

    public static Violation? Numbered_message_without_an_answer_lost_to_one(EditedHistory history)
    {
        var several = history.OwedDeliveries.GroupBy(one => one.What.Id).Where(group => group.Count() > 1);
        if (history.Any(several)?.First() is not { } lost)
            return null;
        history.Change(history.AcknowledgementOf(lost.What.Id), new Happening.Failed(lost.What.Id, "not-sent"));
        history.Records.RemoveAt(lost.At);
        return new Violation.Skipped(lost.Position, lost.What.Id, lost.Client, "");
    }

    public static Violation? Private_message_lost(EditedHistory history)
    {
        var owed = history.Records.Where(record =>
            record.What is Happening.ReceivedPrivately came && history.IsHere(record.Client) && IsAcknowledged(history, came.Id));
        if (history.Any(owed.Select(record => Tuple.Create(record))) is not { Item1: var lost })
            return null;
        history.Records.Remove(lost);
        return new Violation.PrivateLost(((Happening.ReceivedPrivately)lost.What).Id, lost.Client, "");
    }

    public static Violation? Answer_lost(EditedHistory history)
    {
        var several = history.OwedDeliveries.Where(one => history.IsHere(one.What.From));
        if (history.Any(several) is not { } one)
            return null;
        history.Records.RemoveAt(history.AcknowledgementOf(one.What.Id));
        return new Violation.Unanswered(one.What.Id, one.What.From, "");
    }

    private static bool IsAcknowledged(EditedHistory history, MessageId id) =>
        history.Records.Any(record => record.What is Happening.AcknowledgedPrivately taken && taken.Id == id);

    /// <summary>Takes a message out of the history, as if it had never been typed.</summary>
    private static void Forget(EditedHistory history, MessageId id)
    {
        var first = history.Records[history.FirstTryOf(id)];
        var counter = CounterOf(first.What);
        history.Records.RemoveAll(record => record.What is
            Happening.SentToRoom { Id: var sent } && sent == id || record.What is Happening.Acknowledged { Id: var taken } && taken == id ||
            record.What is Happening.Refused { Id: var refused } && refused == id || record.What is Happening.Received { Id: var came } && came == id);
        for (var at = 0; at < history.Records.Count; at++)
        {
            if (history.Records[at] is { What: var what } record && record.Client == first.Client && CounterOf(what) > counter)
                history.Change(at, WithCounter(what, CounterOf(what) - 1));
        }
    }

    private static ulong CounterOf(Happening what) => what switch
    {
        Happening.SentToRoom sent => sent.Counter,
        Happening.SentPrivately sent => sent.Counter,
        _ => 0,
    };

    private static Happening WithCounter(Happening what, ulong counter) => what switch
    {
        Happening.SentToRoom sent => sent with { Counter = counter },
        Happening.SentPrivately sent => sent with { Counter = counter },
        _ => what,
    };
}
