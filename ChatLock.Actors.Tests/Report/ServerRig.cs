using Akka.TestKit.Xunit2;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Report;

/// <summary>A server's actors in the test's actor system, under limits that a test may change.</summary>
public abstract class ServerRig : TestKit
{
    protected ServerRig(SessionLimits? limits = null, TimeProvider? time = null)
        : base("akka { loglevel = ERROR, log-dead-letters = off, log-dead-letters-during-shutdown = off }")
    {
        var clock = time ?? TimeProvider.System;
        var settings = new ServerSettings
        {
            Limits = limits ?? new SessionLimits { PostsPerSecond = 10_000, PostsBurst = 10_000 },
            LobbySuite = 2,
            FanOutActors = 2,
            TickInterval = TimeSpan.FromMilliseconds(100),
        };
        Counters = new ServerCounters();
        Server = new ChatServer(Sys, new ServerIdentity(
            ByteString.CopyFrom(new byte[32]), "test", settings, clock, new MonotonicClock(clock), Counters, new MemoryJournals(), OpenRoomSecrets.Random()));
    }

    protected ChatServer Server { get; }

    protected ServerCounters Counters { get; }

    protected Task<TestClient> EnterAsync(string name) => TestClient.EnterAsync(Server, name);

    protected override void AfterAll()
    {
        base.AfterAll();
        Counters.Dispose();
    }
}
