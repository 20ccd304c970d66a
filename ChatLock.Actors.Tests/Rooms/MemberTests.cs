using ChatLock.Actors.Rooms;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Who comes, goes and loses a connection, and what the others hear of it.</summary>
public sealed class MemberTests
{
    private static readonly TimeSpan Grace = RoomWorld.SmallLimits.Sessions.AwayAfter;
    private static readonly TimeSpan Window = RoomWorld.SmallLimits.Sessions.ResumeWindow;
    private readonly RoomWorld _world = new RoomWorld().Opened();
    private readonly RoomSession _owner;

    public MemberTests()
    {
        _owner = _world.Join(RoomWorld.Keys[0]);
        _world.Announce();
    }

    [Fact]
    public void Who_comes_is_told_what_it_is_where_it_stands_and_who_is_there()
    {
        _world.Post(_owner);

        var info = _world.Join(RoomWorld.Keys[1]).Info!;

        Assert.Equal(_world.At(1), info.Position);
        Assert.Equal((2u, 2u, "secret"), (info.Suite, info.MemberCount, info.OpenSecret.ToStringUtf8()));
        Assert.Equal(RoomWorld.Keys[0].Member.IdentityKey, info.OwnerKey);
        Assert.Equal(["user0", "user1"], info.Here.Select(member => member.Name));
        Assert.False(info.More);
    }

    [Fact]
    public void The_others_are_told_of_those_who_come_and_go_and_are_called_otherwise()
    {
        var member = _world.Join(RoomWorld.Keys[1]);
        Assert.Equal(["user1"], _world.Announce()!.Joined.Select(joined => joined.Name));

        _world.On(new RoomCommand.Rename(
            RoomWorld.Keys[1].Key, member.Handle.Id, new Member { Name = "one", IdentityKey = RoomWorld.Keys[1].Member.IdentityKey }));
        Assert.Equal([("user1", "one")], _world.Announce()!.Renamed.Select(renamed => (renamed.From, renamed.To.Name)));

        _world.Leave(member);
        var presence = _world.Announce()!;
        Assert.Equal([("one", CloseReason.Left)], presence.Left.Select(left => (left.Member.Name, left.Reason)));
        Assert.Equal(1u, presence.Online);
    }

    [Fact]
    public void A_lost_connection_that_is_back_soon_is_not_spoken_of()
    {
        var member = _world.Join(RoomWorld.Keys[1]);
        _world.Announce();

        _world.Detach(member);
        _world.Pass(Grace - TimeSpan.FromSeconds(1));
        _world.Join(RoomWorld.Keys[1], _world.At(0), @ref: 0);
        _world.Pass(Window);

        Assert.Null(_world.Announce());
        Assert.Equal(2, _world.State.MemberCount);
    }

    [Fact]
    public void After_the_grace_it_is_away_and_then_back()
    {
        var member = _world.Join(RoomWorld.Keys[1]);
        _world.Announce();
        _world.Detach(member);

        _world.Pass(Grace);
        Assert.Equal(["user1"], _world.Announce()!.Away.Select(away => away.Name));
        Assert.Equal([("user0", false), ("user1", true)], _world.Who(_owner)!.Members.Select(shown => (shown.Name, shown.Away)));

        _world.Join(RoomWorld.Keys[1], _world.At(0), @ref: 0);
        var presence = _world.Announce()!;
        Assert.Equal(["user1"], presence.Back.Select(back => back.Name));
        Assert.Empty(presence.Joined);
        Assert.False(_world.Who(_owner)!.Members[1].Away);
    }

    [Fact]
    public void When_the_window_is_over_it_has_left()
    {
        var member = _world.Join(RoomWorld.Keys[1]);
        _world.Detach(member);
        _world.Pass(Grace);
        _world.Announce();

        _world.Pass(Window);

        Assert.Equal([("user1", CloseReason.ConnectionLost)], _world.Announce()!.Left.Select(left => (left.Member.Name, left.Reason)));
        Assert.Equal(1, _world.State.MemberCount);
    }

    [Fact]
    public void Another_session_of_the_key_takes_the_seat_and_the_old_one_gets_nothing_more()
    {
        var old = _world.Join(RoomWorld.Keys[1]);
        _world.Announce();
        var again = _world.Join(RoomWorld.Keys[1]);
        _world.Leave(old);
        _world.Detach(old);
        _world.Post(_owner);

        Assert.Empty(old.Messages);
        Assert.Equal([1UL], again.Numbers);
        Assert.Null(_world.Announce());
    }

    [Fact]
    public void Who_comes_with_a_position_soon_after_the_server_started_was_here_before_it_did()
    {
        var world = new RoomWorld { Now = new ServerTime(30_000, 1_000_000_000) }.Opened();
        world.Join(RoomWorld.Keys[0], world.At(0), @ref: 0);
        world.Join(RoomWorld.Keys[1]);

        var presence = world.Announce()!;

        Assert.Equal(["user0"], presence.Back.Select(back => back.Name));
        Assert.Equal(["user1"], presence.Joined.Select(joined => joined.Name));
    }

    [Fact]
    public void Who_leaves_gets_the_answer_and_who_is_not_in_it_cannot()
    {
        var member = _world.Join(RoomWorld.Keys[1]);

        Assert.NotNull(_world.Replies[_world.Leave(member, @ref: 71)].Accepted);
        Assert.False(member.IsMember);
        Assert.Equal(RefusalCode.NotAMember, _world.Replies[_world.Leave(member, @ref: 72)].Refused.Code);
    }

    [Fact]
    public void A_full_room_takes_nobody_but_those_who_have_a_seat()
    {
        var members = RoomWorld.Keys.Skip(1).Select(key => _world.Join(key)).ToList();

        Assert.Equal(RefusalCode.RoomFull, _world.Join(new Person("late")).Refusal!.Code);
        Assert.True(_world.Join(RoomWorld.Keys[1]).IsMember);
        _world.Leave(members[^1]);
        Assert.True(_world.Join(new Person("late")).IsMember);
    }

    [Fact]
    public void The_lobby_is_never_full_and_does_not_say_who_is_there()
    {
        var lobby = new RoomWorld(RoomId.Lobby).Opened();
        var all = Enumerable.Range(0, 10).Select(i => lobby.Join(new Person($"guest{i}"), @ref: 0)).ToList();

        Assert.All(all, session => Assert.True(session.IsMember));
        Assert.Empty(all[^1].Info!.Here);
        Assert.Empty(all[^1].Info!.OwnerKey);
    }

    [Fact]
    public void Members_are_told_page_by_page_to_members_only()
    {
        var world = new RoomWorld(limits: RoomWorld.SmallLimits with { Rooms = new RoomSettings() }).Opened();
        var all = Enumerable.Range(0, 120).Select(i => world.Join(new Person($"guest{i:000}"))).ToList();
        Assert.True(all[^1].Info!.More);

        var names = new List<string>();
        Roster page;
        do
        {
            page = world.Who(all[0], names.LastOrDefault() ?? "")!;
            names.AddRange(page.Members.Select(member => member.Name));
        }
        while (page.More);

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"guest{i:000}"), names);
        Assert.Equal(120u, page.Online);
        world.Leave(all[0]);
        Assert.Null(world.Who(all[0]));
    }

    [Fact]
    public void Joins_wait_until_the_journal_has_told_what_it_has()
    {
        var world = new RoomWorld { IsPrompt = false };
        var (stays, goes) = (world.Join(RoomWorld.Keys[0]), world.Join(RoomWorld.Keys[1]));
        world.Leave(goes);
        Assert.False(stays.IsMember);

        world.Recover();

        Assert.True(stays.IsMember);
        Assert.False(goes.IsMember);
    }

    [Fact]
    public void A_room_that_nobody_is_in_says_so_after_a_while_and_stops_when_told_unless_someone_has_come()
    {
        _world.Leave(_owner);
        _world.Pass(TimeSpan.FromSeconds(1));
        _world.Effects.Clear();
        _world.Pass(RoomState.Linger - TimeSpan.FromSeconds(1));
        Assert.Empty(_world.Effects.OfType<RoomEffect.Idle>());
        _world.Pass(TimeSpan.FromSeconds(1));
        Assert.Single(_world.Effects.OfType<RoomEffect.Idle>());

        _world.On(RoomCommand.Rest.Now);
        Assert.IsType<RoomEffect.Stop>(_world.Effects[^1]);
        _world.Join(RoomWorld.Keys[1]);
        _world.On(RoomCommand.Rest.Now);
        Assert.IsType<RoomEffect.StayAwake>(_world.Effects[^1]);
    }

    [Fact]
    public void The_lobby_is_never_idle()
    {
        var lobby = new RoomWorld(RoomId.Lobby).Opened();
        lobby.Pass(TimeSpan.FromDays(1));
        lobby.Pass(TimeSpan.FromDays(1));

        Assert.Empty(lobby.Effects.OfType<RoomEffect.Idle>());
    }
}
