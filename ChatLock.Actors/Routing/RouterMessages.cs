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
    public sealed record Register(Fingerprint Key, Member Member, SessionId Session, IActorRef ReplyTo) : RouterCommand;

    /// <summary>The session is over.</summary>
    public sealed record Unregister(Fingerprint Key, SessionId Session) : RouterCommand;

    /// <summary>The session has no connection any more, and may come back.</summary>
    public sealed record Detach(Fingerprint Key, SessionId Session) : RouterCommand;

    public sealed record Rename(Fingerprint Key, SessionId Session, Member Member) : RouterCommand;

    /// <summary>Who is here?</summary>
    public sealed record Who(ulong Ref, Protocol.Wire.Who Question, IActorRef ReplyTo) : RouterCommand;
}

/// <summary>What the router wants done.</summary>
public abstract record RouterEffect
{
    private RouterEffect()
    {
    }

    /// <summary>To the session that asked.</summary>
    public sealed record Answer(IActorRef To, Reply Reply) : RouterEffect;

    /// <summary>To the session that has just been registered.</summary>
    public sealed record Listed(IActorRef To, Roster FirstPage) : RouterEffect;

    /// <summary>To the registry, which answers: it knows those too who have no session.</summary>
    public sealed record AskRegistry(ulong Ref, Who Question, uint Online, IActorRef ReplyTo) : RouterEffect;
}
