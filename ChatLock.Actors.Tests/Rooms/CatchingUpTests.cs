using ChatLock.Actors.Rooms;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Who comes with a position gets what it missed: in order, in chunks, before anything new.</summary>
public sealed class CatchingUpTests
{
    private readonly RoomWorld _world = new RoomWorld().Opened();
    private readonly RoomSession _owner;

    public CatchingUpTests() => _owner = _world.Join(RoomWorld.Keys[0]);

    [Fact]
    public void What_was_missed_comes_and_then_what_is_new()
    {
        Post(5);

        var member = _world.Join(RoomWorld.Keys[1], _world.At(2));
        Post(1);

        Assert.Equal(2UL, member.Info!.Position.Sequence);
        Assert.Equal([3UL, 4UL, 5UL, 6UL], member.Numbers);
        Assert.Empty(member.Gaps);
    }

    [Fact]
    public void Nothing_new_overtakes_what_was_missed()
    {
        Post(5);
        _world.IsPrompt = false;
        var member = _world.Join(RoomWorld.Keys[1], _world.At(0));
        Post(2);
        while (_world.Answer())
        {
        }

        Assert.Empty(member.Numbers);
        _world.Settle();
        Assert.Equal(Numbers(1, 7), member.Numbers);
    }

    [Fact]
    public void More_than_a_chunk_comes_chunk_by_chunk_as_the_client_takes_it()
    {
        Post(10, bytes: 300);
        _world.IsPrompt = false;

        var member = _world.Join(RoomWorld.Keys[1], _world.At(0));

        var chunks = 0;
        for (; !member.IsLive; chunks++)
        {
            var bytes = member.Frames.Sum(frame => frame.CalculateSize());
            Assert.True(_world.Answer() || _world.SendChunk());
            // One chunk, and at its end what is left if it is no more than another.
            Assert.True(member.Frames.Sum(frame => frame.CalculateSize()) - bytes <= 2 * _world.Limits.ReplayMaxBytes);
        }

        Assert.True(chunks >= 5);
        Assert.Equal(Numbers(1, 10), member.Numbers);
    }

    [Fact]
    public void One_message_longer_than_a_chunk_comes_as_one()
    {
        Post(1, bytes: 3000);
        Post(1);

        Assert.Equal([1UL, 2UL], _world.Join(RoomWorld.Keys[1], _world.At(0)).Numbers);
    }

    [Fact]
    public void What_is_older_than_the_memory_is_read_from_the_journal()
    {
        Post(100, bytes: 200);
        _world.Effects.Clear();

        var member = _world.Join(RoomWorld.Keys[1], _world.At(10));

        Assert.Contains(_world.Effects, effect => effect is RoomEffect.ToJournal { Command: JournalCommand.Read });
        Assert.Equal(Numbers(11, 100), member.Numbers);
        Assert.Empty(member.Gaps);
    }

    [Fact]
    public void Ones_own_messages_do_not_come_back_but_acts_do()
    {
        var member = _world.Join(RoomWorld.Keys[1]);
        _world.Post(member);
        Post(1);
        _world.Act(_owner, RoomActKind.SlowMode, seconds: 1);

        Assert.Equal([1UL, 3UL], _world.Join(RoomWorld.Keys[0], _world.At(0)).Numbers);
        Assert.Equal([2UL, 3UL], _world.Join(RoomWorld.Keys[1], _world.At(0)).Numbers);
    }

    [Fact]
    public void Who_missed_only_its_own_messages_gets_nothing_and_all_that_is_new()
    {
        Post(100, bytes: 200);
        var again = _world.Join(RoomWorld.Keys[0], _world.At(3));
        Assert.True(again.IsLive);

        _world.Post(_world.Join(RoomWorld.Keys[1]));

        Assert.Equal([101UL], again.Numbers);
    }

    [Fact]
    public void What_is_not_kept_any_more_is_told_as_a_gap()
    {
        Post(3);
        _world.Pass(_world.Limits.Rooms.KeepFor + TimeSpan.FromMinutes(2));
        Post(2);

        var member = _world.Join(RoomWorld.Keys[1], _world.At(1));

        Assert.Equal([(2UL, 3UL)], member.Gaps);
        Assert.Equal([4UL, 5UL], member.Numbers);
        Assert.True(member.Frames.FindIndex(frame => frame.Gap is not null) < member.Frames.FindIndex(frame => frame.Posted is not null));
    }

    [Fact]
    public void A_position_of_another_log_is_told_as_a_gap_without_numbers_and_all_there_is_follows()
    {
        Post(3);

        var member = _world.Join(RoomWorld.Keys[1], new Position { Room = "#garden", Epoch = 999, Sequence = 2 });

        Assert.Equal((0UL, 1000UL), (member.Info!.Position.Sequence, member.Info.Position.Epoch));
        Assert.Equal([(0UL, 0UL)], member.Gaps);
        Assert.Equal(Numbers(1, 3), member.Numbers);
    }

    [Theory]
    [InlineData(4UL)]
    [InlineData(ulong.MaxValue)]
    public void A_position_beyond_the_log_brings_nothing_and_says_where_the_log_stands(ulong beyond)
    {
        Post(3);

        var member = _world.Join(RoomWorld.Keys[1], _world.At(beyond));

        Assert.Equal(3UL, member.Info!.Position.Sequence);
        Assert.Empty(member.Frames);
        Post(1);
        Assert.Equal([4UL], member.Numbers);
    }

    [Fact]
    public void Who_loses_its_connection_meanwhile_gets_the_rest_when_it_is_back()
    {
        Post(50, bytes: 200);
        _world.IsPrompt = false;
        var member = _world.Join(RoomWorld.Keys[1], _world.At(0));
        for (var i = 0; i < 6; i++)
            _ = _world.Answer() || _world.SendChunk();
        _world.Detach(member);
        _world.IsPrompt = true;

        var again = _world.Join(RoomWorld.Keys[1], _world.At(member.Highest), @ref: 0);

        Assert.InRange(member.Highest, 1UL, 49UL);
        Assert.Equal(Numbers(1, 50), member.Numbers.Concat(again.Numbers));
    }

    [Fact]
    public void A_read_that_fails_is_tried_again_with_the_next_tick()
    {
        Post(100, bytes: 200);
        _world.IsPrompt = false;
        var member = _world.Join(RoomWorld.Keys[1], _world.At(0));
        var read = Assert.IsType<JournalCommand.Read>(_world.TakeAsked());

        _world.On(new JournalEvent.ReadFailed(read.Tag));
        Assert.Empty(_world.Asked);
        _world.IsPrompt = true;
        _world.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(Numbers(1, 100), member.Numbers);
    }

    [Fact]
    public void A_part_of_the_journal_that_cannot_be_read_is_told_as_a_gap()
    {
        Post(100, bytes: 200);
        _world.IsPrompt = false;
        var member = _world.Join(RoomWorld.Keys[1], _world.At(0));
        var read = Assert.IsType<JournalCommand.Read>(_world.TakeAsked());

        _world.On(new JournalEvent.ReadDone(read.Tag, [], More: false));
        _world.Settle();

        var (from, to) = Assert.Single(member.Gaps);
        Assert.Equal(1UL, from);
        Assert.Equal(Numbers((int)to + 1, 100), member.Numbers);
    }

    [Fact]
    public void The_journal_is_read_for_a_few_at_a_time()
    {
        var world = new RoomWorld(limits: RoomWorld.SmallLimits with { Rooms = new RoomSettings { RingMaxBytes = 100 } }).Opened();
        var poster = world.Join(RoomWorld.Keys[0]);
        for (var i = 0; i < 10; i++)
            world.Post(poster);
        world.IsPrompt = false;

        var members = Enumerable.Range(0, 20).Select(i => world.Join(new Person($"guest{i}"), world.At(0))).ToList();

        Assert.Equal(RoomState.ReadsMax, world.Asked.Count);
        world.Settle();
        Assert.All(members, member => Assert.Equal(Numbers(1, 10), member.Numbers));
    }

    [Fact]
    public void After_a_restart_the_memory_is_filled_from_the_journal_so_that_many_who_return_are_not_many_reads()
    {
        var world = new RoomWorld(limits: new RoomLimits(new RoomSettings(), new SessionLimits())).Opened();
        var poster = world.Join(RoomWorld.Keys[0]);
        for (var i = 0; i < RoomState.SnapshotEvery + 10; i++)
            world.Post(poster);
        world.Restart();
        world.Effects.Clear();

        var member = world.Join(RoomWorld.Keys[1], world.At(5));

        Assert.DoesNotContain(world.Effects, effect => effect is RoomEffect.ToJournal { Command: JournalCommand.Read });
        Assert.Equal(Numbers(6, RoomState.SnapshotEvery + 10), member.Numbers);
    }

    private void Post(int count, int bytes = 5)
    {
        for (var i = 0; i < count; i++)
            _world.Post(_owner, new string('x', bytes));
    }

    private static IEnumerable<ulong> Numbers(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => (ulong)i);
}
