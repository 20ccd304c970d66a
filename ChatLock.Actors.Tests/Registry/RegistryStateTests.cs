using ChatLock.Actors.Registry;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Registry;

/// <summary>Names: claimed, resumed, kept, freed.</summary>
public sealed class RegistryStateTests
{
    private const int Alice = 1, Bob = 2;
    private readonly RegistryRun _run = new();

    [Fact]
    public void A_free_name_is_granted_and_another_key_is_refused_it()
    {
        _run.Claim(Alice, "alice", out var first);
        _run.Claim(Bob, "Alice", out var second);
        var refusal = Assert.IsType<RegistryEffect.Refuse>(Assert.Single(_run.Last)).Refusal;
        _run.Claim(Bob, "аlice", out var third); // Cyrillic a

        Assert.Equal(["s1 gets alice"], first);
        Assert.Equal(["s2 refused name-taken"], second);
        Assert.Equal(3, refusal.Suggestions.Count);
        Assert.Equal(["s3 refused name-confusable"], third);
    }

    [Fact]
    public void A_name_is_held_while_its_session_has_no_connection_and_when_it_is_kept()
    {
        var session = _run.Claim(Alice, "alice");
        Assert.Empty(_run.Detach(Alice, session));
        _run.Claim(Bob, "alice", out var detached);
        Assert.Equal(["s2 refused name-taken"], detached);

        Assert.Equal(["over"], _run.Pass(RegistryRun.Window));
        _run.Claim(Bob, "alice", out var kept);
        Assert.Equal(["s3 refused name-taken"], kept);

        Assert.Equal(["freed"], _run.Pass(RegistryRun.Reserve));
        _run.Claim(Bob, "alice", out var free);
        Assert.Equal(["s4 gets alice"], free);
    }

    [Fact]
    public void A_goodbye_ends_the_session_and_keeps_the_name()
    {
        var session = _run.Claim(Alice, "alice", "t");
        Assert.Empty(_run.Release(Alice, session));

        _run.Resume(Alice, "t", out var resumed);
        Assert.Equal(["s2 refused cannot-resume"], resumed);
        _run.Claim(Alice, "alice", out var again);
        Assert.Equal(["s3 gets alice"], again);
    }

    [Fact]
    public void The_token_brings_the_session_back_under_its_name_once()
    {
        var session = _run.Claim(Alice, "alice", "one");
        _run.Detach(Alice, session);

        _run.Resume(Alice, "one", out var first, "two");
        _run.Resume(Alice, "one", out var used);
        _run.Resume(Alice, "two", out var next);

        Assert.Equal(["s2 resumes alice"], first);
        Assert.Equal(["s3 refused cannot-resume"], used);
        Assert.Equal(["s2 taken over", "s4 resumes alice"], next);
    }

    [Fact]
    public void A_half_open_connection_is_taken_over_by_whoever_resumes()
    {
        var old = _run.Claim(Alice, "alice", "one");
        _run.Resume(Alice, "one", out var resumed);

        Assert.Equal(["s1 taken over", "s2 resumes alice"], resumed);
        Assert.Empty(_run.Detach(Alice, old)); // its end, which comes late, changes nothing
        Assert.Equal(Hold.Attached, _run.State.Names.Of(RegistryRun.Key(Alice))!.Hold);
    }

    [Fact]
    public void Of_two_resumes_with_one_token_one_wins()
    {
        _run.Detach(Alice, _run.Claim(Alice, "alice", "one"));

        _run.Resume(Alice, "one", out var first, "two");
        _run.Resume(Alice, "one", out var second, "three");

        Assert.Equal(["s2 resumes alice"], first);
        Assert.Equal(["s3 refused cannot-resume"], second);
        _run.Resume(Alice, "three", out var loser);
        Assert.Equal(["s4 refused cannot-resume"], loser);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("bobs")]
    [InlineData("")]
    public void A_token_that_is_not_this_keys_own_brings_nothing_back(string shown)
    {
        _run.Detach(Alice, _run.Claim(Alice, "alice", "alices"));
        _run.Detach(Bob, _run.Claim(Bob, "bob", "bobs"));

        _run.Resume(Alice, shown, out var done);
        Assert.Equal(["s3 refused cannot-resume"], done);
        _run.Resume(Alice, "alices", out var own);
        Assert.Equal(["s4 resumes alice"], own);
    }

    [Fact]
    public void A_stolen_token_is_worth_nothing_without_its_key()
    {
        _run.Detach(Alice, _run.Claim(Alice, "alice", "alices"));

        _run.Resume(Bob, "alices", out var thief);

        Assert.Equal(["s2 refused cannot-resume"], thief);
        _run.Resume(Alice, "alices", out var owner);
        Assert.Equal(["s3 resumes alice"], owner);
    }

    [Fact]
    public void A_token_is_good_until_the_window_is_over()
    {
        _run.Detach(Alice, _run.Claim(Alice, "alice", "one"));
        Assert.Empty(_run.Pass(RegistryRun.Window - 1));
        var session = _run.Resume(Alice, "one", out var inTime, "two");
        _run.Detach(Alice, session);
        _run.Pass(RegistryRun.Window);
        _run.Resume(Alice, "two", out var late);

        Assert.Equal(["s2 resumes alice"], inTime);
        Assert.Equal(["s3 refused cannot-resume"], late);
    }

    [Fact]
    public void A_new_session_of_the_key_takes_the_place_of_the_old_one_whatever_its_name()
    {
        _run.Claim(Alice, "alice", "one");
        _run.Claim(Alice, "carol", out var renamed, "two");
        _run.Claim(Bob, "alice", out var free);

        Assert.Equal(["s1 taken over", "s2 gets carol"], renamed);
        Assert.Equal(["s3 gets alice"], free);
        _run.Resume(Alice, "one", out var old);
        Assert.Equal(["s4 refused cannot-resume"], old);
    }

    [Fact]
    public void A_new_name_frees_the_old_one_and_the_token_stays_good()
    {
        var session = _run.Claim(Alice, "alice", "one");

        Assert.Equal(["s1 gets carol"], _run.Rename(Alice, session, "carol"));

        _run.Claim(Bob, "alice", out var bob);
        Assert.Equal(["s2 gets alice"], bob);
        _run.Detach(Alice, session);
        _run.Resume(Alice, "one", out var resumed);
        Assert.Equal(["s3 resumes carol"], resumed);
    }

    [Fact]
    public void A_rename_to_a_name_that_is_kept_for_someone_is_refused()
    {
        _run.Release(Bob, _run.Claim(Bob, "bob"));
        var session = _run.Claim(Alice, "alice");

        Assert.Equal(["s2 refused name-taken"], _run.Rename(Alice, session, "bob"));
        Assert.Equal(["s2 gets Alice"], _run.Rename(Alice, session, "Alice"));
    }

    [Fact]
    public void A_session_that_was_taken_over_renames_nobody()
    {
        var old = _run.Claim(Alice, "alice");
        _run.Claim(Alice, "alice");

        Assert.Equal(["s1 refused internal"], _run.Rename(Alice, old, "carol"));
        Assert.Equal("alice", _run.State.Names.Of(RegistryRun.Key(Alice))!.Name.Text);
    }

    [Fact]
    public void One_who_is_away_or_absent_is_found_and_said_to_be_so()
    {
        var session = _run.Claim(Alice, "Alice");
        _run.Detach(Alice, session);

        Assert.False(Found().Away);
        _run.Pass(10_000);
        Assert.True(Found() is { Away: true, Absent: false });
        _run.Pass(RegistryRun.Window);
        Assert.True(Found() is { Away: false, Absent: true });
        Assert.Equal(RegistryRun.Keys(Alice).SessionKey, Found().SessionKey);
        Assert.Equal(5u, _run.Find(new Who { Name = "alice" }).Roster.Online);
        Assert.Equal("Alice", _run.Find(new Who { Fingerprint = RegistryRun.Key(Alice).ToByteString() }).Roster.Members.Single().Name);
        Assert.Equal(RefusalCode.NotHere, _run.Find(new Who { Name = "а1ice" }).Refused.Code);
        Assert.Equal(RefusalCode.NotHere, _run.Find(new Who { Name = "no name" }).Refused.Code);

        Member Found() => _run.Find(new Who { Name = "ALICE" }).Roster.Members.Single();
    }

    [Fact]
    public void Mail_may_wait_for_whoever_holds_a_name_and_nobody_else()
    {
        Assert.False(_run.IsKept(Alice));
        var session = _run.Claim(Alice, "alice");
        Assert.True(_run.IsKept(Alice));
        _run.Release(Alice, session);
        Assert.True(_run.IsKept(Alice));
        _run.Pass(RegistryRun.Reserve);
        Assert.False(_run.IsKept(Alice));
    }

    [Fact]
    public void A_name_is_kept_from_when_it_was_last_used()
    {
        _run.Release(Alice, _run.Claim(Alice, "alice"));
        _run.Pass(RegistryRun.Reserve - 1);
        _run.Release(Alice, _run.Claim(Alice, "alice"));

        Assert.Empty(_run.Pass(RegistryRun.Reserve - 1));
        Assert.Equal(["freed"], _run.Pass(1));
    }

    [Fact]
    public void When_as_many_are_kept_as_may_be_a_further_name_is_granted_but_not_kept()
    {
        var run = new RegistryRun(names: new NamesSettings { ReservedMax = 1 });
        run.Release(Alice, run.Claim(Alice, "alice"));

        var session = run.Claim(Bob, "bob", out var granted);
        Assert.Equal(["s2 gets bob"], granted);
        Assert.Equal(["freed"], run.Release(Bob, session));

        Assert.True(run.IsKept(Alice));
        run.Claim(Alice, "alice");
        run.Release(Bob, run.Claim(Bob, "bob"));
        Assert.True(run.IsKept(Bob));
    }

    [Fact]
    public void With_nothing_to_be_kept_a_name_is_free_when_its_session_is_over()
    {
        var run = new RegistryRun(names: new NamesSettings { ReserveFor = TimeSpan.Zero });
        var session = run.Claim(Alice, "alice");
        Assert.Empty(run.Detach(Alice, session));

        Assert.Equal(["over", "freed"], run.Pass(RegistryRun.Window));
    }

    [Fact]
    public void Without_a_window_a_session_is_over_with_its_connection()
    {
        var run = new RegistryRun(new SessionLimits { ResumeWindow = TimeSpan.Zero });
        var session = run.Claim(Alice, "alice", "one");

        Assert.Equal(["over"], run.Detach(Alice, session));

        run.Resume(Alice, "one", out var resumed);
        Assert.Equal(["s2 refused cannot-resume"], resumed);
    }

    [Fact]
    public void A_mailbox_is_looked_at_when_its_oldest_message_has_waited_long_enough()
    {
        var week = (long)TimeSpan.FromDays(7).TotalMilliseconds;
        _run.Release(Alice, _run.Claim(Alice, "alice"));
        _run.On(new RegistryCommand.MailSince(RegistryRun.Key(Alice), _run.UnixMs));

        Assert.Empty(_run.Pass(week - 1));
        Assert.Equal(["sweep"], _run.Pass(1));
        Assert.Empty(_run.Pass(week));
    }
}
