using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Routing;

/// <summary>Brings private messages to the session that holds a key, and answers who is here.</summary>
public sealed class RouterActor(StateCell<RouterState> cell, TimeProvider time) : UntypedActor
{
    public static Props Props(TimeProvider time)
    {
        var cell = new StateCell<RouterState>(RouterState.Empty);
        return Akka.Actor.Props.Create(() => new RouterActor(cell, time));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RouterCommand command:
                (cell.Value, var effects) = cell.Value.On(command, time.GetUtcNow().ToUnixTimeMilliseconds());
                foreach (var effect in effects)
                    Perform(effect, command);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        switch (message)
        {
            case RouterCommand.Private asked:
                asked.ReplyTo.Tell(Failed(asked.Ref));
                break;
            case RouterCommand.Who asked:
                asked.ReplyTo.Tell(Failed(asked.Ref));
                break;
        }

        base.PreRestart(reason, message);
    }

    private static void Perform(RouterEffect effect, RouterCommand command)
    {
        switch (effect, command)
        {
            case (RouterEffect.Deliver deliver, _):
                var outbound = deliver.To.Outbound;
                outbound.Owner.Tell(new FanOutCommand.Deliver(
                    outbound, EncodedFrame.Of(new ServerFrame { PrivateMessage = deliver.Message })));
                break;
            case (RouterEffect.Answer answer, RouterCommand.Private asked):
                asked.ReplyTo.Tell(new SessionMessage.Answered(answer.Reply));
                break;
            case (RouterEffect.Answer answer, RouterCommand.Who asked):
                asked.ReplyTo.Tell(new SessionMessage.Answered(answer.Reply));
                break;
            case (RouterEffect.Listed listed, RouterCommand.Register register):
                register.Session.Actor.Tell(new SessionMessage.Listed(listed.FirstPage));
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }

    private static SessionMessage.Answered Failed(ulong @ref) =>
        new(new Reply { Ref = @ref, Refused = Refusals.Internal });
}
