using ChatLock.Actors.Rooms;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Who may do what in a room, and what it does.</summary>
public sealed class ActTests
{
    private readonly RoomWorld _world = new RoomWorld().Opened();
    private readonly RoomSession _owner;
    private readonly RoomSession _op;
    private readonly RoomSession _member;

    public ActTests()
    {
        (_owner, _op, _member) = (_world.Join(RoomWorld.Keys[0]), _world.Join(RoomWorld.Keys[1]), _world.Join(RoomWorld.Keys[2]));
        _world.Act(_owner, RoomActKind.Op, RoomWorld.Keys[1]);
    }

    [Fact]
    public void An_act_has_a_number_in_the_log_and_comes_to_everyone_also_to_who_did_it()
    {
        var act = _world.Act(_op, RoomActKind.SlowMode, seconds: 5);

        Assert.Equal(2UL, _world.Replies[act].Accepted.Sequence);
        Assert.All(new[] { _owner, _op, _member }, session => Assert.Equal([1UL, 2UL], session.Numbers));
        var told = _member.Messages.Last();
        Assert.Equal((RoomActKind.SlowMode, 2UL, "user1"), (told.Act.Kind, told.Act.Number, told.From.Name));
        Assert.Equal(_world.Now.UnixMs, told.Act.TimeUnixMs);
        Assert.True(RoomActs.Verify("#garden", 1000, told.Act));
    }

    [Fact]
    public void Who_is_kicked_gets_the_act_as_the_last_thing_and_may_come_again()
    {
        _world.Act(_op, RoomActKind.Kick, RoomWorld.Keys[2]);
        _world.Post(_owner);

        Assert.Equal(RoomActKind.Kick, _member.Messages.Last().Act.Kind);
        Assert.Equal(RefusalCode.Kicked, _member.Frames[^1].LeftRoom.Why.Code);
        Assert.False(_member.IsMember);
        Assert.Equal([(RoomWorld.Keys[2].Name, CloseReason.Kicked)], _world.Announce()!.Left.Select(left => (left.Member.Name, left.Reason)));
        Assert.True(_world.Join(RoomWorld.Keys[2]).IsMember);
    }

    [Fact]
    public void What_is_stored_with_a_kick_reaches_the_kicked_up_to_the_kick()
    {
        _world.IsPrompt = false;
        foreach (var kind in new[] { RoomActKind.SlowMode, RoomActKind.Kick })
            _world.Act(_owner, kind, kind == RoomActKind.Kick ? RoomWorld.Keys[2] : null, number: kind == RoomActKind.Kick ? 3UL : 2UL);
        _world.Post(_owner);

        _world.Settle();

        Assert.Equal([1UL, 2UL, 3UL], _member.Numbers);
        Assert.Equal([1UL, 2UL, 3UL, 4UL], _op.Numbers);
        Assert.NotNull(_member.Frames[^1].LeftRoom);
    }

    [Fact]
    public void Who_is_banned_is_out_and_cannot_come_until_unbanned()
    {
        _world.Act(_op, RoomActKind.Ban, RoomWorld.Keys[2]);

        Assert.Equal(RefusalCode.Banned, _member.Frames[^1].LeftRoom.Why.Code);
        Assert.Equal(RefusalCode.Banned, _world.Join(RoomWorld.Keys[2]).Refusal!.Code);
        _world.Act(_op, RoomActKind.Unban, RoomWorld.Keys[2]);
        Assert.True(_world.Join(RoomWorld.Keys[2]).IsMember);
    }

    [Fact]
    public void Who_is_about_to_be_banned_posts_nothing_more()
    {
        _world.IsPrompt = false;
        _world.Act(_op, RoomActKind.Ban, RoomWorld.Keys[2]);

        Assert.Equal(RefusalCode.Banned, _world.Replies[_world.Post(_member)].Refused.Code);
    }

    [Fact]
    public void Who_is_kicked_without_a_connection_is_not_brought_back_by_itself()
    {
        _world.Detach(_member);
        _world.Act(_owner, RoomActKind.Kick, RoomWorld.Keys[2]);

        Assert.Equal(RefusalCode.Kicked, _world.Join(RoomWorld.Keys[2], _world.At(1), @ref: 0).Refusal!.Code);
        Assert.True(_world.Join(RoomWorld.Keys[2], @ref: 5).IsMember);
    }

    [Fact]
    public void Who_is_muted_is_told_for_how_long()
    {
        _world.Act(_op, RoomActKind.Mute, RoomWorld.Keys[2], seconds: 60);
        _world.Pass(TimeSpan.FromSeconds(20));

        var refused = _world.Replies[_world.Post(_member)].Refused;

        Assert.Equal((RefusalCode.Muted, 40_000u), (refused.Code, refused.RetryAfterMs));
        _world.Pass(TimeSpan.FromSeconds(40));
        Assert.NotNull(_world.Replies[_world.Post(_member)].Accepted);
    }

    [Fact]
    public void A_mute_without_an_end_lasts_until_unmuted()
    {
        _world.Act(_op, RoomActKind.Mute, RoomWorld.Keys[2]);
        _world.Pass(TimeSpan.FromDays(300));

        Assert.Equal((RefusalCode.Muted, 0u), Code(_world.Replies[_world.Post(_member)].Refused));
        _world.Act(_op, RoomActKind.Unmute, RoomWorld.Keys[2]);
        Assert.NotNull(_world.Replies[_world.Post(_member)].Accepted);
    }

    [Fact]
    public void In_slow_mode_a_member_posts_once_in_so_many_seconds_and_moderators_as_they_like()
    {
        _world.Act(_owner, RoomActKind.SlowMode, seconds: 10);
        _world.Post(_member);
        _world.Pass(TimeSpan.FromSeconds(4));

        Assert.Equal((RefusalCode.SlowMode, 6000u), Code(_world.Replies[_world.Post(_member)].Refused));
        Assert.All(new[] { _op, _op, _owner, _owner }, by => Assert.NotNull(_world.Replies[_world.Post(by)].Accepted));
        _world.Pass(TimeSpan.FromSeconds(6));
        Assert.NotNull(_world.Replies[_world.Post(_member)].Accepted);
    }

    [Fact]
    public void In_slow_mode_what_is_being_written_counts_and_what_was_refused_does_not()
    {
        _world.Act(_owner, RoomActKind.SlowMode, seconds: 10);
        _world.IsPrompt = false;
        _world.Post(_member);

        Assert.Equal(RefusalCode.SlowMode, _world.Replies[_world.Post(_member)].Refused.Code);
        _world.Fail(stored: 0);
        _world.Recover();
        _world.Post(_member);
        _world.Settle();
        Assert.Equal(3UL, _member.Accepted.Values.Single().Sequence);
    }

    [Fact]
    public void Nobody_else_may_do_anything_and_nothing_follows_from_trying()
    {
        foreach (var kind in Enum.GetValues<RoomActKind>().Where(kind => kind != RoomActKind.Unspecified))
        {
            var isTargeted = kind is not (RoomActKind.Topic or RoomActKind.SlowMode);
            var act = _world.Act(_member, kind, isTargeted ? RoomWorld.Keys[1] : null);
            Assert.Equal(RefusalCode.NotAllowed, _world.Replies[act].Refused.Code);
        }

        Assert.Equal(1UL, _world.State.LastSequence);
        Assert.True(_op.IsMember);
    }

    [Fact]
    public void An_act_done_once_cannot_be_done_again_by_sending_it_again()
    {
        var act = RoomWorld.Keys[0].Sign("#garden", 1000, RoomActKind.Kick, 2, RoomWorld.Keys[2], 0, "");
        _world.Moderate(_owner, act);
        var again = _world.Join(RoomWorld.Keys[2]);

        Assert.Equal(RefusalCode.StaleAct, _world.Replies[_world.Moderate(_owner, act)].Refused.Code);
        Assert.True(again.IsMember);
    }

    [Fact]
    public void An_act_of_another_room_or_log_or_signed_by_another_is_refused()
    {
        var acts = new[]
        {
            RoomWorld.Keys[0].Sign("#other", 1000, RoomActKind.Kick, 2, RoomWorld.Keys[2], 0, ""),
            RoomWorld.Keys[0].Sign("#garden", 999, RoomActKind.Kick, 2, RoomWorld.Keys[2], 0, ""),
            RoomWorld.Keys[1].Sign("#garden", 1000, RoomActKind.Kick, 2, RoomWorld.Keys[2], 0, ""), // an op's, sent by the owner
            RoomWorld.Keys[0].Sign("#garden", 1000, RoomActKind.Kick, 2, target: null, 0, ""),
        };

        Assert.All(acts, act => Assert.Equal(RefusalCode.InvalidField, _world.Replies[_world.Moderate(_owner, act)].Refused.Code));
        Assert.True(_member.IsMember);
    }

    [Fact]
    public void Two_acts_with_one_number_are_one()
    {
        _world.IsPrompt = false;
        var (first, second) = (_world.Act(_owner, RoomActKind.SlowMode, seconds: 3), _world.Act(_op, RoomActKind.SlowMode, seconds: 4));
        _world.Settle();

        Assert.NotNull(_world.Replies[first].Accepted);
        Assert.Equal(RefusalCode.StaleAct, _world.Replies[second].Refused.Code);
    }

    [Fact]
    public void A_topic_may_not_be_longer_than_topics_are()
    {
        var most = _world.Limits.TopicEnvelopeMaxBytes;

        Assert.NotNull(_world.Replies[_world.Act(_owner, RoomActKind.Topic, topic: new string('x', most))].Accepted);
        Assert.Equal(
            RefusalCode.TooLarge,
            _world.Replies[_world.Act(_owner, RoomActKind.Topic, topic: new string('x', most + 1))].Refused.Code);
    }

    [Fact]
    public void Who_comes_later_is_told_what_is_in_force()
    {
        _world.Act(_owner, RoomActKind.Topic, topic: "roses");
        _world.Act(_op, RoomActKind.Ban, RoomWorld.Keys[4]);
        _world.Act(_op, RoomActKind.Kick, RoomWorld.Keys[2]);

        var info = _world.Join(RoomWorld.Keys[3]).Info!;

        Assert.Equal([RoomActKind.Op, RoomActKind.Topic, RoomActKind.Ban], info.Acts.Select(act => act.Kind));
        Assert.Equal(4UL, info.LastAct);
        Assert.True(RoomRules.TryRead(RoomWorld.Keys[0].Key, info.Acts, info.LastAct, out var rules));
        Assert.Contains(RoomWorld.Keys[4].Key, rules.Banned);
    }

    [Fact]
    public void Nobody_owns_the_lobby()
    {
        var lobby = new RoomWorld(RoomId.Lobby).Opened();
        var act = lobby.Act(lobby.Join(RoomWorld.Keys[0]), RoomActKind.SlowMode, seconds: 3);

        Assert.Equal(RefusalCode.NotAllowed, lobby.Replies[act].Refused.Code);
    }

    private static (RefusalCode, uint) Code(Refused refused) => (refused.Code, refused.RetryAfterMs);
}
