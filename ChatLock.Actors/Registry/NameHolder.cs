using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Registry;

/// <summary>Why a key holds its name.</summary>
public enum Hold
{
    /// <summary>It has a session with a connection.</summary>
    Attached,

    /// <summary>Its session has lost the connection and may go on until the resume window is over.</summary>
    Detached,

    /// <summary>It has no session; the name is kept for it.</summary>
    Reserved,
}

/// <summary>One key and the name that it holds.</summary>
/// <param name="You">Name, identity key, session key.</param>
public sealed record NameHolder(UserName Name, Fingerprint Key, Member You, Hold Hold)
{
    /// <summary>The session that holds it, or held it last.</summary>
    public SessionId Session { get; init; }

    public IActorRef Actor { get; init; } = ActorRefs.Nobody;

    /// <summary>Of the token that lets the session go on; matches nothing when there is no session.</summary>
    public ResumeTokenHash Token { get; init; }

    /// <summary>Since when it is <see cref="Hold.Detached"/>, by the monotonic clock.</summary>
    public long DetachedMs { get; init; }

    public long LastSeenUnixMs { get; init; }

    /// <summary>When its oldest waiting message came; 0: none waits, as far as is known.</summary>
    public long MailSinceUnixMs { get; init; }

    /// <summary>It was read from the journal: what waits for it may be more than <see cref="MailSinceUnixMs"/> says.</summary>
    public bool IsMailUnknown { get; init; }

    /// <summary>As others see it.</summary>
    public Member ToMember(long nowMs, long awayAfterMs) => new(You)
    {
        Away = Hold == Hold.Detached && nowMs - DetachedMs >= awayAfterMs,
        Absent = Hold == Hold.Reserved,
    };
}
