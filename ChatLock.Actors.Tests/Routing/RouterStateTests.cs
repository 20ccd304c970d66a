using ChatLock.Actors.Routing;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Tests.Registry;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Routing;

/// <summary>Who is here, away, or nobody that the router knows.</summary>
public sealed class RouterStateTests
{
    private const int Alice = 1, Bob = 2;
    private static readonly TestRef Asker = new("asker");
    private RouterState _state = new(TimeSpan.FromSeconds(10));
    private long _nowMs = 1000;

    [Fact]
    public void Whoever_is_here_is_found_by_name_and_key_with_the_session_key()
    {
        Register(Alice, "Alice");

        foreach (var question in (Who[])[new() { Name = "ALICE" }, new() { Fingerprint = RegistryRun.Key(Alice).ToByteString() }])
        {
            var member = Answer(question).Roster.Members.Single();
            Assert.Equal(("Alice", RegistryRun.Keys(Alice).SessionKey, false), (member.Name, member.SessionKey, member.Away));
        }
    }

    [Fact]
    public void Whoever_is_not_known_here_is_the_registrys_to_find()
    {
        Register(Alice, "alice");

        var ask = Assert.IsType<RouterEffect.AskRegistry>(On(new RouterCommand.Who(7, new Who { Name = "bob" }, Asker)));

        Assert.Equal((7UL, 1u, Asker), (ask.Ref, ask.Online, ask.ReplyTo));
    }

    [Fact]
    public void One_without_a_connection_is_away_after_the_grace_in_pages_too_and_here_again_when_it_is_back()
    {
        var session = Register(Alice, "alice");
        _state = _state.On(new RouterCommand.Detach(RegistryRun.Key(Alice), session), _nowMs).Next;

        _nowMs += 9_999;
        Assert.False(IsAway());
        _nowMs += 1;
        Assert.True(IsAway());
        Assert.True(Answer(new Who()).Roster.Members.Single().Away);
        Register(Alice, "alice");
        Assert.False(IsAway());

        bool IsAway() => Answer(new Who { Name = "alice" }).Roster.Members.Single().Away;
    }

    [Fact]
    public void A_page_has_no_key_that_nobody_asked_for()
    {
        Register(Alice, "alice");

        Assert.Empty(Answer(new Who()).Roster.Members.Single().SessionKey);
    }

    [Fact]
    public void The_late_end_of_an_old_session_changes_nothing()
    {
        var old = Register(Alice, "alice");
        Register(Alice, "carol");

        _state = _state.On(new RouterCommand.Detach(RegistryRun.Key(Alice), old), _nowMs).Next;
        _state = _state.On(new RouterCommand.Unregister(RegistryRun.Key(Alice), old), _nowMs).Next;
        _state = _state.On(new RouterCommand.Rename(RegistryRun.Key(Alice), old, Member(Alice, "dora")), _nowMs).Next;

        Assert.Equal("carol", Answer(new Who()).Roster.Members.Single().Name);
        Assert.Equal(1, _state.Count);
    }

    [Fact]
    public void A_name_that_someone_else_has_taken_over_stays_with_them_when_the_old_one_ends()
    {
        var alice = Register(Alice, "name");
        Register(Bob, "name");

        _state = _state.On(new RouterCommand.Unregister(RegistryRun.Key(Alice), alice), _nowMs).Next;

        Assert.Equal(RegistryRun.Keys(Bob).IdentityKey, Answer(new Who { Name = "name" }).Roster.Members.Single().IdentityKey);
        Assert.Single(Answer(new Who()).Roster.Members);
    }

    private static Member Member(int key, string name) => new(RegistryRun.Keys(key)) { Name = name };

    private SessionId Register(int key, string name)
    {
        var session = SessionId.Random();
        (_state, var effects) = _state.On(new RouterCommand.Register(RegistryRun.Key(key), Member(key, name), session, Asker), _nowMs);
        Assert.IsType<RouterEffect.Listed>(Assert.Single(effects));
        return session;
    }

    private RouterEffect On(RouterCommand command) => Assert.Single(_state.On(command, _nowMs).Effects);

    private Reply Answer(Who question) => Assert.IsType<RouterEffect.Answer>(On(new RouterCommand.Who(7, question, Asker))).Reply;
}
