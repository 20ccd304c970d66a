using ChatLock.Actors.Rooms;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>What one session gets of a room, and whether all of it is there: each number once, in order, none missing but its own
/// and those that it was told are gone.</summary>
public sealed class RoomSession(Person who, SessionHandle handle)
{
    public Person Who { get; } = who;

    public SessionHandle Handle { get; } = handle;

    public RoomInfo? Info { get; private set; }

    public Refused? Refusal { get; set; }

    /// <summary>It was let in and hasn't left.</summary>
    public bool IsMember { get; set; }

    /// <summary>It gets what comes.</summary>
    public bool IsLive { get; set; }

    public List<ServerFrame> Frames { get; } = [];

    /// <summary>Its requests: what it called each message.</summary>
    public Dictionary<ulong, ByteString> Posted { get; } = [];

    /// <summary>Its own messages that were accepted.</summary>
    public Dictionary<ByteString, Accepted> Accepted { get; } = [];

    public IEnumerable<Posted> Messages => Frames.Where(frame => frame.Posted is not null).Select(frame => frame.Posted);

    public IEnumerable<ulong> Numbers => Messages.Select(posted => posted.Position.Sequence);

    public IEnumerable<(ulong From, ulong To)> Gaps =>
        Frames.Where(frame => frame.Gap is not null).Select(frame => (frame.Gap.FromSequence, frame.Gap.ToSequence));

    /// <summary>The highest number that this client has seen or been told in a reply.</summary>
    public ulong Highest => Numbers.Concat(Accepted.Values.Select(accepted => accepted.Sequence)).Append(Info?.Position.Sequence ?? 0).Max();

    public void Enter(RoomInfo info) => (Info, IsMember, Refusal) = (info, true, null);

    public void Take(IEnumerable<EncodedFrame> frames) =>
        Frames.AddRange(frames.Select(frame => ServerFrame.Parser.ParseFrom(frame.Body.Span)));

    public void Answered(Reply reply)
    {
        if (reply.Accepted is { } accepted && Posted.TryGetValue(reply.Ref, out var id))
            Accepted[id] = accepted;
    }

    /// <summary>Nothing doubled, disordered or missing up to a number.</summary>
    /// <param name="isOwn">Which numbers are of this key's own messages.</param>
    public void Check(ulong upTo, Func<ulong, bool> isOwn)
    {
        var at = Info!.Position.Sequence;
        foreach (var frame in Frames)
        {
            switch (frame.BodyCase)
            {
                case ServerFrame.BodyOneofCase.Gap when frame.Gap.FromSequence > 0:
                    SkipOwn(frame.Gap.FromSequence);
                    Assert.Equal(at + 1, frame.Gap.FromSequence);
                    at = frame.Gap.ToSequence;
                    break;
                case ServerFrame.BodyOneofCase.Posted:
                    SkipOwn(frame.Posted.Position.Sequence);
                    Assert.Equal(at + 1, frame.Posted.Position.Sequence);
                    Assert.False(isOwn(at + 1), "one's own message came back");
                    at = frame.Posted.Position.Sequence;
                    break;
            }
        }

        SkipOwn(upTo + 1);
        if (IsMember)
            Assert.Equal(upTo, at);

        void SkipOwn(ulong next)
        {
            while (at + 1 < next && isOwn(at + 1))
                at++;
        }
    }
}
