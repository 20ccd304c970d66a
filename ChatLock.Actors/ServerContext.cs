using System.Security.Cryptography;
using Akka.Actor;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using Google.Protobuf;

namespace ChatLock.Actors;

/// <summary>Who this server is, what it allows, and by which clock.</summary>
/// <param name="Id">32 bytes: what clients sign in their Hello.</param>
/// <param name="Software">What it calls itself.</param>
/// <param name="Journals">Where what must not be lost is kept.</param>
/// <param name="Secrets">What the members of open rooms and the lobby get from this server.</param>
public sealed record ServerIdentity(
    ByteString Id, string Software, ServerSettings Settings, TimeProvider Time, MonotonicClock Clock, ServerCounters Counters,
    IJournals Journals, OpenRoomSecrets Secrets)
{
    public ServerTime Now => new(Clock.NowMs, Time.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>What every session needs: the server and its neighbours in it.</summary>
public sealed record ServerContext(ServerIdentity Server, IActorRef Registry, IActorRef Router, IActorRef Rooms, IActorRef Mailboxes)
{
    public ServerSettings Settings => Server.Settings;

    public ServerCounters Counters => Server.Counters;

    public long NowMs => Server.Clock.NowMs;

    public static ByteString NewResumeToken() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SessionLimits.ResumeTokenBytes));

    public static ByteString NewNonce() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(KeyProof.NonceBytes));
}
