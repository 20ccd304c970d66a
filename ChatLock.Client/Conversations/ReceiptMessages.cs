using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>All that can happen to the receipts of a private conversation.</summary>
internal abstract record ReceiptInput
{
    private ReceiptInput()
    {
    }

    /// <summary>A message of the peer's is shown, and nobody has been told yet.</summary>
    /// <param name="Id">16 bytes.</param>
    /// <param name="Suite">How it was encrypted; its receipt is too.</param>
    public sealed record Show(ByteString Id, uint Suite) : ReceiptInput;

    /// <summary>A request would keep no message waiting now.</summary>
    public sealed record Turn : ReceiptInput;

    /// <summary>The peer's session key is known. <paramref name="IsHere"/>: it has a connection, too.</summary>
    public sealed record Met(bool IsHere) : ReceiptInput;

    /// <summary>The peer came, went or connected anew: what is known of its session key may be old.</summary>
    public sealed record Stale(bool IsHere) : ReceiptInput;

    /// <summary>Nobody holds the peer's key any more: nobody waits for these receipts.</summary>
    public sealed record Gone : ReceiptInput;

    /// <summary>Connected.</summary>
    public sealed record Online : ReceiptInput;

    /// <summary>Disconnected; whatever had no answer has none.</summary>
    public sealed record Offline : ReceiptInput;

    /// <summary>The server has answered, yes or no, or the receipt never left.</summary>
    public sealed record Answered : ReceiptInput;

    /// <summary>The rest after a receipt is over.</summary>
    public sealed record Rested : ReceiptInput;
}

/// <summary>All that the receipts of a conversation can want done.</summary>
internal abstract record ReceiptEffect
{
    private ReceiptEffect()
    {
    }

    /// <summary>Say when a request would keep no message waiting.</summary>
    public sealed record AwaitTurn : ReceiptEffect;

    /// <summary>Find out the peer's session key, if it isn't known.</summary>
    public sealed record Meet : ReceiptEffect;

    /// <summary>Seal and send a receipt for these messages now.</summary>
    public sealed record Send(IReadOnlyList<ByteString> Ids, uint Suite) : ReceiptEffect;

    /// <summary>Let others have their turn.</summary>
    public sealed record EndTurn : ReceiptEffect;

    /// <summary>Rest, then say so.</summary>
    public sealed record RestFor(TimeSpan Delay) : ReceiptEffect;
}
