using ChatLock.Actors.Messages;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>What becomes of a room when its journal fails, comes back, or holds what it shouldn't.</summary>
public sealed class StoringTests
{
    private static readonly ByteString SomeId = ByteString.CopyFrom(new byte[16]);
    private readonly RoomWorld _world = new RoomWorld().Opened();
    private readonly RoomSession _owner;
    private readonly RoomSession _member;

    public StoringTests() => (_owner, _member) = (_world.Join(RoomWorld.Keys[0]), _world.Join(RoomWorld.Keys[1]));

    [Fact]
    public void While_the_journal_fails_posts_and_acts_are_refused_and_everyone_stays()
    {
        _world.IsPrompt = false;
        var (underWay, next) = (_world.Post(_owner), _world.Post(_owner));
        _world.Fail(stored: 0);
        var (post, act) = (_world.Post(_owner), _world.Act(_owner, RoomActKind.SlowMode, seconds: 1));

        Assert.All(new[] { underWay, next, post, act }, @ref =>
        {
            Assert.Equal(RefusalCode.NotStored, _world.Replies[@ref].Refused.Code);
            Assert.NotEqual(0u, _world.Replies[@ref].Refused.RetryAfterMs);
        });
        Assert.True(_owner.IsLive && _member.IsLive);
        Assert.True(_world.Join(RoomWorld.Keys[2]).IsMember);
    }

    [Fact]
    public void When_it_works_again_numbers_go_on_where_they_were()
    {
        _world.Post(_owner);
        _world.IsPrompt = false;
        _world.Post(_owner, messageId: SomeId);
        _world.Fail(stored: 0);
        _world.IsPrompt = true;
        _world.Recover();

        Assert.Equal(2UL, _world.Replies[_world.Post(_owner, messageId: SomeId)].Accepted.Sequence);
        Assert.Equal([1UL, 2UL], _member.Numbers);
    }

    [Fact]
    public void What_turns_out_to_be_stored_is_delivered_then_and_answered_with_its_number()
    {
        _world.IsPrompt = false;
        _world.Post(_owner, messageId: SomeId);
        _world.Fail(stored: 1);
        Assert.Empty(_member.Numbers);

        _world.Recover();

        Assert.Equal([1UL], _member.Numbers);
        Assert.Empty(_owner.Numbers);
        Assert.Equal(1UL, _world.Replies[_world.Post(_owner, messageId: SomeId)].Accepted.Sequence);
        _world.Settle();
        Assert.Equal([1UL], _member.Numbers);
    }

    [Fact]
    public void An_act_that_turns_out_to_be_stored_has_its_effect_then()
    {
        _world.IsPrompt = false;
        _world.Act(_owner, RoomActKind.Ban, RoomWorld.Keys[1]);
        _world.Fail(stored: 1);
        Assert.True(_member.IsMember);

        _world.Recover();

        Assert.Equal(RefusalCode.Banned, _member.Frames[^1].LeftRoom.Why.Code);
        Assert.Equal(RefusalCode.Banned, _world.Join(RoomWorld.Keys[1]).Refusal!.Code);
    }

    [Fact]
    public void An_act_that_was_not_stored_never_was()
    {
        _world.IsPrompt = false;
        _world.Act(_owner, RoomActKind.Mute, RoomWorld.Keys[1]);
        _world.Fail(stored: 0);
        _world.IsPrompt = true;
        _world.Recover();

        Assert.NotNull(_world.Replies[_world.Post(_member)].Accepted);
        Assert.NotNull(_world.Replies[_world.Act(_owner, RoomActKind.Mute, RoomWorld.Keys[1], number: 1)].Accepted);
    }

    [Fact]
    public void A_restart_keeps_numbers_messages_ids_and_rules()
    {
        _world.Post(_member, "before", SomeId);
        _world.Act(_owner, RoomActKind.Ban, RoomWorld.Keys[2]);

        _world.Restart();

        var again = _world.Join(RoomWorld.Keys[1], _world.At(0));
        Assert.Equal([2UL], again.Numbers);
        Assert.Equal(1UL, _world.Replies[_world.Post(again, messageId: SomeId)].Accepted.Sequence);
        Assert.Equal(["before"], _world.Join(RoomWorld.Keys[0], _world.At(0)).Messages.Take(1).Select(posted => posted.Envelope.ToStringUtf8()));
        Assert.Equal(RefusalCode.Banned, _world.Join(RoomWorld.Keys[2]).Refusal!.Code);
    }

    [Fact]
    public void A_restart_from_a_snapshot_keeps_them_too()
    {
        _world.Post(_member, "before", SomeId);
        _world.Act(_owner, RoomActKind.Ban, RoomWorld.Keys[2]);
        for (var i = 0; i < RoomState.SnapshotEvery; i++)
            _world.Post(_owner);
        Assert.NotEqual(0, _world.Journal.SnapshotNumber);

        _world.Restart();

        var again = _world.Join(RoomWorld.Keys[1], _world.At(0));
        Assert.Equal(Enumerable.Range(2, RoomState.SnapshotEvery + 1).Select(i => (ulong)i), again.Numbers);
        Assert.Equal(1UL, _world.Replies[_world.Post(again, messageId: SomeId)].Accepted.Sequence);
        Assert.Equal(RefusalCode.Banned, _world.Join(RoomWorld.Keys[2]).Refusal!.Code);
        Assert.Equal((ulong)RoomState.SnapshotEvery + 3, _world.Replies[_world.Post(again)].Accepted.Sequence);
    }

    [Fact]
    public void A_journal_that_lost_what_was_stored_makes_no_number_twice()
    {
        _world.Post(_owner);
        _world.Post(_owner);

        _world.On(new JournalEvent.Failed("it is gone"));
        _world.On(new JournalEvent.Recovered(null, 0, [], 0));

        Assert.Equal(3UL, _world.Replies[_world.Post(_owner)].Accepted.Sequence);
        Assert.Equal([1UL, 2UL, 3UL], _member.Numbers);
        Assert.Equal([(1UL, 2UL)], _world.Join(RoomWorld.Keys[2], _world.At(0)).Gaps);
    }

    [Fact]
    public void Who_wants_in_while_a_room_cannot_be_read_is_refused_until_it_can()
    {
        var world = new RoomWorld { IsPrompt = false };
        var early = world.Join(RoomWorld.Keys[0]);

        world.Fail(stored: 0);

        Assert.Equal(RefusalCode.NotStored, early.Refusal!.Code);
        Assert.Equal(RefusalCode.NotStored, world.Join(RoomWorld.Keys[0]).Refusal!.Code);
        world.Recover();
        Assert.True(world.Join(RoomWorld.Keys[0]).IsMember);
    }

    public static TheoryData<string, JournalEvent.Recovered> Unreadable => new()
    {
        { "not an event", new JournalEvent.Recovered(null, 0, [new StoredEvent(1, ByteString.CopyFromUtf8("garbage"))], 1) },
        { "not a snapshot", new JournalEvent.Recovered(ByteString.CopyFromUtf8("garbage"), 5, [], 5) },
        { "another room's snapshot", new JournalEvent.Recovered(ByteString.Empty, 5, [], 5) },
        { "no beginning", new JournalEvent.Recovered(null, 0, [], 5) },
        { "a number twice", new JournalEvent.Recovered(null, 0, [Event(1, 1), Event(2, 1)], 2) },
        { "a number left out", new JournalEvent.Recovered(null, 0, [Event(1, 1), Event(2, 3)], 2) },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_journal_that_cannot_be_this_rooms_is_said_to_be_and_not_written_to(string what, JournalEvent.Recovered recovered)
    {
        var world = new RoomWorld();
        var session = world.Join(RoomWorld.Keys[0]);

        world.On(recovered);

        Assert.NotEmpty(Assert.Single(world.Effects.OfType<RoomEffect.Broken>()).Sentence + what);
        Assert.Equal(RefusalCode.NotStored, session.Refusal!.Code);
        world.Pass(TimeSpan.FromMinutes(5));
        Assert.Empty(world.Effects.OfType<RoomEffect.ToJournal>());
    }

    private static StoredEvent Event(long number, ulong sequence)
    {
        var key = RoomWorld.Keys[0];
        var posting = new Posting(sequence, 1, key.Member, key.Key, default(MessageId), ByteString.CopyFromUtf8("x"), Act: null);
        return new StoredEvent(number, StoredPostings.Pack([posting]).Events.Single());
    }
}
