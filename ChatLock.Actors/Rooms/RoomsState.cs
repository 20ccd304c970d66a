using System.Collections.Immutable;
using System.Diagnostics;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>Which rooms there are, which of them are started, and who waits for one.</summary>
/// <remarks>RoomsState.Changes.cs makes and deletes rooms; RoomsState.Running.cs starts and stops them.</remarks>
/// <param name="LobbySuite">The lobby's; another than before makes it anew.</param>
public sealed partial record RoomsState(RoomLimits Limits, uint LobbySuite)
{
    /// <summary>Rooms in one page of a list.</summary>
    public const int PageRooms = 50;

    /// <summary>Joins that wait for the directory to be read at the start.</summary>
    public const int EarlyMax = 100_000;

    private JournalStage Stage { get; init; } = JournalStage.Opening;

    /// <summary>The directory is known.</summary>
    private bool IsOpen { get; init; }

    private RoomDirectory Directory { get; init; } = RoomDirectory.Empty;

    /// <summary>Who came before the directory was read.</summary>
    private ImmutableList<RoomsCommand.Join> Early { get; init; } = [];

    public (RoomsState Next, IReadOnlyList<RoomsEffect> Effects) On(RoomsCommand command, long nowUnixMs)
    {
        var todo = new List<RoomsEffect>();
        var next = command switch
        {
            RoomsCommand.Join join => OnJoin(join, nowUnixMs, todo),
            RoomsCommand.Withdraw withdraw => OnWithdraw(withdraw, todo),
            RoomsCommand.List list => OnList(list, todo),
            RoomsCommand.Counted counted => OnCounted(counted),
            RoomsCommand.Idle idle => OnIdle(idle, nowUnixMs, todo),
            RoomsCommand.Awake awake => OnAwake(awake.Room, todo),
            RoomsCommand.Stopped stopped => OnStopped(stopped.Room, nowUnixMs, todo),
            RoomsCommand.Erased erased => OnErased(erased, todo),
            RoomsCommand.Tick => OnTick(nowUnixMs, todo),
            _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
        };
        return (next, todo);
    }

    public (RoomsState Next, IReadOnlyList<RoomsEffect> Effects) On(JournalEvent happened, long nowUnixMs)
    {
        var todo = new List<RoomsEffect>();
        var next = happened switch
        {
            JournalEvent.Recovered recovered => OnRecovered(recovered, nowUnixMs, todo),
            JournalEvent.Appended appended => OnAppended(appended, nowUnixMs, todo),
            JournalEvent.Failed => OnFailed(todo),
            JournalEvent.SnapshotDone done => OnSnapshotDone(done.Number, todo),
            _ => throw new UnreachableException($"no rule for {happened.GetType().Name}"),
        };
        return (next, todo);
    }

    private RoomsState OnJoin(RoomsCommand.Join join, long nowUnixMs, List<RoomsEffect> todo)
    {
        if (!IsOpen)
        {
            return Stage == JournalStage.Opening && Early.Count < EarlyMax
                ? this with { Early = Early.Add(join) }
                : Refuse(join, Refusals.NotStored, todo);
        }

        if (Busy.TryGetValue(join.Room, out var waiting))
            return this with { Busy = Busy.SetItem(join.Room, waiting.Add(join)) };
        if (Directory.Of(join.Room) is { } room)
            return ToRoom(room, Command(join), nowUnixMs, todo);
        return join.Room.Kind != RoomKind.Lobby && !join.Create
            ? Refuse(join, Refusals.NoSuchRoom, todo)
            : Make(join, nowUnixMs, todo);
    }

    private static RoomCommand.Join Command(RoomsCommand.Join join) =>
        new(join.Key, join.Member, join.Session, join.Ref, join.Position);

    /// <remarks>Whoever has the join in hand forgets it; if that is the room, it hears of it.</remarks>
    private RoomsState OnWithdraw(RoomsCommand.Withdraw withdraw, List<RoomsEffect> todo)
    {
        if (Early.Any(join => IsOf(join, withdraw)))
            return this with { Early = Early.RemoveAll(join => IsOf(join, withdraw)) };
        if (Busy.TryGetValue(withdraw.Room, out var waiting) && waiting.Any(join => IsOf(join, withdraw)))
            return this with { Busy = Busy.SetItem(withdraw.Room, waiting.RemoveAll(join => IsOf(join, withdraw))) };
        return ToRunning(
            withdraw.Room,
            withdraw.Detached
                ? new RoomCommand.Detach(withdraw.Key, withdraw.Session)
                : new RoomCommand.Leave(withdraw.Key, withdraw.Session, withdraw.Reason, Ref: 0, Akka.Actor.ActorRefs.Nobody),
            todo);
    }

    private static bool IsOf(RoomsCommand.Join join, RoomsCommand.Withdraw withdraw) =>
        join.Room == withdraw.Room && join.Session.Id == withdraw.Session;

    private RoomsState OnList(RoomsCommand.List list, List<RoomsEffect> todo)
    {
        var reply = IsOpen
            ? new Reply { Ref = list.Ref, Rooms = PageAfter(list.After) }
            : new Reply { Ref = list.Ref, Refused = Refusals.NotStored };
        todo.Add(new RoomsEffect.Answer(list.ReplyTo, reply));
        return this;
    }

    private RoomList PageAfter(string after)
    {
        var index = Directory.Open.IndexOf(after);
        var start = index >= 0 ? index + 1 : ~index;
        var page = new RoomList { More = start + PageRooms < Directory.Open.Count };
        for (var i = start; i < Math.Min(start + PageRooms, Directory.Open.Count); i++)
        {
            if (RoomId.TryParse(Directory.Open[i], out var id) && Directory.Of(id) is { } room)
                page.Rooms.Add(Summary(room));
        }

        return page;
    }

    private RoomSummary Summary(RoomEntry room) => new()
    {
        Room = room.Id.Text,
        MemberCount = (uint)(Running.GetValueOrDefault(room.Id)?.Members ?? 0),
        Suite = room.Suite,
    };

    private RoomsState Refuse(RoomsCommand.Join join, Refused refusal, List<RoomsEffect> todo)
    {
        todo.Add(new RoomsEffect.Refuse(join, refusal));
        return this;
    }
}
