using ChatLock.Checker.Checking;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <content>What comes in another order, or under another count.</content>
internal static partial class Corruptions
{
    public static Violation? Order_swapped_for_one_client(EditedHistory history)
    {
        var pairs = history.Deliveries.GroupBy(one => (one.Client, one.Position.Room))
            .SelectMany(group => group.Zip(group.Skip(1)))
            .Where(pair => history.StaysFrom(pair.First.At, pair.First.Client, pair.First.Position.Room, pair.Second.At)
                && NoActBetween(history, pair.First, pair.Second));
        if (history.Any(pairs.Select(pair => Tuple.Create(pair.First, pair.Second))) is not var (first, second))
            return null;
        history.Swap(first.At, second.At);
        return new Violation.Disordered(first.Position, first.Client, "");
    }

    public static Violation? Numbers_of_one_sender_swapped(EditedHistory history)
    {
        var neighbours = Neighbours(history).Where(pair => pair.Item1.Client == pair.Item2.Client);
        if (history.Any(neighbours) is not var (first, second))
            return null;
        SwapNumbers(history, first, second);
        return new Violation.SenderDisordered(IdOf(first), IdOf(second), "");
    }

    public static Violation? Numbers_swapped_against_real_time(EditedHistory history)
    {
        var neighbours = Neighbours(history).Where(pair => pair.Item1.Client != pair.Item2.Client
            && pair.Item1.AtMicroseconds < history.Records[history.FirstTryOf(IdOf(pair.Item2))].AtMicroseconds
            && Got(history, pair.Item1.Client, IdOf(pair.Item2)) && Got(history, pair.Item2.Client, IdOf(pair.Item1)));
        if (history.Any(neighbours) is not var (first, second))
            return null;
        SwapNumbers(history, first, second);
        return new Violation.RealTimeDisordered(IdOf(first), IdOf(second), "");
    }

    public static Violation? Private_messages_swapped(EditedHistory history)
    {
        var pairs = history.Records.Select((record, at) => (record, at))
            .Where(pair => pair.record.What is Happening.ReceivedPrivately { Id: var id } && !history.WasRefused(id))
            .GroupBy(pair => (pair.record.Client, ((Happening.ReceivedPrivately)pair.record.What).From))
            .SelectMany(group => group.Zip(group.Skip(1)));
        if (history.Any(pairs.Select(pair => Tuple.Create(pair.First, pair.Second))) is not var (first, second))
            return null;
        history.Swap(first.at, second.at);
        return new Violation.PrivateDisordered(PrivateId(first.record), PrivateId(second.record), "");

        static MessageId PrivateId(HistoryRecord record) => ((Happening.ReceivedPrivately)record.What).Id;
    }

    public static Violation? Delivery_of_another_epoch(EditedHistory history)
    {
        if (history.Any(history.OwedDeliveries) is not { } one)
            return null;
        var other = one.Position with { Epoch = one.Position.Epoch + 1 };
        history.Change(one.At, one.What with { Position = other });
        return new Violation.EpochMixedUp(other, one.Client, "");
    }

    public static Violation? New_log_without_a_gap(EditedHistory history)
    {
        var room = "lobby";
        var member = history.MembersAtEnd(room)[0];
        var joined = history.Records.First(record => record.What is Happening.Joined { Position.Room: "lobby" });
        var anew = new LogPosition(room, ((Happening.Joined)joined.What).Position.Epoch + 1, 3);
        history.Insert(history.End, member, new Happening.Joined(anew));
        return new Violation.EpochMixedUp(anew, member, "");
    }

    private static bool NoActBetween(EditedHistory history, Delivery first, Delivery second) =>
        !history.Records.Skip(first.At).Take(second.At - first.At).Any(record =>
            record.Client == first.Client && record.What is Happening.ActSeen or Happening.Gap);

    private static bool Got(EditedHistory history, ClientKey client, MessageId id) =>
        history.Deliveries.Any(one => one.Client == client && one.What.Id == id);

    /// <summary>Acknowledgements of messages with numbers that follow each other, sent in that order and never refused.</summary>
    private static IEnumerable<Tuple<HistoryRecord, HistoryRecord>> Neighbours(EditedHistory history)
    {
        var taken = history.Records.Where(record => record.What is Happening.Acknowledged { Id: var id } && !history.WasRefused(id))
            .DistinctBy(IdOf).ToDictionary(record => ((Happening.Acknowledged)record.What).Position);
        foreach (var (position, first) in taken)
        {
            if (taken.TryGetValue(position with { Sequence = position.Sequence + 1 }, out var second)
                && history.FirstTryOf(IdOf(first)) < history.FirstTryOf(IdOf(second)))
                yield return Tuple.Create(first, second);
        }
    }

    private static MessageId IdOf(HistoryRecord record) => ((Happening.Acknowledged)record.What).Id;

    /// <summary>Swaps the numbers of two messages everywhere, as if the room had numbered them the other way round.</summary>
    private static void SwapNumbers(EditedHistory history, HistoryRecord first, HistoryRecord second)
    {
        var (a, b) = ((Happening.Acknowledged)first.What, (Happening.Acknowledged)second.What);
        for (var at = 0; at < history.Records.Count; at++)
        {
            var record = history.Records[at];
            switch (record.What)
            {
                case Happening.Acknowledged taken when taken.Id == a.Id:
                    history.Change(at, taken with { Position = b.Position });
                    break;
                case Happening.Acknowledged taken when taken.Id == b.Id:
                    history.Change(at, taken with { Position = a.Position });
                    break;
                // Who sent one of them sees the other one only, under the other's number now.
                case Happening.Received came when came.Id == a.Id && record.Client == second.Client:
                    history.Change(at, came with { Position = b.Position });
                    break;
                case Happening.Received came when came.Id == b.Id && record.Client == first.Client:
                    history.Change(at, came with { Position = a.Position });
                    break;
                case Happening.Received came when came.Id == a.Id:
                    history.Change(at, came with { Id = b.Id, From = second.Client });
                    break;
                case Happening.Received came when came.Id == b.Id:
                    history.Change(at, came with { Id = a.Id, From = first.Client });
                    break;
            }
        }
    }
}
