using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Tests.Storage;

public sealed class JournalStateTests
{
    private static readonly JournalState Serving = new JournalState(new JournalLimits()).OnRecovered();

    [Fact]
    public void Nothing_is_taken_before_what_is_stored_was_read_nor_after_a_failure()
    {
        Assert.NotNull(new JournalState(new JournalLimits()).OnAppend(1).Refusal);
        Assert.Null(Serving.OnAppend(1).Refusal);
        Assert.NotNull(Serving.OnFailed().Next.OnAppend(1).Refusal);
        Assert.NotNull(Serving.OnFailed().Next.OnReopening().OnAppend(1).Refusal);
        Assert.NotNull(Serving.OnErase().OnAppend(1).Refusal);
    }

    [Fact]
    public void Appends_under_way_are_bounded_by_number()
    {
        var state = new JournalState(new JournalLimits { AppendsMax = 2 }).OnRecovered();
        state = state.OnAppend(1).Next.OnAppend(1).Next;

        Assert.NotNull(state.OnAppend(1).Refusal);
        Assert.Null(state.OnAppended().OnAppend(1).Refusal);
    }

    [Fact]
    public void Appends_under_way_are_bounded_by_bytes_but_one_alone_may_be_of_any_length()
    {
        var state = new JournalState(new JournalLimits { AppendBytesMax = 100 }).OnRecovered();

        Assert.Null(state.OnAppend(1000).Refusal);
        state = state.OnAppend(60).Next;
        Assert.NotNull(state.OnAppend(41).Refusal);
        Assert.Null(state.OnAppend(40).Refusal);
        Assert.Null(state.OnAppended().OnAppend(100).Refusal);
    }

    [Fact]
    public void Waits_double_up_to_the_longest_and_only_an_append_makes_them_short_again()
    {
        var state = Serving;
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            (state, var wait) = state.OnFailed();
            waits.Add(wait.TotalSeconds);
            state = state.OnReopening().OnRecovered();
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], waits);
        state = state.OnAppend(1).Next.OnAppended();
        Assert.Equal(1, state.OnFailed().Wait.TotalSeconds);
    }

    [Fact]
    public void Deletions_that_come_while_one_is_under_way_become_one()
    {
        var (state, now) = Serving.OnDeleteTo(10);
        Assert.Equal(10, now);
        (state, now) = state.OnDeleteTo(30);
        Assert.Equal(0, now);
        (state, now) = state.OnDeleteTo(20);
        Assert.Equal(0, now);
        (state, now) = state.OnDeleted(10);
        Assert.Equal(30, now);
        Assert.Equal(0, state.OnDeleted(30).Now);
    }

    [Fact]
    public void A_deletion_that_failed_is_made_up_for()
    {
        var state = Serving.OnDeleteTo(10).Next.OnDeleteFailed();

        Assert.Equal(10, state.StartDeleting().Now);
        Assert.Equal(12, state.OnDeleteTo(12).Now);
    }

    [Fact]
    public void Nothing_is_erased_while_something_is_being_written_or_before_a_failure_is_over()
    {
        var wanted = Serving.OnAppend(1).Next.OnSnapshot().OnEraseWanted();

        Assert.False(wanted.CanErase);
        Assert.False(wanted.OnAppended().CanErase);
        Assert.True(wanted.OnAppended().OnSnapshotEnded().CanErase);
        Assert.False(wanted.OnFailed().Next.CanErase);
        Assert.False(wanted.OnFailed().Next.OnReopening().CanErase);
        Assert.True(wanted.OnFailed().Next.OnReopening().OnRecovered().CanErase);
        Assert.NotNull(wanted.OnAppend(1).Refusal);
    }

    [Fact]
    public void Reads_under_way_are_bounded()
    {
        var state = new JournalState(new JournalLimits { ReadsMax = 1 });
        (state, var taken) = state.OnRead();
        Assert.True(taken);
        Assert.False(state.OnRead().Taken);
        Assert.True(state.OnReadEnded().OnRead().Taken);
    }
}
