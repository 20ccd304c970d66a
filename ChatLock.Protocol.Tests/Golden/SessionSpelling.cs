using System.Globalization;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Between the client's table and its spelling in vectors/sessions.</summary>
internal static class SessionSpelling
{
    public static SessionInputText Of(ClientInput input) => input switch
    {
        ClientInput.Received received => new("received") { Frame = Hex(received.Frame) },
        ClientInput.NameChosen chosen => new("name-chosen") { Name = chosen.Name },
        ClientInput.Ask ask => new("ask") { Tag = ask.Tag, Frame = Hex(ask.Frame) },
        ClientInput.Leave => new("leave"),
        ClientInput.Lost => new("lost"),
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    public static ClientInput Read(SessionInputText input) => input.Type switch
    {
        "received" => new ClientInput.Received(ServerFrame.Parser.ParseFrom(Convert.FromHexString(input.Frame!))),
        "name-chosen" => new ClientInput.NameChosen(input.Name!),
        "ask" => new ClientInput.Ask(input.Tag!.Value, ClientFrame.Parser.ParseFrom(Convert.FromHexString(input.Frame!))),
        "leave" => new ClientInput.Leave(),
        "lost" => new ClientInput.Lost(),
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    /// <param name="effect">What the table wants done.</param>
    /// <param name="after">The session after it: the name under which it was entered is there.</param>
    public static SessionEffectText Of(ClientEffect effect, ClientSession after) => effect switch
    {
        ClientEffect.Prove prove => new("prove")
        {
            Name = prove.Name,
            Ref = Decimal(prove.Ref),
            Resume = Of(new ResumePoint(prove.Token, prove.Positions)),
        },
        ClientEffect.Send send => new("send") { Frame = Hex(send.Frame) },
        ClientEffect.NeedName need => new("need-name")
        {
            Code = need.Refusal is { } refusal ? CodeNames.Of(refusal.Code) : null,
            Suggestions = [.. need.Refusal?.Suggestions ?? []],
        },
        ClientEffect.Entered entered => new("entered") { Name = after.Name, Resumed = entered.Welcome.Resumed },
        ClientEffect.RoomEntered entered => new("room-entered") { Room = entered.Info.Position.Room },
        ClientEffect.LeftRoom left => new("left-room") { Room = left.Left.Room },
        ClientEffect.Answered answered => new("answered") { Tag = answered.Tag },
        ClientEffect.NotSent notSent => new("not-sent") { Tag = notSent.Tag },
        ClientEffect.Posted posted => new("posted")
        {
            Room = posted.Post.Position.Room,
            Sequence = Decimal(posted.Post.Position.Sequence),
        },
        ClientEffect.PrivateCame message => new("private") { Sequence = Decimal(message.Message.Position.Sequence) },
        ClientEffect.PresenceCame => new("presence"),
        ClientEffect.GapCame gap => new("gap") { Room = gap.Gap.Room },
        ClientEffect.Ended ended => new("ended")
        {
            Reason = CodeNames.Of(ended.Reason),
            Unanswered = [.. ended.Unanswered.Order()],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(effect)),
    };

    public static string Of(ClientPhase phase) => phase switch
    {
        ClientPhase.AwaitChallenge => "await-challenge",
        ClientPhase.AwaitName => "await-name",
        ClientPhase.AwaitWelcome => "await-welcome",
        ClientPhase.Ready => "ready",
        ClientPhase.Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    public static ResumePointText Of(ResumePoint point) => new(
        Convert.ToHexStringLower(point.Token.Span),
        [.. point.Positions.Select(position => new PositionText(position.Room, Decimal(position.Epoch), Decimal(position.Sequence)))]);

    public static ResumePoint Read(ResumePointText point) => new(
        ByteString.CopyFrom(Convert.FromHexString(point.Token)),
        [.. point.Positions.Select(position => new Position
        {
            Room = position.Room,
            Epoch = ulong.Parse(position.Epoch, CultureInfo.InvariantCulture),
            Sequence = ulong.Parse(position.Sequence, CultureInfo.InvariantCulture),
        })]);

    private static string Hex(IMessage frame) => Convert.ToHexStringLower(frame.ToByteArray());

    private static string Decimal(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
