using ChatLock.Client.Conversations;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

/// <summary>Alice in a room with Bob, who owns it unless a test says otherwise.</summary>
public abstract class RoomScenario : ClientScenario
{
    protected const string Garden = "#garden";

    protected static ReadOnlySpan<byte> GardenSecret => "a secret of 32 bytes: the garden"u8;

    /// <summary>The invite into a sealed room of Bob's.</summary>
    protected InviteCode Tea => InviteCode.Of(2, "a secret of 32 bytes: tea, cake."u8, Bob.Key);

    protected RoomInfo GardenInfo(ulong sequence = 0, ulong lastAct = 0, params RoomAct[] acts) => new()
    {
        Position = new Position { Room = Garden, Epoch = 1, Sequence = sequence },
        Suite = 2,
        OpenSecret = ByteString.CopyFrom(GardenSecret),
        MemberCount = 2,
        OwnerKey = Bob.Public.IdentityKey,
        Here = { Bob.Public },
        Acts = { acts },
        LastAct = lastAct,
    };

    protected RoomInfo TeaInfo(ulong sequence = 0) => new()
    {
        Position = new Position { Room = Tea.Room.Text, Epoch = 1, Sequence = sequence },
        Suite = 2,
        MemberCount = 2,
        OwnerKey = Bob.Public.IdentityKey,
        Here = { Bob.Public },
    };

    /// <summary>In #garden, which is Bob's.</summary>
    protected async Task<ScriptedSession> EnterGardenAsync(RoomInfo? info = null)
    {
        var (session, _) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Join("garden"));
        await JoinedAsync(session, info ?? GardenInfo());
        await NextAsync<ClientEvent.RoomEntered>();
        return session;
    }

    protected static async Task<Join> JoinedAsync(ScriptedSession session, RoomInfo info)
    {
        var join = await session.ReadAsync(ClientFrame.BodyOneofCase.Join);
        await session.ReplyAsync(new Reply { Ref = join.Ref, Joined = info });
        return join.Join;
    }

    protected ByteString InGarden(string text) => Bob.ToRoom(Garden, GardenSecret, text);

    protected void Say(string text, string room) => Do(new ClientCommand.Say(new MessageBody(text), room));

    /// <summary>The connection breaks; the next one is there, and its Hello.</summary>
    protected async Task<(ScriptedSession Session, ClientFrame Hello)> CutAsync(ScriptedSession session)
    {
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is Client.Connection.ConnectionStatus.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        await again.ChallengeAsync();
        return (again, await again.ReadHelloAsync());
    }

    protected static string Positions(ClientFrame hello) =>
        string.Join(", ", hello.Hello.Positions.Select(position => $"{position.Room} {position.Epoch}/{position.Sequence}"));

    protected Fingerprint Me => Identity.Fingerprint;
}
