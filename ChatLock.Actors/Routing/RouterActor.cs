using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Routing;

/// <summary>Answers who is here.</summary>
public sealed class RouterActor(StateCell<RouterState> cell, ServerIdentity server, IActorRef registry) : UntypedActor
{
    public static Props Props(ServerIdentity server, IActorRef registry)
    {
        var cell = new StateCell<RouterState>(new RouterState(server.Settings.Limits.AwayAfter));
        return Akka.Actor.Props.Create(() => new RouterActor(cell, server, registry));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RouterCommand command:
                (cell.Value, var effects) = cell.Value.On(command, server.Clock.NowMs);
                foreach (var effect in effects)
                    Perform(effect);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        if (message is RouterCommand.Who who)
            who.ReplyTo.Tell(new SessionMessage.Answered(new Reply { Ref = who.Ref, Refused = Refusals.Internal }));
        base.PreRestart(reason, message);
    }

    private void Perform(RouterEffect effect)
    {
        switch (effect)
        {
            case RouterEffect.Answer answer:
                answer.To.Tell(new SessionMessage.Answered(answer.Reply));
                break;
            case RouterEffect.Listed listed:
                listed.To.Tell(new SessionMessage.Listed(listed.FirstPage));
                break;
            case RouterEffect.AskRegistry ask:
                registry.Tell(new RegistryCommand.Find(ask.Ref, ask.Question, ask.Online, ask.ReplyTo));
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }
}
