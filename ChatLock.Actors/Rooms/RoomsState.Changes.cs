using System.Collections.Immutable;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <content>Rooms are made and deleted: in the journal first.</content>
public sealed partial record RoomsState
{
    /// <summary>Changes between two snapshots.</summary>
    public const int SnapshotEvery = 500;

    /// <summary>When somebody was in a room is written once in this part of the time after which it is deleted.</summary>
    public const int TouchesOfIdle = 30;

    /// <summary>Rooms deleted, and rooms started to delete what they keep, in one tick.</summary>
    public const int PerTick = 10;

    /// <summary>The directory after all that is being written.</summary>
    private RoomDirectory Ahead { get; init; } = RoomDirectory.Empty;

    /// <summary>What the journal is writing, in order.</summary>
    private ImmutableQueue<StoredDirectoryEvent> Writing { get; init; } = [];

    /// <summary>Rooms that are being made or deleted, and who waits for the end of that.</summary>
    private ImmutableDictionary<RoomId, ImmutableList<RoomsCommand.Join>> Busy { get; init; } =
        ImmutableDictionary<RoomId, ImmutableList<RoomsCommand.Join>>.Empty;

    /// <summary>Journals of deleted rooms that are being erased.</summary>
    private ImmutableHashSet<(RoomId Room, ulong Epoch)> Erasing { get; init; } = [];

    private int ChangesSinceSnapshot { get; init; }

    private RoomsState Make(RoomsCommand.Join join, long nowUnixMs, List<RoomsEffect> todo)
    {
        if (MakeProblem(join) is { } problem)
            return Refuse(join, problem, todo);
        var made = new RoomEntry(
            join.Room, Ahead.NextEpoch(nowUnixMs), join.Suite, join.Member.IdentityKey, nowUnixMs, nowUnixMs);
        return (this with { Busy = Busy.Add(join.Room, [join]) })
            .Write(new StoredDirectoryEvent { Made = made.ToStored() }, todo);
    }

    private Refused? MakeProblem(RoomsCommand.Join join) =>
        join.Room.Kind == RoomKind.Lobby ? Refusals.NotStored // it is made as soon as the journal works
        : !SuiteNumbers.IsKnown(join.Suite) ? Refusals.RoomInvalid("A room is made with a suite that this server knows.")
        : Ahead.Count > Limits.Rooms.RoomsMax || Ahead.OwnedBy(join.Key) >= Limits.Rooms.OwnedMax ? Refusals.TooManyRoomsMade
        : Stage != JournalStage.Working ? Refusals.NotStored
        : null;

    /// <remarks>Another suite than before makes it anew: its log can't be read with the other.</remarks>
    private RoomsState MakeLobby(long nowUnixMs, List<RoomsEffect> todo)
    {
        if (Directory.Of(RoomId.Lobby) is { } lobby && lobby.Suite == LobbySuite)
            return Started(lobby, todo);
        var made = new RoomEntry(RoomId.Lobby, Ahead.NextEpoch(nowUnixMs), LobbySuite, ByteString.Empty, nowUnixMs, nowUnixMs);
        return (this with { Busy = Busy.SetItem(RoomId.Lobby, []) })
            .Write(new StoredDirectoryEvent { Made = made.ToStored() }, todo);
    }

    /// <summary>Written so rarely that it costs nothing, and often enough to tell what nobody uses.</summary>
    private RoomsState Touch(RoomId id, long nowUnixMs, List<RoomsEffect> todo) =>
        Stage == JournalStage.Working && !Busy.ContainsKey(id) && Ahead.Of(id) is { } room &&
        nowUnixMs - room.UsedUnixMs > (long)Limits.Rooms.IdleFor.TotalMilliseconds / TouchesOfIdle
            ? Write(new StoredDirectoryEvent { Used = new StoredRoomUsed { Room = id.Text, UsedUnixMs = nowUnixMs } }, todo)
            : this;

    private RoomsState DeleteIdle(long nowUnixMs, List<RoomsEffect> todo) => Directory.All
        .Where(room => room.Id.Kind != RoomKind.Lobby
            && nowUnixMs - room.UsedUnixMs > (long)Limits.Rooms.IdleFor.TotalMilliseconds
            && !Running.ContainsKey(room.Id) && !Busy.ContainsKey(room.Id))
        .Take(PerTick)
        .Aggregate(this, (state, room) => (state with { Busy = state.Busy.Add(room.Id, []) }).Write(
            new StoredDirectoryEvent { Gone = new StoredRoomId { Room = room.Id.Text, Epoch = room.Epoch } }, todo));

    private RoomsState Write(StoredDirectoryEvent change, List<RoomsEffect> todo)
    {
        todo.Add(new RoomsEffect.ToJournal(new JournalCommand.Append([change.ToByteString()])));
        return this with { Writing = Writing.Enqueue(change), Ahead = Ahead.With(change) };
    }

    private RoomsState OnAppended(JournalEvent.Appended appended, long nowUnixMs, List<RoomsEffect> todo)
    {
        var next = this;
        for (var number = appended.First; number <= appended.Last; number++)
        {
            next = next with { Writing = next.Writing.Dequeue(out var change), Directory = next.Directory.With(change) };
            next = next.Changed(change, nowUnixMs, todo);
        }

        return (next with { ChangesSinceSnapshot = next.ChangesSinceSnapshot + 1 }).SnapshotIfDue(appended.Last, todo);
    }

    private RoomsState Changed(StoredDirectoryEvent change, long nowUnixMs, List<RoomsEffect> todo)
    {
        var text = change.Made?.Room ?? change.Gone?.Room;
        if (text is null || !RoomId.TryParse(text, out var id))
            return this;

        var waiting = Busy.GetValueOrDefault(id, []);
        var next = (this with { Busy = Busy.Remove(id), NextOver = NextOver.Remove(id) }).EraseGone(todo);
        if (id.Kind == RoomKind.Lobby)
            next = next.Started(next.Directory.Of(id)!, todo);
        return waiting.Aggregate(next, (state, join) => state.OnJoin(join, nowUnixMs, todo));
    }

    private RoomsState EraseGone(List<RoomsEffect> todo)
    {
        var gone = Directory.Gone.Except(Erasing);
        todo.AddRange(gone.Select(room => new RoomsEffect.Erase(room.Room, room.Epoch)));
        return this with { Erasing = Erasing.Union(gone) };
    }

    /// <remarks>Where the journal doesn't take it now, the room is erased once more after it works again, which does no harm.</remarks>
    private RoomsState OnErased(RoomsCommand.Erased erased, List<RoomsEffect> todo)
    {
        var next = this with { Erasing = Erasing.Remove((erased.Room, erased.Epoch)) };
        return Stage != JournalStage.Working ? next : next.Write(
            new StoredDirectoryEvent { Erased = new StoredRoomId { Room = erased.Room.Text, Epoch = erased.Epoch } }, todo);
    }

    private RoomsState SnapshotIfDue(long number, List<RoomsEffect> todo)
    {
        if (ChangesSinceSnapshot < SnapshotEvery)
            return this;
        todo.Add(new RoomsEffect.ToJournal(new JournalCommand.Snapshot(number, Directory.ToSnapshot())));
        return this with { ChangesSinceSnapshot = 0 };
    }

    private RoomsState OnSnapshotDone(long number, List<RoomsEffect> todo)
    {
        todo.Add(new RoomsEffect.ToJournal(new JournalCommand.DeleteTo(number)));
        return this;
    }

    private RoomsState OnFailed(List<RoomsEffect> todo)
    {
        foreach (var join in Early.Concat(Busy.Values.SelectMany(waiting => waiting)))
            Refuse(join, Refusals.NotStored, todo);
        return this with
        {
            Stage = Stage == JournalStage.Broken ? Stage : JournalStage.Failing,
            Early = [],
            Busy = Busy.Clear(),
            Writing = [],
            Ahead = Directory,
        };
    }

    private RoomsState OnRecovered(JournalEvent.Recovered recovered, long nowUnixMs, List<RoomsEffect> todo)
    {
        var before = Stage == JournalStage.Working ? OnFailed(todo) : this;
        RoomDirectory directory;
        try
        {
            directory = recovered.Events
                .Select(stored => StoredDirectoryEvent.Parser.ParseFrom(stored.Bytes))
                .Aggregate(RoomDirectory.From(recovered.Snapshot), (known, change) => known.With(change));
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidDataException)
        {
            todo.Add(new RoomsEffect.Broken(wrong.Message));
            return (before with { Stage = JournalStage.Broken }).OnFailed(todo);
        }

        // A room that is started stays, even if the journal has lost it.
        directory = Running.Keys.Select(Directory.Of).OfType<RoomEntry>().Where(room => directory.Of(room.Id) is null)
            .Aggregate(directory, (known, room) => known.With(room));
        var next = (before with { Stage = JournalStage.Working, IsOpen = true, Directory = directory, Ahead = directory, Early = [] })
            .EraseGone(todo)
            .MakeLobby(nowUnixMs, todo);
        return before.Early.Aggregate(next, (state, join) => state.OnJoin(join, nowUnixMs, todo));
    }
}
