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

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(
        new BoundedChannelOptions(Max) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
    private volatile IActorRef? _drained;
    private int _lost;
    private bool _lostSinceMark;

    /// <summary>Whether more should wait until the consumer has caught up.</summary>
    public bool IsFull => _items.Reader.Count >= HighWater;

    public void Write(ClientEvent happened)
    {
        if (_items.Writer.TryWrite(new Item(happened, null, null)))
            return;
        _lostSinceMark = true;
        Interlocked.Increment(ref _lost);
    }

    /// <summary>Tells an actor when the consumer has dealt with all that was written before, that is, when it asks for more; never
    /// if something of it since the last mark was dropped.</summary>
    public void Mark(IActorRef actor, object message)
    {
        if (!_lostSinceMark)
            _items.Writer.TryWrite(new Item(null, actor, message));
        _lostSinceMark = false;
    }

    /// <summary>No event follows.</summary>
    public void Complete() => _items.Writer.TryComplete();

    /// <summary>Tells this actor once when half of what waits is read.</summary>
    public void TellWhenDrained(IActorRef actor) => _drained = actor;

    public async IAsyncEnumerable<ClientEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancelled)
    {
        await foreach (var item in _items.Reader.ReadAllAsync(cancelled).ConfigureAwait(false))
        {
            if (_drained is { } actor && _items.Reader.Count <= HighWater / 2)
            {
                _drained = null;
                actor.Tell(EventsDrained.One, ActorRefs.NoSender);
            }
            item.Marked?.Tell(item.Mark!, ActorRefs.NoSender);
            if (item.Event is not { } happened)
                continue;
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
                yield return new ClientEvent.Notice("events-lost", $"{lost} events were dropped: nobody read them in time.", IsWarning: true);
            yield return happened;
        }
    }

    /// <summary>An event, or a mark with whom to tell of it.</summary>
    private readonly record struct Item(ClientEvent? Event, IActorRef? Marked, object? Mark);
}
