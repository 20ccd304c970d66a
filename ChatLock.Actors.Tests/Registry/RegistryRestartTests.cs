using ChatLock.Actors.Registry;
using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Tests.Registry;

/// <summary>What the registry's journal is for: a restart is a dropped connection like any other.</summary>
public sealed class RegistryRestartTests
{
    private const int Alice = 1, Bob = 2;

    [Fact]
    public void Before_the_journal_has_been_read_nobody_is_granted_a_name_and_then_in_their_order()
    {
        var run = new RegistryRun(recovered: false);
        run.Claim(Alice, "alice", out var first);
        run.Claim(Bob, "alice", out var second);
        Assert.Empty(first);
        Assert.Empty(second);

        run.On(new RegistryCommand.Journal(MemoryJournalState.Empty.Recovered));

        Assert.Equal(2, run.Last.Count(effect => effect is RegistryEffect.Grant or RegistryEffect.Refuse));
        Assert.Equal("alice", run.State.Names.Of(RegistryRun.Key(Alice))!.Name.Text);
        Assert.Null(run.State.Names.Of(RegistryRun.Key(Bob)));
    }

    [Fact]
    public void Whoever_gives_up_while_waiting_holds_nothing_afterwards()
    {
        var run = new RegistryRun(recovered: false);
        var session = run.Claim(Alice, "alice");
        run.Release(Alice, session);

        run.Recover();

        Assert.Equal(Hold.Reserved, run.State.Names.Of(RegistryRun.Key(Alice))!.Hold);
    }

    [Fact]
    public void The_line_is_bounded_and_who_leaves_it_makes_room()
    {
        var run = new RegistryRun(recovered: false);
        var first = run.Claim(1, "name0");
        for (var i = 1; i < RegistryState.WaitingMax; i++)
            run.Claim(1, "alice");

        run.Claim(Bob, "bob", out var full);
        Assert.Equal("refused internal", full.Single()[^16..]);
        run.Detach(1, first);
        run.Claim(Bob, "bob", out var room);
        Assert.Empty(room);
    }

    [Fact]
    public void After_a_kill_a_token_is_good_and_the_window_begins_anew()
    {
        var run = new RegistryRun();
        run.Claim(Alice, "alice", "one");
        run.Save();

        run.Kill(written: false);
        run.Pass(RegistryRun.Window - 1);
        run.Resume(Alice, "one", out var resumed);

        Assert.Equal(["s2 resumes alice"], resumed);
    }

    [Fact]
    public void After_a_kill_names_are_held_and_those_who_do_not_come_back_are_gone_when_the_window_is_over()
    {
        var run = new RegistryRun();
        run.Claim(Alice, "alice");
        run.Release(Bob, run.Claim(Bob, "bob"));
        run.Save();

        run.Kill(written: false);

        run.Claim(3, "alice", out var held);
        run.Claim(3, "bob", out var kept);
        Assert.Equal(["s3 refused name-taken"], held);
        Assert.Equal(["s4 refused name-taken"], kept);
        Assert.Equal(["over", "sweep"], run.Pass(RegistryRun.Window));
        Assert.Equal(Hold.Reserved, run.State.Names.Of(RegistryRun.Key(Alice))!.Hold);
    }

    [Fact]
    public void Many_changes_are_one_write_and_a_change_of_what_was_being_written_is_written_again()
    {
        var run = new RegistryRun();
        var alice = run.Claim(Alice, "alice");
        Assert.Single(run.Last.OfType<RegistryEffect.SaveLater>());
        run.Claim(Bob, "bob");
        run.Rename(Alice, alice, "carol");
        Assert.Empty(run.Last.OfType<RegistryEffect.SaveLater>());

        run.On(RegistryCommand.Save.Now);
        Assert.Single(Assert.IsType<JournalCommand.Append>(Assert.Single(run.Asked)).Events);
        run.Rename(Alice, alice, "dora");
        run.AnswerJournal();
        run.Save();
        run.Kill(written: false);

        Assert.Equal(["bob", "dora"], run.State.Names.All.Select(holder => holder.Name.Text).Order());
    }

    [Fact]
    public void While_the_journal_fails_names_are_granted_and_stored_when_it_works_again()
    {
        var run = new RegistryRun();
        run.Claim(Alice, "alice");
        run.On(RegistryCommand.Save.Now);
        run.Fail(written: false);

        run.Claim(Bob, "bob", out var granted);
        Assert.Equal(["s2 gets bob"], granted);
        run.Recover();
        run.Save();
        run.Kill(written: false);

        Assert.Equal(2, run.State.Names.Count);
    }

    [Fact]
    public void A_stop_waits_until_everything_is_stored_and_not_for_a_journal_that_fails()
    {
        var run = new RegistryRun();
        run.Claim(Alice, "alice");
        Assert.Empty(run.On(new RegistryCommand.Flush(new TestRef("stop"))));
        run.Claim(Bob, "bob"); // one more meanwhile
        run.AnswerJournal();
        Assert.DoesNotContain(run.Last, effect => effect is RegistryEffect.Flushed);
        run.AnswerJournal();
        Assert.Contains(run.Last, effect => effect is RegistryEffect.Flushed);
        Assert.Equal(["stop flushed"], run.On(new RegistryCommand.Flush(new TestRef("stop"))));

        run.Claim(3, "carol");
        run.On(new RegistryCommand.Flush(new TestRef("stop")));
        Assert.Equal(["stop flushed"], run.Fail(written: false));
        Assert.Equal(["stop flushed"], run.On(new RegistryCommand.Flush(new TestRef("stop"))));
    }

    [Fact]
    public void After_many_changes_a_snapshot_takes_the_place_of_the_events()
    {
        var run = new RegistryRun();
        for (var round = 0; round < 30; round++)
        {
            for (var key = 0; key < 100; key++)
                run.Claim(key, $"name{key}");
            run.Save();
        }

        run.Kill(written: false);

        Assert.Equal(100, run.State.Names.Count);
        Assert.All(run.State.Names.All, holder => Assert.Equal(Hold.Detached, holder.Hold));
    }

    [Fact]
    public void The_journal_holds_a_tokens_hash_and_never_the_token()
    {
        var run = new RegistryRun();
        run.Claim(Alice, "alice", "the secret token");
        run.On(RegistryCommand.Save.Now);

        var stored = Assert.Single(Assert.IsType<JournalCommand.Append>(Assert.Single(run.Asked)).Events);
        Assert.Equal(-1, stored.Span.IndexOf("the secret token"u8));
        Assert.NotEqual(-1, stored.Span.IndexOf(RegistryRun.Token("the secret token").ToByteString().Span));
    }
}
