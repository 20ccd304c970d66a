using Akka.Actor;
using Akka.TestKit.Xunit2;
using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Report;

/// <summary>A server's actors in the test's actor system, under limits that a test may change.</summary>
public abstract class ServerRig : TestKit
{
    /// <summary>A guard against hanging, not an assertion about speed.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServerIdentity _identity;

    protected ServerRig(SessionLimits? limits = null, TimeProvider? time = null, IJournals? journals = null, MailboxSettings? mailbox = null)
        : base("akka { loglevel = ERROR, log-dead-letters = off, log-dead-letters-during-shutdown = off }" + TestPatience.Config)
    {
        var clock = time ?? TimeProvider.System;
        var settings = new ServerSettings
        {
            Limits = limits ?? new SessionLimits { PostsPerSecond = 10_000, PostsBurst = 10_000 },
            LobbySuite = 2,
            FanOutActors = 2,
            TickInterval = TimeSpan.FromMilliseconds(100),
            Mailbox = mailbox ?? new MailboxSettings(),
        };
        Counters = new ServerCounters();
        _identity = new ServerIdentity(
            ByteString.CopyFrom(new byte[32]), "test", settings, clock, new MonotonicClock(clock), Counters,
            journals ?? new MemoryJournals(), OpenRoomSecrets.Random());
        Server = new ChatServer(Sys, _identity);
    }

    /// <summary>The server, or the one that took its place.</summary>
    protected ChatServer Server { get; private set; }

    protected ServerCounters Counters { get; }

    protected Task<TestClient> EnterAsync(string name) => TestClient.EnterAsync(Server, name);

    /// <summary>What the registry has not stored yet is stored.</summary>
    protected void StoreNames()
    {
        Child("registry").Tell(new RegistryCommand.Flush(TestActor));
        ExpectMsg<RegistryCommand.Flushed>(Patience);
    }

    /// <summary>All actors of the server end at once, as they do when its process is killed, and others begin with what the journals have.</summary>
    protected async Task KillAsync()
    {
        var root = await Sys.ActorSelection("/user/server").ResolveOne(Patience);
        Watch(root);
        Sys.Stop(root);
        ExpectTerminated(root, Patience);
        // Its parent is told of the end before the watchers, and what it is asked now it answers afterwards: the name is free.
        await Sys.ActorSelection("/user").Ask<ActorIdentity>(new Identify("free"), Patience);
        Server = new ChatServer(Sys, _identity);
    }

    protected ActorSelection Child(string path) => Sys.ActorSelection($"/user/server/{path}");

    protected override void AfterAll()
    {
        base.AfterAll();
        Counters.Dispose();
    }
}
