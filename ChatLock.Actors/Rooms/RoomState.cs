using System.Diagnostics;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <summary>One room: its members, its numbers, its log and its rules. The only place where order is decided.</summary>
/// <remarks>
/// A posting gets its number when it is taken, goes to the journal with others, and is answered and delivered when it is stored.
/// What the parts do: RoomState.Posting.cs numbers and delivers, RoomState.Storing.cs speaks with the journal,
/// RoomState.Members.cs has who comes and goes, RoomState.CatchingUp.cs gives those who were away what they missed,
/// RoomState.Keeping.cs forgets what is too old.
/// </remarks>
/// <param name="Birth">What is fixed.</param>
public sealed partial record RoomState(RoomBirth Birth, RoomLimits Limits)
{
    public string Name => Birth.Id.Text;

    private JournalStage Stage { get; init; } = JournalStage.Opening;

    /// <summary>What is stored.</summary>
    private RoomLog Log { get; init; } = new(Limits.Rooms);

    /// <summary>Which messages are stored.</summary>
    private SenderMemory Senders { get; init; } = SenderMemory.Empty;

    /// <summary>The rules after all acts that are stored.</summary>
    private RoomRules Rules { get; init; } = RoomRules.Of(Birth.Owner);

    /// <summary>The rules after all acts that have a number: what the next posting is checked against.</summary>
    private RoomRules Ahead { get; init; } = RoomRules.Of(Birth.Owner);

    /// <summary>What the journal is writing now.</summary>
    private Batch UnderWay { get; init; } = Batch.Empty;

    /// <summary>What it will write next.</summary>
    private Batch Next { get; init; } = Batch.Empty;

    private RoomSeats Seats { get; init; } = RoomSeats.Empty;

    private PendingPresence Pending { get; init; } = PendingPresence.None;

    public ulong LastSequence => Log.Last;

    public int MemberCount => Seats.Count;

    public (RoomState Next, IReadOnlyList<RoomEffect> Effects) On(RoomCommand command, ServerTime now)
    {
        var todo = new List<RoomEffect>();
        var next = command switch
        {
            RoomCommand.Post post => OnPost(post, now, todo),
            RoomCommand.Act act => OnAct(act, now, todo),
            RoomCommand.Join join => OnJoin(join, now, todo),
            RoomCommand.Leave leave => OnLeave(leave, todo),
            RoomCommand.Detach detach => OnDetach(detach, now, todo),
            RoomCommand.Rename rename => OnRename(rename, todo),
            RoomCommand.Who who => OnWho(who, todo),
            RoomCommand.Replayed replayed => OnReplayed(replayed.Tag, todo),
            RoomCommand.Announce => OnAnnounce(todo),
            RoomCommand.Tick => OnTick(now, todo),
            RoomCommand.Rest => OnRest(todo),
            _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
        };
        return (next, todo);
    }

    public (RoomState Next, IReadOnlyList<RoomEffect> Effects) On(JournalEvent happened, ServerTime now)
    {
        var todo = new List<RoomEffect>();
        var next = happened switch
        {
            JournalEvent.Recovered recovered => OnRecovered(recovered, now, todo),
            JournalEvent.Appended appended => OnAppended(appended, todo),
            JournalEvent.Failed => OnFailed(todo),
            JournalEvent.ReadDone read => OnReadDone(read, todo),
            JournalEvent.ReadFailed failed => OnReadFailed(failed.Tag),
            JournalEvent.SnapshotDone done => OnSnapshotDone(done.Number, todo),
            _ => throw new UnreachableException($"no rule for {happened.GetType().Name}"),
        };
        return (next, todo);
    }

    private static Reply Refused(ulong @ref, Refused refusal) => new() { Ref = @ref, Refused = refusal };
}
