using ChatLock.Checker.Checking;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <content>What comes twice, or is two things.</content>
internal static partial class Corruptions
{
    public static Violation? Delivery_doubled(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } one)
            return null;
        history.Insert(history.End, one.Client, one.What);
        return new Violation.Doubled(one.Position, one.What.Id, one.Client, "");
    }

    public static Violation? Own_message_delivered(EditedHistory history)
    {
        // Right before the next number that comes to its sender, so that it doesn't look disordered.
        foreach (var next in history.Deliveries)
        {
            var own = history.Records.FirstOrDefault(record =>
                record.Client == next.Client && record.What is Happening.Acknowledged taken &&
                taken.Position == next.Position with { Sequence = next.Position.Sequence - 1 });
            if (own.What is not Happening.Acknowledged { Position: var position, Id: var id } || !history.IsOwed(next))
                continue;
            history.Insert(next.At, next.Client, new Happening.Received(position, next.Client, id, SignatureCheck.Valid));
            return new Violation.Doubled(position, id, next.Client, "");
        }
        return null;
    }

    public static Violation? Delivered_again_to_all_under_another_number(EditedHistory history)
    {
        var anew = history.OwedDeliveries.Where(one => history.MembersAtEnd(one.Position.Room).Contains(one.Client));
        if (history.Any(anew) is not { } one)
            return null;
        var second = history.NewNumber(one.Position);
        history.DeliverToAll(second, one.What.From, one.What.Id, but: one.What.From);
        return new Violation.TwoNumbers(one.What.Id, one.Position, second, "");
    }

    public static Violation? Acknowledged_with_two_numbers(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } one)
            return null;
        var second = history.NewNumber(one.Position);
        history.Insert(history.End, one.What.From, new Happening.Acknowledged(second, one.What.Id));
        return new Violation.AcknowledgedTwice(one.What.Id, one.Position, second, "");
    }

    public static Violation? Acknowledged_with_another_number_than_delivered(EditedHistory history)
    {
        // Of the last message of its room, so that the wrong number is in nobody's way.
        var last = history.OwedDeliveries.Where(one => history.NewNumber(one.Position).Sequence == one.Position.Sequence + 1
            && history.MembersAtEnd(one.Position.Room).Contains(one.Client));
        if (history.Any(last) is not { } one)
            return null;
        var second = history.NewNumber(one.Position);
        history.Change(history.AcknowledgementOf(one.What.Id), new Happening.Acknowledged(second, one.What.Id));
        history.DeliverToAll(second, one.What.From, one.What.Id, but: one.What.From);
        return new Violation.TwoNumbers(one.What.Id, one.Position, second, "");
    }

    public static Violation? Two_messages_under_one_number(EditedHistory history)
    {
        var quiet = history.Clients[GoodHistory.Quiet];
        var shared = history.OwedDeliveries.Where(one => one.Client != quiet && history.Deliveries.Any(other =>
            other.Client == quiet && other.What.Id == one.What.Id));
        if (history.Any(shared) is not { } one)
            return null;
        var other = new MessageId(UInt128.MaxValue);
        history.Change(one.At, one.What with { From = quiet, Id = other });
        history.Insert(history.AcknowledgementOf(one.What.Id), quiet, new Happening.Acknowledged(one.Position, other));
        history.Insert(history.FirstTryOf(one.What.Id), quiet, new Happening.SentToRoom(one.Position.Room, other, 1));
        return new Violation.TwoMessages(one.Position, one.What.Id, other, "");
    }

    public static Violation? Private_message_doubled(EditedHistory history)
    {
        var all = history.Records.Where(record => record.What is Happening.ReceivedPrivately);
        if (history.Any(all.Select(record => Tuple.Create(record))) is not { Item1: var one })
            return null;
        history.Insert(history.End, one.Client, one.What);
        return new Violation.PrivateDoubled(((Happening.ReceivedPrivately)one.What).Id, one.Client, "");
    }
}
