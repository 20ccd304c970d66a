using System.Collections.Immutable;
using ChatLock.Actors.Messages;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Rooms;

/// <content>Numbers, and what becomes of what has one.</content>
public sealed partial record RoomState
{
    private ulong NextSequence => Log.Last + (ulong)(UnderWay.Count + Next.Count) + 1;

    private RoomState OnPost(RoomCommand.Post post, ServerTime now, List<RoomEffect> todo)
    {
        var asker = new Asker(post.Ref, post.ReplyTo);
        if (post.Body.Room != Name)
            return Refuse(asker, Refusals.NoSuchRoom, todo);
        if (!MessageId.TryFrom(post.Body.MessageId.Span, out var id))
            return Refuse(asker, Refusals.MessageIdLength, todo);

        // A repetition is answered with the first result, whatever has become of its sender meanwhile.
        if (Senders.Find(post.Key, id, now.UnixMs) is { } known)
            return Accept(asker, new Accepted { Sequence = known.Sequence, TimeUnixMs = known.TimeUnixMs }, todo);
        if (UnderWay.TryJoin(post.Key, id, asker, out var underWay))
            return this with { UnderWay = underWay };
        if (Next.TryJoin(post.Key, id, asker, out var next))
            return this with { Next = next };

        if (Seats.Of(post.Key, post.Session) is not { } seat)
            return Refuse(asker, Refusals.NotAMember, todo);
        var posting = new Posting(NextSequence, now.UnixMs, seat.Member, post.Key, id, post.Body.Envelope, Act: null);
        return (PostProblem(post.Key, now.UnixMs) ?? StoreProblem(posting)) is { } problem
            ? Refuse(asker, problem, todo)
            : Take(posting, asker, todo);
    }

    private Refused? PostProblem(Fingerprint key, long nowUnixMs)
    {
        if (Ahead.IsMuted(key, nowUnixMs))
            return Refusals.Muted(RetryAfterMs(Ahead.MutedUntilMs[key], nowUnixMs));
        if (Ahead.Banned.Contains(key))
            return Refusals.Banned; // the act that sends it out is about to be stored
        if (Ahead.SlowModeSeconds == 0 || Ahead.IsModerator(key) || LastUnixMs(key) is not { } last)
            return null;
        var free = last + Ahead.SlowModeSeconds * 1000L;
        return nowUnixMs < free ? Refusals.SlowMode(Ahead.SlowModeSeconds, RetryAfterMs(free, nowUnixMs)) : null;
    }

    private long? LastUnixMs(Fingerprint key) =>
        Next.LastUnixMs(key) ?? UnderWay.LastUnixMs(key) ?? Senders.LastUnixMs(key);

    private static uint RetryAfterMs(long untilUnixMs, long nowUnixMs) =>
        untilUnixMs == long.MaxValue ? 0 : (uint)Math.Min(uint.MaxValue, untilUnixMs - nowUnixMs);

    private RoomState OnAct(RoomCommand.Act command, ServerTime now, List<RoomEffect> todo)
    {
        var asker = new Asker(command.Ref, command.ReplyTo);
        if (Seats.Of(command.Key, command.Session) is not { } seat)
            return Refuse(asker, Refusals.NotAMember, todo);
        var act = command.Body.Clone();
        act.TimeUnixMs = now.UnixMs;
        var current = this with { Ahead = Ahead.At(now.UnixMs) }; // mutes that ran out make room for others
        var posting = new Posting(NextSequence, now.UnixMs, seat.Member, command.Key, MessageId: null, ByteString.Empty, act);
        return (current.ActProblem(act, command.Key) ?? StoreProblem(posting)) is { } problem
            ? current.Refuse(asker, problem, todo)
            : (current with { Ahead = current.Ahead.Apply(act) }).Take(posting, asker, todo);
    }

    /// <remarks>The signature last: it costs most, and only those who may do something get as far.</remarks>
    private Refused? ActProblem(RoomAct act, Fingerprint key)
    {
        if (Birth.IsLobby)
            return Refusals.LobbyUnowned;
        if (act.Envelope.Length > Limits.TopicEnvelopeMaxBytes)
            return Refusals.TooLarge(Limits.Sessions.TopicMaxBytes);
        if (!RoomActs.IsWellFormed(act) || Fingerprint.Of(act.By.Span) != key)
            return Refusals.ActInvalid;
        return Ahead.Check(act) switch
        {
            Protocol.Rooms.ActProblem.NotAllowed => Refusals.NotAllowed,
            Protocol.Rooms.ActProblem.Stale => Refusals.StaleAct,
            Protocol.Rooms.ActProblem.TooMany => Refusals.TooManyActs,
            _ => RoomActs.Verify(Name, Birth.Epoch, act) ? null : Refusals.ActInvalid,
        };
    }

    private Refused? StoreProblem(Posting posting) =>
        Stage != JournalStage.Working ? Refusals.NotStored
        : !Next.HasRoomFor(posting) ? Refusals.RoomBusy
        : null;

    private RoomState Take(Posting posting, Asker asker, List<RoomEffect> todo) =>
        (this with { Next = Next.With(posting, asker) }).WriteNext(todo);

    /// <summary>These are stored now: everyone gets them, and the acts among them have their effect.</summary>
    private RoomState Publish(List<(Posting Posting, LogEntry Entry)> stored, List<RoomEffect> todo)
    {
        var next = this;
        var frames = ImmutableArray.CreateBuilder<(EncodedFrame, SessionHandle?)>(stored.Count);
        foreach (var (posting, entry) in stored)
        {
            if (posting.Act is null)
            {
                frames.Add((entry.Frame, next.Seats.Of(posting.Sender)?.Session));
                continue;
            }

            frames.Add((entry.Frame, null));
            next = next.Enforced(posting.Act, frames, todo);
        }

        next.Flush(frames, todo);
        return next;
    }

    /// <summary>The rules after an act; whom it sends out gets it as the last thing of this room, unless it is still behind.</summary>
    private RoomState Enforced(
        RoomAct act, ImmutableArray<(EncodedFrame, SessionHandle?)>.Builder frames, List<RoomEffect> todo)
    {
        var next = this with { Rules = Rules.At(act.TimeUnixMs).Apply(act) };
        if (act.Kind is not (RoomActKind.Kick or RoomActKind.Ban) ||
            !Fingerprint.TryFrom(act.Target.Span, out var target) || Seats.Of(target) is not { } seat)
            return next;

        next.Flush(frames, todo);
        if (seat.DetachedMs is null)
        {
            var left = EncodedFrame.Of(new ServerFrame
            {
                LeftRoom = new RoomLeft { Room = Name, Why = act.Kind == RoomActKind.Ban ? Refusals.Banned : Refusals.Kicked },
            });
            todo.Add(new RoomEffect.Expel(seat.Session, left));
        }
        else
        {
            next = next with { KickedAway = next.KickedAway.SetItem(target, seat.DetachedMs.Value) };
        }

        return next.Gone(target, seat, CloseReason.Kicked, todo);
    }

    private void Flush(ImmutableArray<(EncodedFrame, SessionHandle?)>.Builder frames, List<RoomEffect> todo)
    {
        if (frames.Count > 0 && Seats.Count > 0)
            todo.Add(new RoomEffect.Deliver(frames.ToImmutable()));
        frames.Clear();
    }

    private RoomState Refuse(Asker asker, Refused refusal, List<RoomEffect> todo)
    {
        todo.Add(new RoomEffect.Answer(asker.ReplyTo, Refused(asker.Ref, refusal)));
        return this;
    }

    private RoomState Accept(Asker asker, Accepted accepted, List<RoomEffect> todo)
    {
        todo.Add(new RoomEffect.Answer(asker.ReplyTo, new Reply { Ref = asker.Ref, Accepted = accepted }));
        return this;
    }
}
