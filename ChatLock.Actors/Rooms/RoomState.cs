using System.Collections.Immutable;
using System.Diagnostics;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <summary>One room: its members, its numbers, and what is to be announced. The only place where order is decided.</summary>
/// <param name="Id">What the room is called.</param>
/// <param name="Epoch">Which log the numbers belong to.</param>
/// <param name="Suite">A number to this server; the clients know what it stands for.</param>
/// <param name="OpenSecret">What an open room's members get from the gateway; empty for others.</param>
public sealed record RoomState(RoomId Id, ulong Epoch, uint Suite, ByteString OpenSecret)
{
    /// <summary>At most four announcements a second.</summary>
    public static readonly TimeSpan AnnounceInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Above this many members an announcement costs much and says little: they come more rarely.</summary>
    public const int ManyMembers = 1000;

    public static readonly TimeSpan AnnounceIntervalOfMany = TimeSpan.FromSeconds(2);

    private static readonly RoomEffect[] Nothing = [];

    /// <summary>A member's session and its name and key, as everyone may see them.</summary>
    private sealed record Seat(SessionId Session, Member Member);

    private ImmutableDictionary<Fingerprint, Seat> Seats { get; init; } = ImmutableDictionary<Fingerprint, Seat>.Empty;

    private PendingPresence Pending { get; init; } = PendingPresence.None;

    public string Name => Id.Text;

    public ulong LastSequence { get; private init; }

    public int MemberCount => Seats.Count;

    public (RoomState Next, IReadOnlyList<RoomEffect> Effects) On(RoomCommand command, long nowUnixMs) => command switch
    {
        RoomCommand.Post post => OnPost(post, nowUnixMs),
        RoomCommand.Join join => OnJoin(join),
        RoomCommand.Leave leave => OnLeave(leave),
        RoomCommand.Rename rename => OnRename(rename),
        RoomCommand.Announce => OnAnnounce(),
        _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
    };

    private (RoomState, IReadOnlyList<RoomEffect>) OnPost(RoomCommand.Post post, long nowUnixMs)
    {
        if (post.Body.Room != Name)
            return (this, [new RoomEffect.Refuse(Refusals.NoSuchRoom)]);
        if (!Seats.TryGetValue(post.Key, out var seat) || seat.Session != post.Session)
            return (this, [new RoomEffect.Refuse(Refusals.NotAMember)]);

        var sequence = LastSequence + 1;
        var posted = new Posted
        {
            Position = new Position { Room = Name, Epoch = Epoch, Sequence = sequence },
            TimeUnixMs = nowUnixMs,
            From = seat.Member,
            Envelope = post.Body.Envelope,
            MessageId = post.Body.MessageId,
        };
        var accepted = new Accepted { Sequence = sequence, TimeUnixMs = nowUnixMs };
        return (this with { LastSequence = sequence }, [new RoomEffect.Deliver(posted, post.Session, accepted)]);
    }

    private (RoomState, IReadOnlyList<RoomEffect>) OnJoin(RoomCommand.Join join)
    {
        var next = this with
        {
            Seats = Seats.SetItem(join.Key, new Seat(join.Session.Id, join.Member)),
            Pending = Pending.OnJoined(join.Key, join.Member),
        };
        var info = new RoomInfo
        {
            Position = new Position { Room = Name, Epoch = Epoch, Sequence = LastSequence },
            Suite = Suite,
            OpenSecret = OpenSecret,
            MemberCount = (uint)next.MemberCount,
        };
        var replaced = Seats.TryGetValue(join.Key, out var old) && old.Session != join.Session.Id
            ? new RoomEffect[] { new RoomEffect.Dismiss(old.Session) }
            : [];
        return (next, [.. replaced, new RoomEffect.Admit(info), .. AnnounceLater()]);
    }

    private (RoomState, IReadOnlyList<RoomEffect>) OnLeave(RoomCommand.Leave leave)
    {
        if (!Seats.TryGetValue(leave.Key, out var seat) || seat.Session != leave.Session)
            return (this, Nothing);

        var next = this with
        {
            Seats = Seats.Remove(leave.Key),
            Pending = Pending.OnLeft(leave.Key, seat.Member, leave.Reason),
        };
        return (next, [new RoomEffect.Dismiss(leave.Session), .. AnnounceLater()]);
    }

    private (RoomState, IReadOnlyList<RoomEffect>) OnRename(RoomCommand.Rename rename)
    {
        if (!Seats.TryGetValue(rename.Key, out var seat) || seat.Session != rename.Session)
            return (this, Nothing);

        var next = this with
        {
            Seats = Seats.SetItem(rename.Key, seat with { Member = rename.Member }),
            Pending = Pending.OnRenamed(rename.Key, seat.Member.Name, rename.Member),
        };
        return (next, AnnounceLater());
    }

    private (RoomState, IReadOnlyList<RoomEffect>) OnAnnounce() => Pending.IsEmpty
        ? (this, Nothing)
        : (this with { Pending = PendingPresence.None },
           [new RoomEffect.Announce(Pending.ToFrame(Name, MemberCount))]);

    /// <summary>The first change since the last announcement starts the wait; later ones travel with it.</summary>
    private RoomEffect[] AnnounceLater() => Pending.IsEmpty
        ? [new RoomEffect.AnnounceAfter(MemberCount > ManyMembers ? AnnounceIntervalOfMany : AnnounceInterval)]
        : [];
}
