using ChatLock.Actors.Messages;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>A post gets a number, is stored, then answered and delivered; a repetition is answered with the first result.</summary>
public sealed class PostingTests
{
    private static readonly ByteString SomeId = ByteString.CopyFrom(new byte[16]);
    private readonly RoomWorld _world = new RoomWorld().Opened();
    private readonly RoomSession _owner;
    private readonly RoomSession _member;

    public PostingTests() => (_owner, _member) = (_world.Join(RoomWorld.Keys[0]), _world.Join(RoomWorld.Keys[1]));

    [Fact]
    public void Nobody_hears_of_a_post_before_it_is_stored()
    {
        _world.IsPrompt = false;

        var post = _world.Post(_owner);

        Assert.False(_world.Replies.ContainsKey(post));
        Assert.Empty(_member.Messages);
        _world.Answer();
        Assert.Equal(1UL, _world.Replies[post].Accepted.Sequence);
        Assert.Equal([1UL], _member.Numbers);
        Assert.Empty(_owner.Messages);
    }

    [Fact]
    public void What_comes_while_the_journal_writes_is_written_together_next()
    {
        _world.IsPrompt = false;
        for (var i = 0; i < 10; i++)
            _world.Post(_owner);

        Assert.Single(_world.Asked);
        _world.Answer();
        var next = Assert.IsType<JournalCommand.Append>(Assert.Single(_world.Asked));
        Assert.Equal(9, StoredPostings.Unpack(Assert.Single(next.Events)).Count);
        _world.Effects.Clear();
        _world.Answer();
        Assert.Equal(9, Assert.Single(_world.Effects.OfType<RoomEffect.Deliver>()).Frames.Length);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (ulong)i), _member.Numbers);
    }

    [Fact]
    public void More_than_the_next_write_holds_is_refused_and_what_was_taken_is_not_lost()
    {
        _world.IsPrompt = false;
        var refs = Enumerable.Range(0, Batch.PostingsMax + 2).Select(_ => _world.Post(_owner)).ToList();

        var refused = Assert.Single(_world.Replies);
        Assert.Equal((refs[^1], RefusalCode.TooFast), (refused.Key, refused.Value.Refused.Code));
        Assert.NotEqual(0u, refused.Value.Refused.RetryAfterMs);
        _world.Settle();
        Assert.All(refs.SkipLast(1), post => Assert.NotNull(_world.Replies[post].Accepted));
    }

    [Fact]
    public void The_next_write_is_bounded_in_bytes_too()
    {
        _world.IsPrompt = false;
        var text = new string('x', Batch.BytesMax / 4);
        var refs = Enumerable.Range(0, 6).Select(_ => _world.Post(_owner, text)).ToList();

        Assert.Equal(refs[^1], Assert.Single(_world.Replies).Key);
    }

    [Fact]
    public void A_repetition_gets_the_first_number_and_nobody_gets_it_twice()
    {
        var first = _world.Post(_owner, messageId: SomeId);
        _world.Post(_owner);
        _world.Pass(TimeSpan.FromSeconds(5));

        var again = _world.Post(_owner, messageId: SomeId);

        Assert.Equal(_world.Replies[first].Accepted, _world.Replies[again].Accepted);
        Assert.Equal([1UL, 2UL], _member.Numbers);
    }

    [Fact]
    public void A_repetition_of_what_is_being_written_waits_for_the_same_answer()
    {
        _world.IsPrompt = false;
        _world.Post(_owner);
        var (first, again) = (_world.Post(_owner, messageId: SomeId), _world.Post(_owner, messageId: SomeId));
        _world.Answer();
        var underWay = _world.Post(_owner, messageId: SomeId);

        _world.Settle();

        Assert.Equal([2UL, 2UL, 2UL], new[] { first, again, underWay }.Select(post => _world.Replies[post].Accepted.Sequence));
        Assert.Equal([1UL, 2UL], _member.Numbers);
    }

    [Fact]
    public void Two_people_may_call_their_messages_the_same()
    {
        var (one, other) = (_world.Post(_owner, messageId: SomeId), _world.Post(_member, messageId: SomeId));

        Assert.Equal((1UL, 2UL), (_world.Replies[one].Accepted.Sequence, _world.Replies[other].Accepted.Sequence));
    }

    [Fact]
    public void A_repetition_is_answered_even_if_its_sender_is_out_by_then()
    {
        var first = _world.Post(_member, messageId: SomeId);
        _world.Act(_owner, RoomActKind.Kick, RoomWorld.Keys[1]);

        Assert.Equal(_world.Replies[first].Accepted, _world.Replies[_world.Post(_member, messageId: SomeId)].Accepted);
        Assert.Equal(RefusalCode.NotAMember, _world.Replies[_world.Post(_member)].Refused.Code);
    }

    [Fact]
    public void After_a_day_a_message_may_be_called_the_same_again()
    {
        _world.Post(_owner, messageId: SomeId);
        _world.Pass(RecentMessages.KeptFor + TimeSpan.FromMinutes(1));

        Assert.Equal(2UL, _world.Replies[_world.Post(_owner, messageId: SomeId)].Accepted.Sequence);
    }

    [Fact]
    public void Who_is_not_in_it_or_was_replaced_cannot_post()
    {
        var again = _world.Join(RoomWorld.Keys[1]);

        Assert.Equal(RefusalCode.NotAMember, _world.Replies[_world.Post(_member)].Refused.Code);
        Assert.NotNull(_world.Replies[_world.Post(again)].Accepted);
    }

    [Fact]
    public void A_message_without_a_whole_id_is_refused()
    {
        var post = _world.Post(_owner, messageId: ByteString.CopyFrom(new byte[15]));

        Assert.Equal(RefusalCode.InvalidField, _world.Replies[post].Refused.Code);
    }

    [Fact]
    public void A_post_carries_the_name_of_its_moment()
    {
        _world.Post(_owner);
        _world.On(new RoomCommand.Rename(
            RoomWorld.Keys[0].Key, _owner.Handle.Id, new Member { Name = "renamed", IdentityKey = RoomWorld.Keys[0].Member.IdentityKey }));
        _world.Post(_owner);

        Assert.Equal(["user0", "renamed"], _member.Messages.Select(posted => posted.From.Name));
    }
}
