using System.Collections.Immutable;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Rooms;

namespace ChatLock.Actors.Rooms;

/// <content>Rooms are started when somebody wants to be in one, and stopped when nobody is.</content>
public sealed partial record RoomsState
{
    /// <summary>A room that is started.</summary>
    /// <param name="Members">As it told last.</param>
    /// <param name="IsResting">It was told to stop if nobody has come; what is for it waits until it has answered or stopped.</param>
    private sealed record Run(int Members, bool IsResting, ImmutableList<RoomCommand> Waiting)
    {
        public static readonly Run New = new(0, false, []);
    }

    private ImmutableDictionary<RoomId, Run> Running { get; init; } = ImmutableDictionary<RoomId, Run>.Empty;

    /// <summary>When stopped rooms have to be started because something they keep is too old; null: never; not in it: unknown, so soon.</summary>
    private ImmutableDictionary<RoomId, long?> NextOver { get; init; } = ImmutableDictionary<RoomId, long?>.Empty;

    private RoomsState ToRoom(RoomEntry room, RoomCommand command, long nowUnixMs, List<RoomsEffect> todo) =>
        Started(room, todo).Touch(room.Id, nowUnixMs, todo).ToRunning(room.Id, command, todo);

    private RoomsState Started(RoomEntry room, List<RoomsEffect> todo)
    {
        if (Running.ContainsKey(room.Id))
            return this;
        todo.Add(new RoomsEffect.Start(room));
        return this with { Running = Running.Add(room.Id, Run.New) };
    }

    private RoomsState ToRunning(RoomId room, RoomCommand command, List<RoomsEffect> todo)
    {
        if (!Running.TryGetValue(room, out var run))
            return this;
        if (run.IsResting)
            return this with { Running = Running.SetItem(room, run with { Waiting = run.Waiting.Add(command) }) };
        todo.Add(new RoomsEffect.ToRoom(room, command));
        return this;
    }

    private RoomsState OnCounted(RoomsCommand.Counted counted) => Running.TryGetValue(counted.Room, out var run)
        ? this with { Running = Running.SetItem(counted.Room, run with { Members = counted.Members }) }
        : this;

    private RoomsState OnIdle(RoomsCommand.Idle idle, long nowUnixMs, List<RoomsEffect> todo)
    {
        if (!Running.TryGetValue(idle.Room, out var run) || run.IsResting)
            return this;
        todo.Add(new RoomsEffect.ToRoom(idle.Room, RoomCommand.Rest.Now));
        return this with
        {
            Running = Running.SetItem(idle.Room, run with { IsResting = true }),
            NextOver = NextOver.SetItem(idle.Room, idle.NextOverUnixMs),
        };
    }

    private RoomsState OnAwake(RoomId room, List<RoomsEffect> todo)
    {
        if (!Running.TryGetValue(room, out var run))
            return this;
        todo.AddRange(run.Waiting.Select(command => new RoomsEffect.ToRoom(room, command)));
        return this with { Running = Running.SetItem(room, run with { IsResting = false, Waiting = [] }) };
    }

    /// <summary>It has stopped as it was told; who came too late for it has it started again.</summary>
    private RoomsState OnStopped(RoomId id, long nowUnixMs, List<RoomsEffect> todo)
    {
        if (!Running.TryGetValue(id, out var run))
            return this;
        var next = this with { Running = Running.Remove(id) };
        return Directory.Of(id) is not { } room ? next : run.Waiting.OfType<RoomCommand.Join>()
            .Where(join => !run.Waiting.Any(command => IsEndOf(command, join.Session.Id)))
            .Aggregate(next, (state, join) => state.ToRoom(room, join, nowUnixMs, todo));
    }

    private static bool IsEndOf(RoomCommand command, SessionId session) =>
        (command is RoomCommand.Leave leave && leave.Session == session) || (command is RoomCommand.Detach detach && detach.Session == session);

    /// <summary>Whether a room that has stopped was told to: if not, there is a bug.</summary>
    public bool IsResting(RoomId room) => Running.GetValueOrDefault(room)?.IsResting ?? true;

    private RoomsState OnTick(long nowUnixMs, List<RoomsEffect> todo)
    {
        if (!IsOpen)
            return this;
        var next = DeleteIdle(nowUnixMs, todo);
        next = next.Running.Where(running => running.Value.Members > 0)
            .Aggregate(next, (state, running) => state.Touch(running.Key, nowUnixMs, todo));
        return next.StartOver(nowUnixMs, todo);
    }

    /// <summary>Rooms forget what is too old by themselves, so they are started for it.</summary>
    private RoomsState StartOver(long nowUnixMs, List<RoomsEffect> todo) => Directory.All
        .Where(room => !Running.ContainsKey(room.Id) && !Busy.ContainsKey(room.Id) && IsOver(room.Id, nowUnixMs))
        .Take(PerTick)
        .Aggregate(this, (state, room) => state.Started(room, todo));

    private bool IsOver(RoomId room, long nowUnixMs) =>
        !NextOver.TryGetValue(room, out var over) || (over is { } overUnixMs && overUnixMs <= nowUnixMs);
}
