using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using ChatLock.Actors.Storage;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>A node's storage and actor system, and journals with an owner that tells the test what it is told.</summary>
public sealed class JournalRig : TestKit
{
    public static readonly JournalId Room = new("room", "lobby");

    /// <summary>Long enough for a loaded machine; nothing that passes waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly JournalStorage _storage;
    private readonly bool _keepsStorage;

    private JournalRig(JournalStorage storage, bool keepsStorage)
        : base(storage.AddTo(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, log-dead-letters-during-shutdown = off }" + TestPatience.Config)
            .WithFallback(storage.Akka).WithFallback(DefaultConfig)))))
    {
        (_storage, _keepsStorage) = (storage, keepsStorage);
    }

    public JournalHealth Health => _storage.Journals.Health;

    public static JournalRig Start(JournalPlace place, JournalLimits? limits = null) =>
        new(place.Open(limits), place.Settings.Durability == StorageDurability.Memory);

    public static ByteString Bytes(string text) => ByteString.CopyFromUtf8(text);

    /// <summary>Told to this goes to the journal; what the journal tells comes to the test.</summary>
    public IActorRef Own(JournalId id) => Sys.ActorOf(Props.Create(() => new Owner(_storage.Journals, id, TestActor)));

    /// <summary>A journal that has told that it is there.</summary>
    public IActorRef OwnRecovered(JournalId? id = null)
    {
        var journal = Own(id ?? Room);
        Told<JournalEvent.Recovered>();
        return journal;
    }

    public T Told<T>() => ExpectMsg<T>(Patience);

    public JournalEvent.Appended Append(IActorRef journal, params string[] events)
    {
        journal.Tell(new JournalCommand.Append([.. events.Select(Bytes)]));
        return Told<JournalEvent.Appended>();
    }

    public IEnumerable<string> Read(IActorRef journal, long from, long to)
    {
        journal.Tell(new JournalCommand.Read(from, to, int.MaxValue, "all"));
        return Told<JournalEvent.ReadDone>().Events.Select(stored => $"{stored.Number}:{stored.Bytes.ToStringUtf8()}");
    }

    /// <summary>What the storage does by itself every minute.</summary>
    public Task CleanAsync() => _storage.CleanAsync();

    public void Eventually(Func<bool> condition) => AwaitCondition(condition, Patience, TimeSpan.FromMilliseconds(20));

    protected override void AfterAll()
    {
        base.AfterAll();
        if (!_keepsStorage)
            _storage.Dispose();
    }

    private sealed class Owner : UntypedActor
    {
        private readonly IActorRef _journal;
        private readonly IActorRef _test;

        public Owner(IJournals journals, JournalId id, IActorRef test)
        {
            _journal = Context.ActorOf(journals.Props(id), "journal");
            _test = test;
        }

        protected override void OnReceive(object message)
        {
            if (message is JournalCommand)
                _journal.Tell(message);
            else
                _test.Tell(message);
        }
    }
}
