using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Routing;

/// <summary>What the router is asked.</summary>
public abstract record RouterCommand : INoSerializationVerificationNeeded
{
    private RouterCommand()
    {
    }

    /// <summary>This session holds this key; it wants the first page of who is here.</summary>
    public sealed record Register(Fingerprint Key, Member Member, SessionHandle Session) : RouterCommand;

    public sealed record Unregister(Fingerprint Key, SessionId Session) : RouterCommand;

    public sealed record Rename(Fingerprint Key, SessionId Session, Member Member) : RouterCommand;

    /// <summary>Who is here?</summary>
    public sealed record Who(ulong Ref, Protocol.Wire.Who Question, IActorRef ReplyTo) : RouterCommand;

    /// <summary>A message for the session that holds a key.</summary>
    public sealed record Private(Member From, ulong Ref, Protocol.Wire.Private Body, IActorRef ReplyTo) : RouterCommand;
}

/// <summary>What the router wants done.</summary>
public abstract record RouterEffect
{
    private RouterEffect()
    {
    }

    /// <summary>To the session that asked.</summary>
    public sealed record Answer(Reply Reply) : RouterEffect;

    /// <summary>To the session that has just been registered.</summary>
    public sealed record Listed(Roster FirstPage) : RouterEffect;

    /// <summary>To the session that holds the recipient's key.</summary>
    public sealed record Deliver(SessionHandle To, PrivateMessage Message) : RouterEffect;
}
