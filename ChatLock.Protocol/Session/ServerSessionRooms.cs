using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Session;

/// <summary>Rooms: entering, leaving, being brought back and sent out.</summary>
public sealed partial record ServerSession
{
    /// <summary>Rooms of Hello's positions that are asked for at once; the others wait. Each may have a replay to send.</summary>
    public const int BringBackAtOnce = 2;

    private Step OnJoin(ulong @ref, Join join)
    {
        if (!RoomId.TryParse(join.Room, out var room))
            return Refuse(@ref, NoRoomId(join.Room));
        if (join.Position is { } given && given.Room != join.Room)
            return Refuse(@ref, Refusals.PositionsInvalid);
        if (Rooms.IsAsked(room))
            return Refuse(@ref, Refusals.JoinUnderWay);

        var position = Rooms.TryTake(room, out var waiting, out var rooms) ? join.Position ?? waiting : join.Position;
        if (rooms.Where(room.Text) is null && rooms.Count >= Limits.RoomsMax)
            return Refuse(@ref, Refusals.TooManyRooms(Limits.RoomsMax));

        return new Step(
            this with { Rooms = rooms.Asked(room, @ref) },
            [new SessionEffect.Join(@ref, room, position, join.Create, join.Suite)]);
    }

    private Step OnLeave(ulong @ref, string id)
    {
        if (!RoomId.TryParse(id, out var room))
            return Refuse(@ref, Refusals.NoSuchRoom);
        if (room.Kind == RoomKind.Lobby)
            return Refuse(@ref, Refusals.LobbyStays);

        var parting = Rooms.Leave(room, @ref, out var rooms);
        var next = this with { Rooms = rooms };
        return parting switch
        {
            Parting.Done => next.Accept(@ref),
            Parting.Leave => new Step(next, [new SessionEffect.Leave(@ref, room)]),
            Parting.Wait => new Step(next, Nothing),
            _ => Refuse(@ref, Refusals.NotAMember),
        };
    }

    private Step OnModerate(ulong @ref, Moderate moderate) =>
        Rooms.Where(moderate.Room) is not { } room ? Refuse(@ref, NotIn(moderate.Room))
        : room.Kind == RoomKind.Lobby ? Refuse(@ref, Refusals.LobbyUnowned)
        : moderate.Act is null ? Refuse(@ref, Refusals.ActInvalid)
        : moderate.Act.Envelope.Length > Limits.TopicEnvelopeMaxBytes ? Refuse(@ref, Refusals.TopicTooLarge(Limits.TopicMaxBytes))
        : new Step(this, [new SessionEffect.PassAct(@ref, room, moderate.Act)]);

    private Step OnAdmitted(SessionInput.Admitted admitted)
    {
        if (!Rooms.TryAnswer(admitted.Room, admitted.Ref, isIn: true, out var rooms, out var leaving, out _))
            return new Step(this, Nothing);

        SessionEffect[] answer = admitted.Ref == 0 ? [] : [SessionEffect.Credit.One];
        SessionEffect[] leave = leaving is { } @ref ? [new SessionEffect.Leave(@ref, admitted.Room)] : [];
        return (this with { Rooms = rooms }).BringBack([.. answer, .. leave]);
    }

    private Step OnNotAdmitted(SessionInput.NotAdmitted no)
    {
        if (!Rooms.TryAnswer(no.Room, no.Ref, isIn: false, out var rooms, out var leaving, out var isMember))
            return new Step(this, Nothing);

        var next = this with { Rooms = rooms };
        var told = no.Ref == 0 ? [LeftRoom(no.Room.Text, no.Refusal)] : next.Refuse(no.Ref, no.Refusal).Effects;
        var left = leaving is not { } @ref ? []
            : isMember ? [new SessionEffect.Leave(@ref, no.Room)]
            : next.Accept(@ref).Effects; // whoever wanted out never came in
        return next.BringBack([.. told, .. left]);
    }

    /// <summary>Asks for as many of the rooms that wait as may be under way.</summary>
    private Step BringBack(IReadOnlyList<SessionEffect> first)
    {
        var (rooms, effects) = (Rooms, new List<SessionEffect>(first));
        while (rooms.UnderWay < BringBackAtOnce && rooms.TryNext(out var position, out var rest))
        {
            rooms = rest;
            if (!RoomId.TryParse(position.Room, out var room))
                effects.Add(LeftRoom(position.Room, NoRoomId(position.Room)));
            else if (rooms.SeatCount >= Limits.RoomsMax)
                effects.Add(LeftRoom(position.Room, Refusals.TooManyRooms(Limits.RoomsMax)));
            else
            {
                rooms = rooms.Asked(room, @ref: 0);
                effects.Add(new SessionEffect.Join(0, room, position, Create: false, Suite: 0));
            }
        }

        return new Step(this with { Rooms = rooms }, effects);
    }

    private static SessionEffect.Send LeftRoom(string room, Refused why) =>
        new(new ServerFrame { LeftRoom = new RoomLeft { Room = room, Why = why } });

    private static Refused NotIn(string room) =>
        RoomId.TryParse(room, out _) ? Refusals.NotAMember : Refusals.NoSuchRoom;

    private static Refused NoRoomId(string text) => Refusals.RoomInvalid(
        text.StartsWith('#') && !RoomId.TryOpen(text, out _, out var problem) ? problem : "That isn't how a room is called.");
}
