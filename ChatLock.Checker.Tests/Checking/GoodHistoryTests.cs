using ChatLock.Checker.Checking;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Tests.Checking;

public sealed class GoodHistoryTests
{
    [Fact]
    public void A_good_history_breaks_no_promise()
    {
        for (var seed = 0; seed < 200; seed++)
            Assert.Empty(Judge.One(GoodHistory.Make(seed)).Violations);
    }

    [Fact]
    public void The_order_in_which_files_are_read_does_not_matter()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var files = GoodHistory.Make(seed).GroupBy(record => record.Client).Select(file => file.ToList()).ToList();
            var verdict = Judge.Files(files);
            files.Reverse();
            Assert.Empty(verdict.Violations);
            Assert.Empty(Judge.Files(files).Violations);
            Assert.Equal(verdict.Tally, Judge.Files(files).Tally);
        }
    }

    [Fact]
    public void Good_histories_hold_what_can_go_wrong()
    {
        var records = Enumerable.Range(0, 20).SelectMany(GoodHistory.Make).ToList();
        Assert.All(typeof(Happening).GetNestedTypes().Where(type => type != typeof(Happening.PassedBy) && type != typeof(Happening.Failed)),
            kind => Assert.Contains(records, record => record.What.GetType() == kind));
    }

    [Fact]
    public void What_was_looked_at_is_counted()
    {
        var records = GoodHistory.Make(7);
        var tally = Judge.One(records).Tally;
        Assert.Equal(records.Count(record => record.What is Happening.Received or Happening.ReceivedPrivately), tally.Delivered);
        Assert.Equal(records.Count(record => record.What is Happening.Resumed), tally.Resumed);
        Assert.Equal(records.Select(record => record.Client).Distinct().Count(), tally.Clients);
        Assert.Equal(tally.Delivered, tally.SignaturesVerified);
        Assert.True(tally.Acknowledged > 100);
    }
}

/// <summary>Feeds records to a checker.</summary>
internal static class Judge
{
    public static Verdict One(IReadOnlyList<HistoryRecord> records) => Files([records]);

    public static Verdict Files(IReadOnlyList<IReadOnlyList<HistoryRecord>> files)
    {
        var checker = new HistoryChecker();
        for (var file = 0; file < files.Count; file++)
        {
            checker.Begin($"history-{file}", "one clock");
            for (var line = 0; line < files[file].Count; line++)
                checker.Take(new ReadRecord(line + 2, files[file][line]));
        }
        return checker.Finish();
    }
}
