using Akka.Actor;
using Akka.Configuration;
using ChatLock.Client.Identity;
using ChatLock.Client.Pins;

namespace ChatLock.Client;

/// <summary>A chat client without a face: commands in, events out. For the terminal, bots, load and tests.</summary>
/// <remarks>Safe for use from several threads, except that one reader reads the events.</remarks>
public sealed class ChatClient : IAsyncDisposable
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
          }
        }
        """);

    private readonly EventStream _events = new();
    private readonly ActorSystem _system;
    private readonly IActorRef _root;
    private readonly bool _ownsSystem;

    private ChatClient(ActorSystem system, bool ownsSystem, ClientSettings settings, ClientIdentity identity, PinStore pins)
    {
        (_system, _ownsSystem) = (system, ownsSystem);
        _root = system.ActorOf(ClientRoot.Props(settings, identity, pins, _events));
    }

    /// <summary>Starts a client in an actor system of its own. It connects when it is told to.</summary>
    /// <param name="settings">Where to and under which name.</param>
    /// <param name="identity">Who it is; the caller disposes it after the client.</param>
    /// <param name="pins">What it remembers of others.</param>
    public static ChatClient Start(ClientSettings settings, ClientIdentity identity, PinStore pins) =>
        new(ActorSystem.Create("chatlock-client", Quiet), ownsSystem: true, settings, identity, pins);

    /// <summary>Starts a client in a given actor system: many of them share its threads. Its scheduler is their clock.</summary>
    /// <param name="system">Stays the caller's.</param>
    /// <param name="settings">Where to and under which name.</param>
    /// <param name="identity">Who it is; the caller disposes it after the client.</param>
    /// <param name="pins">What it remembers of others.</param>
    public static ChatClient Start(ActorSystem system, ClientSettings settings, ClientIdentity identity, PinStore pins) =>
        new(system, ownsSystem: false, settings, identity, pins);

    /// <summary>Asks for something; the answers are among the events.</summary>
    public void Do(ClientCommand command) => _root.Tell(command, ActorRefs.NoSender);

    /// <summary>Everything that happens, in order, to one reader.</summary>
    /// <remarks>When nobody reads, at most a bounded number waits; then the server is held back
    /// (<see cref="EventStream"/>). Ends when the client is disposed.</remarks>
    public IAsyncEnumerable<ClientEvent> ReadEventsAsync(CancellationToken cancelled = default) => _events.ReadAllAsync(cancelled);

    /// <summary>Ends at once, without a goodbye; <see cref="ClientCommand.Leave"/> says one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ownsSystem)
            await _system.Terminate().ConfigureAwait(false);
        else
            _system.Stop(_root);
    }
}
