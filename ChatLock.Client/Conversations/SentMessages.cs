using System.Collections.Immutable;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>The latest messages sent to one peer that it hasn't said to show yet: id to number.</summary>
/// <remarks>A value. The oldest are forgotten; a receipt for them then says nothing.</remarks>
internal sealed record SentMessages
{
    /// <summary>Messages remembered for each peer.</summary>
    public const int Max = 1_024;

    public static readonly SentMessages None = new();

    private ImmutableDictionary<ByteString, int> Numbers { get; init; } = ImmutableDictionary<ByteString, int>.Empty;

    private ImmutableQueue<ByteString> InOrder { get; init; } = [];

    private int Count { get; init; }

    /// <summary>One more was sent.</summary>
    public SentMessages With(ByteString id, int number)
    {
        var next = this with { Numbers = Numbers.SetItem(id, number), InOrder = InOrder.Enqueue(id), Count = Count + 1 };
        if (next.Count <= Max)
            return next;
        var rest = next.InOrder.Dequeue(out var oldest);
        return next with { Numbers = next.Numbers.Remove(oldest), InOrder = rest, Count = Max };
    }

    /// <summary>The number of a message, and the others: a message is delivered once.</summary>
    public bool TryTake(ByteString id, out int number, out SentMessages rest)
    {
        var isKnown = Numbers.TryGetValue(id, out number);
        rest = isKnown ? this with { Numbers = Numbers.Remove(id) } : this;
        return isKnown;
    }
}
