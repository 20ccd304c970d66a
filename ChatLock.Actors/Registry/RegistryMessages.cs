using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Registry;

/// <summary>What the registry is asked. There is one way to a name: <see cref="Claim"/>, for hello and rename alike.</summary>
public abstract record RegistryCommand : INoSerializationVerificationNeeded
{
    private RegistryCommand()
    {
    }

    /// <summary>This key, through this session, wants this name; whatever it holds is given up when it is granted.</summary>
    public sealed record Claim(UserName Name, Fingerprint Key, SessionId Session, IActorRef ReplyTo) : RegistryCommand;

    /// <summary>The session ended; its name is free, unless another session of the key has taken it over.</summary>
    public sealed record Release(Fingerprint Key, SessionId Session) : RegistryCommand;
}

/// <summary>What the registry wants done.</summary>
public abstract record RegistryEffect
{
    private RegistryEffect()
    {
    }

    public sealed record Grant(UserName Name) : RegistryEffect;

    public sealed record Refuse(Refused Refusal) : RegistryEffect;

    /// <summary>The key claimed through another session: this one ends.</summary>
    public sealed record TakeOver(IActorRef Session) : RegistryEffect;
}
