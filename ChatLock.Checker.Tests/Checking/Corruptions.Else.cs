using ChatLock.Checker.Checking;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <content>What is someone else's, or nobody's.</content>
internal static partial class Corruptions
{
    public static Violation? Bad_signature(EditedHistory history)
    {
        if (history.Any(history.Deliveries) is not { } one)
            return null;
        history.Change(one.At, one.What with { Signature = SignatureCheck.Invalid });
        return new Violation.BadSignature(one.What.Id, one.Client, "");
    }

    public static Violation? Bad_signature_on_the_wire(EditedHistory history)
    {
        if (history.Any(history.Deliveries) is not { } one)
            return null;
        history.Insert(one.At, one.Client, new Happening.PassedBy(one.What.From, one.What.Id, SignatureCheck.Invalid));
        return new Violation.BadSignature(one.What.Id, one.Client, "");
    }

    public static Violation? Wrong_sender(EditedHistory history)
    {
        if (history.Any(history.Deliveries) is not { } one)
            return null;
        var claimed = history.AnyOther(one.What.From);
        history.Change(one.At, one.What with { From = claimed });
        return new Violation.WrongSender(one.What.Id, claimed, "");
    }

    public static Violation? Message_that_nobody_sent(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } like)
            return null;
        var id = new MessageId(UInt128.MaxValue);
        history.DeliverToAll(history.NewNumber(like.Position), like.What.From, id, but: like.What.From);
        return new Violation.NeverSent(id, "");
    }

    public static Violation? Refused_and_there_nevertheless(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } one)
            return null;
        history.Insert(history.End, one.What.From, new Happening.Refused(one.What.Id, "not-stored"));
        return new Violation.RefusedYetThere(one.What.Id, "");
    }

    public static Violation? Delivery_to_one_who_is_no_member(EditedHistory history)
    {
        var outsider = history.Clients[^1];
        if (history.Any(history.Deliveries.Where(one => one.Position.Room != "lobby")) is not { } one)
            return null;
        history.Insert(history.End, outsider, one.What);
        return new Violation.NotAMember(one.Position, outsider, "");
    }

    public static Violation? Delivery_from_before_the_join(EditedHistory history)
    {
        var joins = history.Records.Where(record => record.What is Happening.Joined { Position.Sequence: > 0 });
        if (history.Any(joins.Select(record => Tuple.Create(record))) is not { Item1: { What: Happening.Joined joined } join })
            return null;
        if (history.Deliveries.FirstOrDefault(one => one.Position == joined.Position && one.What.From != join.Client) is not { } old
            || Got(history, join.Client, old.What.Id))
            return null;
        history.Insert(history.Records.IndexOf(join) + 1, join.Client, old.What);
        return new Violation.NotAMember(old.Position, join.Client, "");
    }

    public static Violation? Message_in_another_room(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } one)
            return null;
        for (var at = 0; at < history.Records.Count; at++)
        {
            if (history.Records[at].What is Happening.SentToRoom sent && sent.Id == one.What.Id)
                history.Change(at, sent with { Room = "#elsewhere" });
        }
        return new Violation.WrongRoom(one.What.Id, one.Position.Room, "");
    }

    public static Violation? Private_message_to_someone_else(EditedHistory history)
    {
        var all = history.Records.Where(record => record.What is Happening.ReceivedPrivately);
        if (history.Any(all.Select(record => Tuple.Create(record))) is not { Item1: var one })
            return null;
        var other = history.AnyOther(one.Client);
        history.Insert(history.End, other, one.What);
        return new Violation.PrivateMisdelivered(((Happening.ReceivedPrivately)one.What).Id, other, "");
    }

    public static Violation? Name_given_to_two(EditedHistory history)
    {
        var holder = history.Clients[GoodHistory.Quiet];
        var held = (Happening.NameHeld)history.Records.First(record => record.Client == holder && record.What is Happening.NameHeld).What;
        var other = history.AnyOther(holder);
        history.Insert(history.End, other, new Happening.NameHeld(held.Name.ToUpperInvariant()));
        return new Violation.NameHeldTwice(held.Name, holder, other, "");
    }

    public static Violation? History_without_an_end(EditedHistory history)
    {
        var client = history.AnyOther(default);
        history.Records.RemoveAll(record => record.Client == client && record.What is Happening.Ended);
        return new Violation.Unfinished(client, "");
    }

    public static Violation? History_with_a_hole(EditedHistory history)
    {
        var client = history.Clients[^1];
        var last = history.Records.Where(record => record.Client == client).Max(record => CounterOf(record.What));
        var at = history.Records.FindIndex(record => record.Client == client && CounterOf(record.What) == last);
        if (last < 2)
            return null;
        for (; at < history.Records.Count; at++)
        {
            if (history.Records[at] is { What: var what } record && record.Client == client && CounterOf(what) == last)
                history.Change(at, WithCounter(what, last + 1));
        }
        return new Violation.HistoryHole(client, last + 1, "");
    }
}
