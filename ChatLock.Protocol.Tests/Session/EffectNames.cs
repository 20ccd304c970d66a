using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>What a table wants done, in the words of the tests and of vectors/sessions.</summary>
internal static class EffectNames
{
    public static string Of(SessionEffect effect) => effect switch
    {
        SessionEffect.Send send => OfFrame(send.Frame),
        SessionEffect.Greet greet => $"welcome {greet.Welcome.Welcome.Ref} {greet.Welcome.Welcome.You.Name}",
        SessionEffect.Claim claim => $"claim {claim.Name}",
        SessionEffect.Resume => "resume",
        SessionEffect.Withdraw => "withdraw",
        SessionEffect.Enter enter => $"enter {enter.You.Name}",
        SessionEffect.Join { Ref: 0 } join => $"bring-back {join.Room}",
        SessionEffect.Join join => $"join {join.Ref} {join.Room}{(join.Create ? " create" : "")}",
        SessionEffect.Leave leave => $"leave {leave.Ref} {leave.Room}",
        SessionEffect.PassAct act => $"act {act.Ref} {act.Room}",
        SessionEffect.Acknowledge ack => $"ack {ack.Mailbox.Sequence}",
        SessionEffect.AskMembers members => $"members {members.Ref} {members.Room}",
        SessionEffect.AskRooms rooms => $"list {rooms.Ref}",
        SessionEffect.Renamed renamed => $"renamed {renamed.You.Name}",
        SessionEffect.PassPost post => $"post {post.Ref}",
        SessionEffect.PassPrivate message => $"private {message.Ref}",
        SessionEffect.AskWho who => $"who {who.Ref}",
        SessionEffect.Credit => "credit",
        SessionEffect.Close close => $"close {CodeNames.Of(close.Reason)}{(close.Detached ? " detached" : "")}",
        _ => throw new InvalidOperationException($"no name for {effect.GetType().Name}"),
    };

    public static string Of(ClientEffect effect) => effect switch
    {
        ClientEffect.Prove prove => $"hello {prove.Ref} {prove.Name}",
        ClientEffect.Send send => $"{send.Frame.BodyCase.ToString().ToLowerInvariant()} {send.Frame.Ref}",
        ClientEffect.NeedName { Refusal: null } => "need-name",
        ClientEffect.NeedName need => $"need-name {CodeNames.Of(need.Refusal.Code)}",
        ClientEffect.Entered entered => $"entered {entered.Welcome.You?.Name}",
        ClientEffect.Answered answered => $"answered {answered.Tag} {ResultOf(answered.Reply)}",
        ClientEffect.NotSent notSent => $"not-sent {notSent.Tag}",
        ClientEffect.Posted posted => $"posted {posted.Post.Position.Room} {posted.Post.Position.Sequence}",
        ClientEffect.PrivateCame => "private",
        ClientEffect.PresenceCame => "presence",
        ClientEffect.GapCame => "gap",
        ClientEffect.Ended ended =>
            $"ended {CodeNames.Of(ended.Reason)}" + string.Concat(ended.Unanswered.Order().Select(tag => $" {tag}")),
        _ => throw new InvalidOperationException($"no name for {effect.GetType().Name}"),
    };

    private static string OfFrame(ServerFrame frame) => frame.BodyCase switch
    {
        ServerFrame.BodyOneofCase.Challenge => "challenge",
        ServerFrame.BodyOneofCase.Ping => $"ping {frame.Ping.Nonce}",
        ServerFrame.BodyOneofCase.LeftRoom => $"left-room {frame.LeftRoom.Room} {CodeNames.Of(frame.LeftRoom.Why.Code)}",
        ServerFrame.BodyOneofCase.Reply => $"reply {frame.Reply.Ref} {ResultOf(frame.Reply)}",
        _ => throw new InvalidOperationException($"a session never sends {frame.BodyCase} by itself"),
    };

    private static string ResultOf(Reply reply) => reply.ResultCase switch
    {
        Reply.ResultOneofCase.Refused => $"refused {CodeNames.Of(reply.Refused.Code)}",
        Reply.ResultOneofCase.Renamed => $"renamed {reply.Renamed.Name}",
        _ => reply.ResultCase.ToString().ToLowerInvariant(),
    };
}
