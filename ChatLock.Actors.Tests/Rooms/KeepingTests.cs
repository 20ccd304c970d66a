using ChatLock.Actors.Rooms;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Session;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>What is too old or too much goes, from the journal too, and not before a snapshot makes it dispensable.</summary>
public sealed class KeepingTests
{
    private static readonly RoomSettings Few = new() { KeepMessages = 200, KeepFor = TimeSpan.FromHours(1) };
    private readonly RoomWorld _world = new RoomWorld(limits: new RoomLimits(Few, new SessionLimits())).Opened();
    private readonly RoomSession _owner;

    public KeepingTests() => _owner = _world.Join(RoomWorld.Keys[0]);

    [Fact]
    public void At_least_as_many_as_are_to_be_kept_are_and_not_many_more()
    {
        Post(1000);
        _world.Pass(TimeSpan.FromSeconds(1));

        var kept = _world.Join(RoomWorld.Keys[1], _world.At(0)).Numbers.ToList();

        Assert.InRange(kept.Count, Few.KeepMessages, Few.KeepMessages + 2 * LogSegment.PostingsMax);
        Assert.Equal(1000UL, kept[^1]);
        Assert.Equal(kept, Stored());
    }

    [Fact]
    public void What_is_too_old_is_gone_within_a_minute_and_a_part_of_the_time()
    {
        Post(3);
        _world.Pass(TimeSpan.FromMinutes(30));
        Post(2);

        _world.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal([1UL, 2UL, 3UL, 4UL, 5UL], Stored());
        _world.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal([4UL, 5UL], Stored());
        _world.Pass(TimeSpan.FromMinutes(31));
        Assert.Empty(Stored());
        Assert.Equal([(1UL, 5UL)], _world.Join(RoomWorld.Keys[1], _world.At(0)).Gaps);
        Assert.Equal(6UL, _world.Replies[_world.Post(_owner)].Accepted.Sequence);
    }

    [Fact]
    public void After_a_restart_what_was_deleted_is_still_gone_and_the_rest_is_there()
    {
        Post(3);
        _world.Pass(TimeSpan.FromMinutes(40));
        Post(2);
        _world.Pass(TimeSpan.FromMinutes(25));

        _world.Restart();

        var member = _world.Join(RoomWorld.Keys[1], _world.At(0));
        Assert.Equal([(1UL, 3UL)], member.Gaps);
        Assert.Equal([4UL, 5UL], member.Numbers);
    }

    [Fact]
    public void Nothing_is_deleted_that_no_snapshot_has()
    {
        Post(3);
        _world.IsPrompt = false;
        _world.Pass(TimeSpan.FromHours(2));

        var snapshot = Assert.IsType<JournalCommand.Snapshot>(Assert.Single(_world.Asked));
        Assert.Equal(3, snapshot.Number);
        _world.Answer();
        Assert.Equal(3, Assert.IsType<JournalCommand.DeleteTo>(Assert.Single(_world.Asked)).Number);
    }

    [Fact]
    public void A_snapshot_that_fails_is_made_up_for_by_the_next()
    {
        Post(3);
        _world.IsPrompt = false;
        _world.Pass(TimeSpan.FromHours(2));
        _world.TakeAsked();
        _world.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(_world.Asked);

        _world.Pass(TimeSpan.FromSeconds(40));
        _world.Pass(TimeSpan.FromMinutes(1));

        Assert.IsType<JournalCommand.Snapshot>(Assert.Single(_world.Asked));
    }

    [Fact]
    public void A_room_that_rests_says_when_it_has_something_to_delete()
    {
        Post(1);
        _world.Leave(_owner);
        _world.Pass(TimeSpan.FromSeconds(1));
        _world.Pass(RoomState.Linger);

        Assert.Equal(
            _world.History[0].TimeUnixMs + (long)Few.KeepFor.TotalMilliseconds,
            _world.Effects.OfType<RoomEffect.Idle>().Single().NextOverUnixMs);
    }

    [Fact]
    public void A_room_that_is_started_to_delete_something_does_and_rests_at_once()
    {
        Post(1);
        _world.Restart();
        _world.Effects.Clear();

        _world.Pass(TimeSpan.FromHours(2));
        _world.Pass(TimeSpan.FromSeconds(1));

        Assert.Empty(Stored());
        Assert.Null(_world.Effects.OfType<RoomEffect.Idle>().First().NextOverUnixMs);
    }

    private IEnumerable<ulong> Stored()
    {
        var read = (JournalEvent.ReadDone)_world.Journal.On(new JournalCommand.Read(1, long.MaxValue, int.MaxValue, "all")).Answer!;
        return read.Events.SelectMany(stored => StoredPostings.Unpack(stored.Bytes)).Select(posting => posting.Sequence);
    }

    private void Post(int count)
    {
        for (var i = 0; i < count; i++)
            _world.Post(_owner);
    }
}
