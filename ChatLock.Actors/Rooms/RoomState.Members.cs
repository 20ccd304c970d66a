using System.Collections.Immutable;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Rooms;

/// <content>Who comes, goes, loses a connection and is back, and what the others hear of it.</content>
public sealed partial record RoomState
{
    /// <summary>At most four announcements a second.</summary>
    public static readonly TimeSpan AnnounceInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Above this many members an announcement costs much and says little: they come more rarely.</summary>
    public const int ManyMembers = 1000;

    public static readonly TimeSpan AnnounceIntervalOfMany = TimeSpan.FromSeconds(2);

    /// <summary>A room is stopped when nobody was in it for this long: what was on its way to it has come by then.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(60);

    /// <summary>Those who came before the journal told what it has.</summary>
    private ImmutableList<RoomCommand.Join> Waiting { get; init; } = [];

    /// <summary>Sent out while they had no connection, and since when they had none: they aren't brought back by themselves.</summary>
    private ImmutableDictionary<Fingerprint, long> KickedAway { get; init; } = ImmutableDictionary<Fingerprint, long>.Empty;

    /// <summary>Since when nobody is in it; null: somebody is, or nobody ever was.</summary>
    private long? EmptySinceMs { get; init; }

    /// <summary>Somebody has been in it since it was started.</summary>
    private bool WasUsed { get; init; }

    private int CountTold { get; init; }

    private RoomState OnJoin(RoomCommand.Join join, ServerTime now, List<RoomEffect> todo)
    {
        if (!IsOpen && Stage == JournalStage.Opening && Waiting.Count < Limits.Rooms.MembersMax)
            return this with { Waiting = Waiting.RemoveAll(other => other.Key == join.Key).Add(join) };
        if (JoinProblem(join) is { } problem)
        {
            todo.Add(new RoomEffect.Refuse(join.Session, join.Ref, problem));
            return this with { KickedAway = KickedAway.Remove(join.Key) };
        }

        var old = Seats.Of(join.Key);
        if (old is { DetachedMs: null })
            todo.Add(new RoomEffect.Exit(old.Session));
        var next = this with
        {
            Seats = Seats.With(join.Key, Seat.Of(join.Member, join.Session)),
            KickedAway = KickedAway.Remove(join.Key),
            EmptySinceMs = null,
            WasUsed = true,
        };
        next = next with { Pending = next.Welcomed(join, old, now, todo) };
        return next.Admit(join, todo);
    }

    private Refused? JoinProblem(RoomCommand.Join join) =>
        !IsOpen || Stage == JournalStage.Broken ? Refusals.NotStored
        : Ahead.Banned.Contains(join.Key) ? Refusals.Banned
        : join.Ref == 0 && KickedAway.ContainsKey(join.Key) ? Refusals.Kicked
        : !Birth.IsLobby && Seats.Count >= Limits.Rooms.MembersMax && Seats.Of(join.Key) is null ? Refusals.RoomFull
        : null;

    /// <remarks>Who goes on with a seat makes no noise, nor does who was here before the server restarted.</remarks>
    private PendingPresence Welcomed(RoomCommand.Join join, Seat? old, ServerTime now, List<RoomEffect> todo)
    {
        var isBack = old?.IsAwayTold ?? (join.Position is not null && now.Ms < Limits.Sessions.ResumeWindow.TotalMilliseconds);
        var presence = isBack ? Pending.OnBack(join.Key, join.Member)
            : old is null ? Pending.OnJoined(join.Key, join.Member)
            : Pending;
        if (old is not null && old.Member.Name != join.Member.Name)
            presence = presence.OnRenamed(join.Key, old.Member.Name, join.Member);
        AnnounceLater(presence, todo);
        return presence;
    }

    private RoomState OnLeave(RoomCommand.Leave leave, List<RoomEffect> todo)
    {
        var asker = new Asker(leave.Ref, leave.ReplyTo);
        var next = this with { Waiting = Waiting.RemoveAll(join => join.Session.Id == leave.Session) };
        if (Seats.Of(leave.Key, leave.Session) is not { } seat)
            return leave.Ref == 0 ? next : next.Refuse(asker, Refusals.NotAMember, todo);

        if (seat.DetachedMs is null)
            todo.Add(new RoomEffect.Exit(seat.Session));
        next = next.Gone(leave.Key, seat, leave.Reason, todo);
        return leave.Ref == 0 ? next : next.Accept(asker, new Accepted(), todo);
    }

    private RoomState OnDetach(RoomCommand.Detach detach, ServerTime now, List<RoomEffect> todo)
    {
        var next = this with { Waiting = Waiting.RemoveAll(join => join.Session.Id == detach.Session) };
        if (Seats.Of(detach.Key, detach.Session) is not { DetachedMs: null } seat)
            return next;

        todo.Add(new RoomEffect.Exit(seat.Session));
        return next with { Seats = Seats.With(detach.Key, seat with { DetachedMs = now.Ms, CatchUp = null }) };
    }

    private RoomState OnRename(RoomCommand.Rename rename, List<RoomEffect> todo)
    {
        if (Seats.Of(rename.Key, rename.Session) is not { } seat)
            return this;

        var presence = Pending.OnRenamed(rename.Key, seat.Member.Name, rename.Member);
        AnnounceLater(presence, todo);
        return this with
        {
            Seats = Seats.With(rename.Key, seat with { Member = rename.Member, NameKey = Seat.KeyOf(rename.Member.Name) }),
            Pending = presence,
        };
    }

    private RoomState OnWho(RoomCommand.Who who, List<RoomEffect> todo)
    {
        if (Seats.Of(who.Key, who.Session) is null)
            return Refuse(new Asker(who.Ref, who.ReplyTo), Refusals.NotAMember, todo);
        todo.Add(new RoomEffect.Answer(who.ReplyTo, new Reply { Ref = who.Ref, Roster = Seats.PageAfter(who.After) }));
        return this;
    }

    /// <summary>Those who had no connection for a while are away; those who had none for the whole window are gone.</summary>
    private RoomState Absent(ServerTime now, List<RoomEffect> todo)
    {
        var next = this;
        foreach (var key in Seats.Detached)
        {
            var seat = Seats.Of(key)!;
            var since = seat.DetachedMs!.Value;
            if (IsOver(since, Limits.Sessions.ResumeWindow, now))
                next = next.Gone(key, seat, CloseReason.ConnectionLost, todo);
            else if (!seat.IsAwayTold && IsOver(since, Limits.Sessions.AwayAfter, now))
                next = next.Away(key, seat, todo);
        }

        return next with
        {
            KickedAway = next.KickedAway.RemoveRange(next.KickedAway
                .Where(kicked => IsOver(kicked.Value, Limits.Sessions.ResumeWindow, now))
                .Select(kicked => kicked.Key)),
            EmptySinceMs = next.Seats.Count > 0 ? null : next.EmptySinceMs ?? now.Ms,
        };
    }

    private RoomState Away(Fingerprint key, Seat seat, List<RoomEffect> todo)
    {
        var presence = Pending.OnAway(key, seat.Member);
        AnnounceLater(presence, todo);
        return this with { Seats = Seats.With(key, seat with { IsAwayTold = true }), Pending = presence };
    }

    private RoomState Gone(Fingerprint key, Seat seat, CloseReason reason, List<RoomEffect> todo)
    {
        var presence = Pending.OnLeft(key, seat.Member, reason);
        AnnounceLater(presence, todo);
        return this with { Seats = Seats.Without(key), Pending = presence };
    }

    /// <summary>The first change since the last announcement starts the wait; later ones travel with it.</summary>
    private void AnnounceLater(PendingPresence presence, List<RoomEffect> todo)
    {
        if (Pending.IsEmpty && !presence.IsEmpty)
            todo.Add(new RoomEffect.AnnounceAfter(MemberCount > ManyMembers ? AnnounceIntervalOfMany : AnnounceInterval));
    }

    private RoomState OnAnnounce(List<RoomEffect> todo)
    {
        if (!Pending.IsEmpty && Seats.Count > 0)
            todo.Add(new RoomEffect.Announce(Pending.ToFrame(Name, MemberCount), BehindSessions()));
        if (CountTold != MemberCount)
            todo.Add(new RoomEffect.Count(MemberCount));
        return this with { Pending = PendingPresence.None, CountTold = MemberCount };
    }

    private IReadOnlyList<SessionHandle> BehindSessions() => [.. Seats.Behind.Select(key => Seats.Of(key)!.Session)];
}
