using ChatLock.Actors.Rooms;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Which rooms there are: made in the journal first, started when somebody comes, deleted when nobody does.</summary>
public sealed class RoomsStateTests
{
    private static readonly RoomId Garden = RoomsWorld.Garden;

    [Fact]
    public void The_lobby_is_there_from_the_first_start_and_the_same_after_the_next()
    {
        var world = new RoomsWorld().Opened();
        var first = world.Started[RoomId.Lobby];

        world.NowUnixMs += 1000;
        world.Opened();

        Assert.Equal(first, world.Started[RoomId.Lobby]);
        Assert.True(world.IsJoining(RoomId.Lobby, world.Join(RoomId.Lobby)));
    }

    [Fact]
    public void A_lobby_of_another_suite_is_another_lobby()
    {
        var world = new RoomsWorld().Opened();
        var first = world.Started[RoomId.Lobby];

        world.Opened(lobbySuite: 1);

        Assert.Equal(1u, world.Started[RoomId.Lobby].Suite);
        Assert.True(world.Started[RoomId.Lobby].Epoch > first.Epoch);
        Assert.Equal([(RoomId.Lobby, first.Epoch)], world.Erasing);
    }

    [Fact]
    public void A_room_is_made_by_who_creates_it_and_is_there_for_all()
    {
        var world = new RoomsWorld().Opened();
        Assert.Equal(RefusalCode.NoSuchRoom, world.Refusal(world.Join(Garden)));

        var maker = world.Join(Garden, RoomWorld.Keys[1], create: true, suite: 1);

        Assert.True(world.IsJoining(Garden, maker));
        Assert.Equal((1u, RoomWorld.Keys[1].Key), (world.Started[Garden].Suite, world.Started[Garden].Owner));
        Assert.True(world.IsJoining(Garden, world.Join(Garden, RoomWorld.Keys[2], create: true)));
        Assert.Equal(RoomWorld.Keys[1].Key, world.Started[Garden].Owner);
    }

    [Fact]
    public void Who_comes_while_a_room_is_being_made_waits_for_it()
    {
        var world = new RoomsWorld().Opened();
        world.IsPrompt = false;
        var (maker, second, gone) = (world.Make(Garden), world.Join(Garden, RoomWorld.Keys[1]), world.Join(Garden, RoomWorld.Keys[2]));
        Withdraw(world, Garden, RoomWorld.Keys[2], gone);
        Assert.Empty(world.Told);

        world.Answer();

        Assert.Equal([maker.Id, second.Id], world.Told.Select(told => told.Command).OfType<RoomCommand.Join>().Select(join => join.Session.Id));
    }

    [Fact]
    public void A_room_that_cannot_be_stored_is_not_made()
    {
        var world = new RoomsWorld().Opened();
        world.IsPrompt = false;
        var maker = world.Make(Garden);
        world.Fail();

        Assert.Equal(RefusalCode.NotStored, world.Refusal(maker));
        Assert.Equal(RefusalCode.NotStored, world.Refusal(world.Make(Garden)));
        Assert.True(world.IsJoining(RoomId.Lobby, world.Join(RoomId.Lobby)));
        world.Recover();
        Assert.Equal(RefusalCode.NoSuchRoom, world.Refusal(world.Join(Garden)));
    }

    [Fact]
    public void A_room_that_turns_out_to_be_stored_is_there()
    {
        var world = new RoomsWorld().Opened();
        world.IsPrompt = false;
        world.Make(Garden);
        world.Fail(stored: 1);
        world.Recover();

        Assert.True(world.IsJoining(Garden, world.Join(Garden)));
    }

    [Fact]
    public void Who_comes_before_the_directory_is_read_waits_or_is_refused_if_it_cannot_be()
    {
        var world = new RoomsWorld().Begun();
        var early = world.Join(RoomId.Lobby);
        world.Recover();
        Assert.True(world.IsJoining(RoomId.Lobby, early));

        var failing = new RoomsWorld().Begun();
        early = failing.Join(RoomId.Lobby);
        failing.Fail();
        Assert.Equal(RefusalCode.NotStored, failing.Refusal(early));
        Assert.Equal(RefusalCode.NotStored, failing.Refusal(failing.Join(RoomId.Lobby)));
        failing.Recover();
        Assert.True(failing.IsJoining(RoomId.Lobby, failing.Join(RoomId.Lobby)));
    }

    [Fact]
    public void A_key_owns_so_many_rooms_and_no_more()
    {
        var world = new RoomsWorld(new RoomSettings { OwnedMax = 2 }).Opened();
        world.IsPrompt = false;
        var rooms = Enumerable.Range(0, 3).Select(i => world.Make(RoomWorld.Open($"#mine{i}"))).ToList();

        Assert.Equal([null, null, RefusalCode.TooManyRooms], rooms.Select(world.Refusal));
        Assert.Null(world.Refusal(world.Make(RoomWorld.Open("#other"), RoomWorld.Keys[1])));
    }

    [Fact]
    public void There_are_so_many_rooms_and_no_more_beside_the_lobby()
    {
        var world = new RoomsWorld(new RoomSettings { RoomsMax = 3 }).Opened();
        var rooms = Enumerable.Range(0, 4).Select(i => world.Make(RoomWorld.Open($"#room{i}"), RoomWorld.Keys[i])).ToList();

        Assert.Equal([null, null, null, RefusalCode.TooManyRooms], rooms.Select(world.Refusal));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    [InlineData(99u)]
    public void A_room_is_made_with_a_suite_that_there_is(uint suite)
    {
        var world = new RoomsWorld().Opened();

        Assert.Equal(RefusalCode.RoomInvalid, world.Refusal(world.Join(Garden, create: true, suite: suite)));
    }

    [Fact]
    public void Open_rooms_are_listed_page_by_page_with_their_members_and_sealed_ones_are_not()
    {
        var world = new RoomsWorld(new RoomSettings { OwnedMax = 1000 }).Opened();
        for (var i = 0; i < 120; i++)
            world.Make(RoomWorld.Open($"#room{i:000}"));
        Assert.True(RoomId.TryParse("~" + new string('0', 64), out var hidden));
        world.Make(hidden);
        world.On(new RoomsCommand.Counted(RoomWorld.Open("#room007"), 7));

        var listed = new List<RoomSummary>();
        RoomList page;
        do
        {
            page = world.List(listed.LastOrDefault()?.Room ?? "");
            Assert.InRange(page.Rooms.Count, 1, RoomsState.PageRooms);
            listed.AddRange(page.Rooms);
        }
        while (page.More);

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"#room{i:000}"), listed.Select(room => room.Room));
        Assert.Equal((7u, 2u), (listed[7].MemberCount, listed[7].Suite));
    }

    [Fact]
    public void A_room_that_rests_is_stopped_and_started_again_for_the_next_who_comes()
    {
        var world = new RoomsWorld().Opened();
        world.Make(Garden);
        world.Rest(Garden);
        Assert.DoesNotContain(Garden, world.Started.Keys);

        Assert.True(world.IsJoining(Garden, world.Join(Garden)));
        Assert.Contains(Garden, world.Started.Keys);
    }

    [Fact]
    public void Who_comes_while_a_room_stops_has_it_started_again()
    {
        var world = new RoomsWorld().Opened();
        world.Make(Garden);
        world.On(new RoomsCommand.Idle(Garden, null));
        Assert.IsType<RoomCommand.Rest>(world.Told[^1].Command);
        var (late, gone) = (world.Join(Garden), world.Join(Garden, RoomWorld.Keys[1]));
        Withdraw(world, Garden, RoomWorld.Keys[1], gone);
        Assert.False(world.IsJoining(Garden, late));

        world.Started.Remove(Garden);
        world.On(new RoomsCommand.Stopped(Garden));

        Assert.True(world.IsJoining(Garden, late));
        Assert.False(world.IsJoining(Garden, gone));
    }

    [Fact]
    public void Who_comes_while_a_room_decides_to_stay_gets_in()
    {
        var world = new RoomsWorld().Opened();
        world.Make(Garden);
        world.On(new RoomsCommand.Idle(Garden, null));
        var late = world.Join(Garden);

        world.On(new RoomsCommand.Awake(Garden));

        Assert.True(world.IsJoining(Garden, late));
    }

    [Fact]
    public void A_room_that_nobody_was_in_for_long_is_deleted_with_its_journal_and_may_be_made_anew()
    {
        var world = new RoomsWorld().Opened();
        world.Make(Garden);
        var old = world.Started[Garden];
        world.Rest(Garden);

        world.Pass(world.Rooms.IdleFor - TimeSpan.FromMinutes(1));
        Assert.Empty(world.Erasing);
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal([(Garden, old.Epoch)], world.Erasing);
        Assert.Equal(RefusalCode.NoSuchRoom, world.Refusal(world.Join(Garden)));
        world.Make(Garden, RoomWorld.Keys[1]);
        Assert.True(world.Started[Garden].Epoch > old.Epoch);
        Assert.Equal(RoomWorld.Keys[1].Key, world.Started[Garden].Owner);
    }

    [Fact]
    public void A_room_that_somebody_is_in_is_not_deleted_nor_is_the_lobby()
    {
        var world = new RoomsWorld().Opened();
        world.Make(Garden);
        world.On(new RoomsCommand.Counted(Garden, 1));
        for (var day = 0; day < 100; day++)
            world.Pass(TimeSpan.FromDays(1));

        Assert.Empty(world.Erasing);
        world.Opened(); // as after a kill: when it was used last is stored
        world.Pass(TimeSpan.FromDays(20));
        Assert.Empty(world.Erasing);
    }

    [Fact]
    public void A_journal_that_was_not_erased_before_the_server_died_is_erased_after_the_next_start()
    {
        var world = new RoomsWorld().Opened();
        world.Make(Garden);
        var old = world.Started[Garden];
        world.Rest(Garden);
        world.Pass(world.Rooms.IdleFor + TimeSpan.FromMinutes(1));
        world.Erasing.Clear();

        world.Opened();
        Assert.Equal([(Garden, old.Epoch)], world.Erasing);
        world.On(new RoomsCommand.Erased(Garden, old.Epoch));
        world.Erasing.Clear();
        world.Opened();
        Assert.Empty(world.Erasing);
    }

    [Fact]
    public void Rooms_are_started_to_delete_what_is_too_old_and_after_a_start_all_are_once()
    {
        var world = new RoomsWorld().Opened();
        world.Make(Garden);
        world.Rest(Garden, nextOverUnixMs: world.NowUnixMs + 60_000);

        world.Pass(TimeSpan.FromSeconds(59));
        Assert.DoesNotContain(Garden, world.Started.Keys);
        world.Pass(TimeSpan.FromSeconds(1));
        Assert.Contains(Garden, world.Started.Keys);

        world.Rest(Garden, nextOverUnixMs: null);
        world.Pass(TimeSpan.FromDays(1));
        Assert.DoesNotContain(Garden, world.Started.Keys);

        world.Opened().Pass(TimeSpan.FromSeconds(1));
        Assert.Contains(Garden, world.Started.Keys);
    }

    [Fact]
    public void Many_changes_become_a_snapshot_and_all_rooms_are_in_it()
    {
        var world = new RoomsWorld(new RoomSettings { OwnedMax = 10_000 }).Opened();
        for (var i = 0; i < RoomsState.SnapshotEvery + 20; i++)
            world.Make(RoomWorld.Open($"#room{i:000}"));

        Assert.InRange(world.Journal.Recovered.Events.Count, 1, 30);
        world.Opened();

        Assert.All(Enumerable.Range(0, RoomsState.SnapshotEvery + 20), i =>
            Assert.Null(world.Refusal(world.Join(RoomWorld.Open($"#room{i:000}")))));
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_said_to_be_and_not_written_to()
    {
        var world = new RoomsWorld().Begun();
        var early = world.Join(RoomId.Lobby);

        world.On(new JournalEvent.Recovered(null, 0, [new StoredEvent(1, ByteString.CopyFromUtf8("garbage"))], 1));

        Assert.Equal(1, world.Broken);
        Assert.Equal(RefusalCode.NotStored, world.Refusal(early));
        Assert.Equal(RefusalCode.NotStored, world.Refusal(world.Make(Garden)));
        world.Pass(TimeSpan.FromDays(100));
        Assert.Empty(world.Asked);
    }

    private static void Withdraw(RoomsWorld world, RoomId room, Person who, SessionHandle session) =>
        world.On(new RoomsCommand.Withdraw(room, who.Key, session.Id, CloseReason.Left, Detached: false));
}
