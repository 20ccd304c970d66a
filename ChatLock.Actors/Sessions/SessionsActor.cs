using Akka.Actor;
using Akka.Event;
using ChatLock.Actors.Registry;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Sessions;

/// <summary>The parent of all sessions: makes one an accepted socket, ticks them, ends them all when the server stops.</summary>
public sealed class SessionsActor(IReadOnlyList<IActorRef> fanOuts, ServerContext server) : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _accepted;
    private LogLimit _logLimit = LogLimit.None;
    private (IActorRef Asker, CloseReason Reason)? _draining;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IReadOnlyList<IActorRef> fanOuts, ServerContext server) =>
        Akka.Actor.Props.Create(() => new SessionsActor(fanOuts, server));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer("tick", SessionsCommand.Tick.Now, server.Settings.TickInterval);

    /// <summary>A bug in one session ends that session.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionsCommand.Accept accept:
                Accept(accept);
                break;
            case SessionsCommand.Tick:
                TellAll(SessionMessage.Tick.Now);
                break;
            case SessionsCommand.Ended ended:
                OnEnded(ended);
                break;
            case Terminated:
                server.Counters.CountSession(-1);
                AnswerIfDrained();
                break;
            case RegistryCommand.Flushed:
                _draining?.Asker.Tell(new SessionsCommand.Drained());
                break;
            case SessionsCommand.Drain drain:
                _draining = (Sender, drain.Reason);
                TellAll(new SessionMessage.End(drain.Reason));
                AnswerIfDrained();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Accept(SessionsCommand.Accept accept)
    {
        var session = Context.ActorOf(
            SessionActor.Props(accept.Connection, fanOuts[_accepted++ % fanOuts.Count], server));
        Context.Watch(session);
        server.Counters.CountSession(+1);
        accept.Session.SetResult(session);
        if (_draining is { } draining)
            session.Tell(new SessionMessage.End(draining.Reason));
    }

    private static void TellAll(SessionMessage message)
    {
        foreach (var session in Context.GetChildren())
            session.Tell(message);
    }

    /// <summary>Not before it is stored who had a session: those go on after the restart.</summary>
    private void AnswerIfDrained()
    {
        if (_draining is not null && !Context.GetChildren().Any())
            server.Registry.Tell(new RegistryCommand.Flush(Self));
    }

    private void OnEnded(SessionsCommand.Ended ended)
    {
        server.Counters.CountClose(ended.Reason);
        if (ended.Reason is CloseReason.Left or CloseReason.ConnectionLost or CloseReason.ServerStopping)
            return;
        if (_logLimit.TryLog(ended.Reason, server.NowMs, out _logLimit, out var suppressed))
        {
            _log.Warning(
                "session {0} from {1} closed: {2} ({3} like it not logged)",
                ended.Id, ended.RemoteAddress, CodeNames.Of(ended.Reason), suppressed);
        }
    }
}
