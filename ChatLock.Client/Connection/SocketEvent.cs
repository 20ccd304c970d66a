using Akka.Actor;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>What a socket tells its actor. One of an older generation is of a socket that was dropped.</summary>
internal abstract record SocketEvent(int Generation) : INoSerializationVerificationNeeded
{
    public sealed record Opened(int Generation, Stream Stream, byte[]? Certificate) : SocketEvent(Generation);

    public sealed record Failed(int Generation, string Sentence, string Advice) : SocketEvent(Generation);

    public sealed record FrameCame(int Generation, ServerFrame Frame) : SocketEvent(Generation);

    public sealed record Ended(int Generation, CloseReason Reason) : SocketEvent(Generation);
}

/// <summary>Tells an actor what a link hears.</summary>
internal sealed class SocketListener(IActorRef actor, int generation) : IFrameLinkListener
{
    public void Came(ServerFrame frame) => actor.Tell(new SocketEvent.FrameCame(generation, frame), ActorRefs.NoSender);

    public void Ended(CloseReason reason) => actor.Tell(new SocketEvent.Ended(generation, reason), ActorRefs.NoSender);
}
