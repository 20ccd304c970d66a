using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;

namespace ChatLock.Client;

/// <summary>The consumer has caught up: what was held back may come.</summary>
internal sealed record EventsDrained : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly EventsDrained One = new();
}

/// <summary>What happened, on its way from the client's actors to whoever shows it.</summary>
/// <remarks>
/// When <see cref="HighWater"/> events wait, the root stops giving back frame credits, and with that the socket isn't
/// read any more: TCP holds the server back. What still arrives is bounded by the frames under way; past
/// <see cref="Max"/> events are dropped and counted.
/// </remarks>
internal sealed class EventStream
{
    public const int HighWater = 1_024;
    public const int Max = 16 * 1_024;

    private readonly Channel<ClientEvent> _events = Channel.CreateBounded<ClientEvent>(
        new BoundedChannelOptions(Max) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
    private volatile IActorRef? _drained;
    private int _lost;

    /// <summary>Whether more should wait until the consumer has caught up.</summary>
    public bool IsFull => _events.Reader.Count >= HighWater;

    public void Write(ClientEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
            Interlocked.Increment(ref _lost);
    }

    /// <summary>No event follows.</summary>
    public void Complete() => _events.Writer.TryComplete();

    /// <summary>Tells this actor once when half of what waits is read.</summary>
    public void TellWhenDrained(IActorRef actor) => _drained = actor;

    public async IAsyncEnumerable<ClientEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancelled)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancelled).ConfigureAwait(false))
        {
            if (_drained is { } actor && _events.Reader.Count <= HighWater / 2)
            {
                _drained = null;
                actor.Tell(EventsDrained.One, ActorRefs.NoSender);
            }
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
                yield return new ClientEvent.Notice("events-lost", $"{lost} events were dropped: nobody read them in time.", IsWarning: true);
            yield return happened;
        }
    }
}
