using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Identity;
using ChatLock.Client.Pins;

namespace ChatLock.Client.Tests.Scenarios;

/// <summary>A whole client against a scripted server. Its clock stands still unless a test moves it.</summary>
public abstract class ClientScenario : TestKit, IAsyncLifetime
{
    private readonly ClientIdentity _identity = ClientIdentity.Temporary();
    private readonly CancellationTokenSource _patience = new(ScriptedServer.Patience);
    private IAsyncEnumerator<ClientEvent>? _events;
    private ChatClient? _client;

    protected ClientScenario()
        : base("""
            akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
            akka.loglevel = WARNING
            """ + TestPatience.Config)
    {
    }

    protected ScriptedServer Server { get; } = new();

    protected ScriptedPerson Bob { get; } = new("bob");

    /// <summary>All events so far, for the message of a failed test.</summary>
    protected List<ClientEvent> Seen { get; } = [];

    protected ClientIdentity Identity => _identity;

    protected TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    protected void Start(string? name = "alice", PinStore? pins = null, ServerAddress? server = null, bool takesMail = true)
    {
        _client = ChatClient.Start(
            Sys,
            new ClientSettings
            {
                Server = server ?? Server.Address,
                Name = name,
                Jitter = () => 0.999,
                Time = new SchedulerTime(Clock),
                TakesMail = takesMail,
            },
            _identity,
            pins ?? PinStore.InMemory());
        _events = _client.ReadEventsAsync(_patience.Token).GetAsyncEnumerator(_patience.Token);
        Do(new ClientCommand.Connect());
    }

    protected void Do(ClientCommand command) => _client!.Do(command);

    protected void Say(string text) => Do(new ClientCommand.Say(new MessageBody(text)));

    protected void SayTo(string name, string text) => Do(new ClientCommand.SayTo(name, new MessageBody(text)));

    /// <summary>In the lobby as alice, with these others.</summary>
    protected async Task<(ScriptedSession Session, Protocol.Wire.Hello Hello)> EnterAsync(params Protocol.Wire.Member[] here)
    {
        Start();
        var session = await Server.AcceptOneAsync();
        var hello = await session.AdmitAsync(here);
        await NextAsync<ClientEvent.Entered>();
        await NextAsync<ClientEvent.Notice>(notice => notice.Code == "open-lobby");
        return (session, hello);
    }

    /// <summary>The next event of this kind; what comes before it is passed over.</summary>
    protected async Task<T> NextAsync<T>(Func<T, bool>? such = null) where T : ClientEvent
    {
        while (await _events!.MoveNextAsync())
        {
            Seen.Add(_events.Current);
            if (_events.Current is T wanted && (such is null || such(wanted)))
                return wanted;
        }
        throw new InvalidOperationException($"No {typeof(T).Name} came; seen: {string.Join(", ", Seen)}");
    }

    protected Task<T> WhileTimePassesAsync<T>(TimeSpan step, Task<T> done) => PassingTime.WhileAsync(() => Clock.Advance(step), done);

    /// <summary>The client ends; all its actors have stopped.</summary>
    protected async Task StopAsync()
    {
        await _client!.DisposeAsync();
        while (await _events!.MoveNextAsync())
            Seen.Add(_events.Current);
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        await Server.DisposeAsync();
        Bob.Dispose();
        _identity.Dispose();
        _patience.Dispose();
    }

    private sealed class SchedulerTime(TestScheduler scheduler) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => scheduler.Now.UtcTicks;

        public override DateTimeOffset GetUtcNow() => scheduler.Now.ToUniversalTime();
    }
}
