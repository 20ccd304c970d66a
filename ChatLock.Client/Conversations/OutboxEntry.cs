using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>A message that was typed and isn't acknowledged yet.</summary>
/// <param name="Id">16 random bytes, the same in every try.</param>
/// <param name="Body">What it says.</param>
/// <param name="Suite">The suite it was typed under. A room's own suite outranks it.</param>
internal sealed record OutboxEntry(ByteString Id, MessageBody Body, uint Suite)
{
    /// <summary>As encrypted and signed; sent again as it is when its fate is unknown, so that receivers know a
    /// second one for a replay.</summary>
    public MessageTrace? Sealed { get; init; }

    /// <summary>Whether an answer is awaited.</summary>
    public bool InFlight { get; init; }

    /// <summary>How often the server said to try again.</summary>
    public int Refusals { get; init; }
}
