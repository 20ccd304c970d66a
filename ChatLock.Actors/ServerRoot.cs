using Akka.Actor;
using Akka.Event;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Routing;
using ChatLock.Actors.Sessions;

namespace ChatLock.Actors;

/// <summary>
/// The top of the actor tree. Its children restart after a bug with what they knew; one that fails again and again
/// ends the actor system and with it the process: a service manager can mend that, a half-dead server it can't.
/// </summary>
public sealed class ServerRoot(ServerIdentity server) : UntypedActor
{
    private const int RestartsMax = 100;
    private static readonly TimeSpan RestartsWindow = TimeSpan.FromMinutes(1);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _sessions = ActorRefs.Nobody;

    public static Props Props(ServerIdentity server) => Akka.Actor.Props.Create(() => new ServerRoot(server));

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(RestartsMax, RestartsWindow, _ => Directive.Restart);

    protected override void PreStart()
    {
        var fanOuts = Enumerable.Range(0, server.Settings.FanOutActors)
            .Select(i => Watched(FanOutActor.Props(server.Counters), $"fan-out-{i}"))
            .ToArray();
        var registry = Watched(RegistryActor.Props(server), "registry");
        var router = Watched(RouterActor.Props(server, registry), "router");
        var mailboxes = Watched(MailboxesActor.Props(server, registry), "mailboxes");
        registry.Tell(new RegistryCommand.Meet(router, mailboxes));
        var rooms = Watched(RoomsActor.Props(server, fanOuts), "rooms");
        var context = new ServerContext(server, registry, router, rooms, mailboxes);
        _sessions = Watched(SessionsActor.Props(fanOuts, context), "sessions");
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionsCommand command:
                _sessions.Forward(command);
                break;
            case Terminated terminated:
                _log.Error("{0} failed more than {1} times in a minute: stopping", terminated.ActorRef.Path.Name, RestartsMax);
                _ = Context.System.Terminate();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static IActorRef Watched(Props props, string name) => Context.Watch(Context.ActorOf(props, name));
}
