using ChatLock.Checker.Checking;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

/// <summary>What the rules don't say: cases that look wrong and aren't.</summary>
public sealed class OrderRuleTests
{
    private static readonly ClientKey Alice = new(1);
    private static readonly ClientKey Bob = new(2);
    private static readonly MessageId First = new(1);
    private static readonly MessageId Second = new(2);

    [Fact]
    public void Messages_under_way_at_once_may_be_numbered_in_either_order() =>
        Assert.Empty(JudgeTwo(firstTaken: 40, secondSent: 30, sameClock: true));

    [Fact]
    public void A_message_sent_after_another_was_acknowledged_must_come_after_it() =>
        Assert.IsType<Violation.RealTimeDisordered>(Assert.Single(JudgeTwo(firstTaken: 30, secondSent: 40, sameClock: true)));

    [Fact]
    public void Times_of_two_clocks_are_not_compared() =>
        Assert.Empty(JudgeTwo(firstTaken: 30, secondSent: 40, sameClock: false));

    [Fact]
    public void A_name_given_up_and_taken_in_the_same_moment_was_never_held_twice()
    {
        var verdict = Judge.One([
            new(1, Alice, new Happening.NameHeld("garden")), new(9, Bob, new Happening.NameHeld("Garden")),
            new(9, Alice, new Happening.NameReleased("garden")), new(10, Alice, new Happening.Ended()), new(10, Bob, new Happening.Ended())]);
        Assert.Empty(verdict.Violations);
    }

    [Fact]
    public void What_a_client_that_never_came_back_did_not_get_is_not_owed()
    {
        var records = Taken(Alice, First, 1, sent: 5, taken: 6).ToList();
        records.Insert(0, new(1, Bob, new Happening.Joined(At(0))));
        records.Insert(1, new(2, Bob, new Happening.Detached()));
        Assert.Empty(Judge.One([.. records, new(9, Alice, new Happening.Ended()), new(9, Bob, new Happening.Ended())]).Violations);
        records.Add(new(8, Bob, new Happening.Resumed()));
        Assert.IsType<Violation.Lost>(Assert.Single(
            Judge.One([.. records, new(9, Alice, new Happening.Ended()), new(9, Bob, new Happening.Ended())]).Violations));
    }

    [Fact]
    public void Entering_a_room_again_further_on_does_not_excuse_what_lies_between()
    {
        List<HistoryRecord> records = [
            new(1, Bob, new Happening.Connected()), new(1, Bob, new Happening.Joined(At(0))), new(2, Bob, new Happening.Detached()),
            .. Taken(Alice, First, 1, sent: 5, taken: 6),
            new(7, Bob, new Happening.Connected()), new(7, Bob, new Happening.Joined(At(1))),
            new(9, Alice, new Happening.Ended()), new(9, Bob, new Happening.Ended())];
        Assert.IsType<Violation.Lost>(Assert.Single(Judge.One(records).Violations));
    }

    [Fact]
    public void A_log_that_begins_anew_and_says_so_is_a_declared_loss()
    {
        var anew = new LogPosition("lobby", 2, 0);
        List<HistoryRecord> records = [
            new(1, Bob, new Happening.Connected()), new(1, Bob, new Happening.Joined(At(0))), new(2, Bob, new Happening.Detached()),
            .. Taken(Alice, First, 1, sent: 5, taken: 6),
            new(7, Bob, new Happening.Resumed()), new(7, Bob, new Happening.Joined(anew)),
            new(8, Bob, new Happening.Gap("lobby", 2, 0, 0)), new(9, Alice, new Happening.Ended()), new(9, Bob, new Happening.Ended())];
        var verdict = Judge.One(records);
        Assert.Empty(verdict.Violations);
        Assert.Equal(1, verdict.Tally.Declared);
    }

    [Fact]
    public void Numbers_as_high_as_they_can_be_cost_no_time()
    {
        List<HistoryRecord> records = [
            new(1, Bob, new Happening.Connected()), new(1, Bob, new Happening.Joined(At(0))),
            .. Taken(Alice, First, ulong.MaxValue, sent: 5, taken: 6),
            new(7, Bob, new Happening.Received(At(ulong.MaxValue), Alice, First, SignatureCheck.Valid)),
            new(9, Alice, new Happening.Ended()), new(9, Bob, new Happening.Ended())];
        Assert.Equal(
            new Violation.NumberMissing("lobby", 1, 1, ulong.MaxValue - 1, ""), Assert.Single(Judge.One(records).Violations));
    }

    private static IReadOnlyList<Violation> JudgeTwo(long firstTaken, long secondSent, bool sameClock)
    {
        IReadOnlyList<HistoryRecord> alice = [.. Taken(Alice, First, 2, sent: 10, firstTaken), new(99, Alice, new Happening.Ended())];
        IReadOnlyList<HistoryRecord> bob = [.. Taken(Bob, Second, 1, secondSent, taken: 90), new(99, Bob, new Happening.Ended())];
        var checker = new HistoryChecker();
        foreach (var (records, clock) in new[] { (alice, "a"), (bob, sameClock ? "a" : "b") })
        {
            checker.Begin(clock, clock);
            foreach (var record in records)
                checker.Take(new ReadRecord(1, record));
        }
        return checker.Finish().Violations;
    }

    private static HistoryRecord[] Taken(ClientKey by, MessageId id, ulong number, long sent, long taken) =>
        [new(sent, by, new Happening.SentToRoom("lobby", id, 1)), new(taken, by, new Happening.Acknowledged(At(number), id))];

    private static LogPosition At(ulong number) => new("lobby", 1, number);
}
