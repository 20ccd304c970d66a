using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Registry;

/// <summary>Grants and frees names.</summary>
public sealed class RegistryActor(StateCell<RegistryState> cell) : UntypedActor
{
    public static Props Props()
    {
        var cell = new StateCell<RegistryState>(RegistryState.Empty);
        return Akka.Actor.Props.Create(() => new RegistryActor(cell));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RegistryCommand command:
                (cell.Value, var effects) = cell.Value.On(command);
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
        if (message is RegistryCommand.Claim claim)
            claim.ReplyTo.Tell(new SessionMessage.NameRefused(Refusals.Internal));
        base.PreRestart(reason, message);
    }

    private static void Perform(RegistryEffect effect, RegistryCommand command)
    {
        switch (effect, command)
        {
            case (RegistryEffect.Grant grant, RegistryCommand.Claim claim):
                claim.ReplyTo.Tell(new SessionMessage.NameGranted(grant.Name));
                break;
            case (RegistryEffect.Refuse refuse, RegistryCommand.Claim claim):
                claim.ReplyTo.Tell(new SessionMessage.NameRefused(refuse.Refusal));
                break;
            case (RegistryEffect.TakeOver takeOver, _):
                takeOver.Session.Tell(new SessionMessage.End(CloseReason.TakenOver));
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }
}
