using System.Collections.Immutable;
using Akka.Actor;
using ChatLock.Protocol.Framing;

namespace ChatLock.Actors.FanOut;

/// <summary>What a fan-out actor does. All of it stays in this process: the frames are shared buffers.</summary>
public abstract record FanOutCommand : INoSerializationVerificationNeeded
{
    private FanOutCommand()
    {
    }

    /// <summary>Frames for all local members of a room, in order; each with one member, its sender, who doesn't get it.</summary>
    public sealed record Broadcast(string Room, ImmutableArray<(EncodedFrame Frame, Outbound? Except)> Frames) : FanOutCommand;

    /// <summary>A frame from a session to its own client.</summary>
    public sealed record Send(Outbound To, EncodedFrame Frame) : FanOutCommand;

    /// <summary>A frame from someone else; held back until the session has been welcomed.</summary>
    public sealed record Deliver(Outbound To, EncodedFrame Frame) : FanOutCommand;

    /// <summary>Frames that a session missed, in order, <see cref="Outbound.ReplayMaxBytes"/> or a single one at most. When the transport has taken
    /// them all (not before the session has been welcomed), <paramref name="Asker"/> is told <paramref name="Done"/>; never if the session
    /// ends before. What is asked for by several goes out one after the other; what is delivered or sent meanwhile doesn't wait for it.</summary>
    public sealed record Replay(Outbound To, IReadOnlyList<EncodedFrame> Frames, IActorRef Asker, object Done) : FanOutCommand;

    /// <summary>Welcome for one session; what was held back for it follows.</summary>
    public sealed record Greet(Outbound To, EncodedFrame Welcome) : FanOutCommand;

    /// <summary>From now on the session gets what is sent to the room.</summary>
    public sealed record Enter(string Room, Outbound Who) : FanOutCommand;

    /// <summary>Nothing of the room any more. What the sender of this asked to have replayed and isn't in line yet is dropped.</summary>
    public sealed record Exit(string Room, Outbound Who) : FanOutCommand;

    /// <summary>The last frame of a session (none if nobody listens any more); then its connection is let go.</summary>
    public sealed record Finish(Outbound Who, EncodedFrame? Last) : FanOutCommand;

    /// <summary>To itself: everything that was in the mailbox before this goes out in one flush a connection.</summary>
    internal sealed record Flush : FanOutCommand
    {
        public static readonly Flush Now = new();
    }

    /// <summary>To itself: a flush that didn't complete at once has.</summary>
    internal sealed record Flushed(Outbound Who, bool Open) : FanOutCommand;
}
