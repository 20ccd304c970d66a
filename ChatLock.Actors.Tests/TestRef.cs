using Akka.Actor;

namespace ChatLock.Actors.Tests;

/// <summary>Someone who can be named and told; without an actor system nobody hears it.</summary>
internal sealed class TestRef(string name) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "test")) / name;

    public override IActorRefProvider Provider => throw new NotSupportedException();

    public override string ToString() => Path.Name;
}
