using Akka.Actor;

namespace ChatLock.Actors.Sessions;

/// <summary>Who waits for the answer to a request.</summary>
public readonly record struct Asker(ulong Ref, IActorRef ReplyTo);
