using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>Where the connection stands, below the session that runs over it.</summary>
internal enum LinkPhase
{
    /// <summary>Nothing was asked yet.</summary>
    Idle,

    /// <summary>Connecting, TLS included.</summary>
    Opening,

    /// <summary>Connected, not yet in the lobby.</summary>
    Entering,

    /// <summary>Connected; the user is choosing a name.</summary>
    Naming,

    /// <summary>The server didn't wait for the user to choose a name; the choice connects again.</summary>
    Parked,

    /// <summary>In the lobby.</summary>
    Online,

    /// <summary>Waiting for the next try.</summary>
    Waiting,

    /// <summary>Goodbye was said; what was sent is on its way out.</summary>
    Leaving,

    /// <summary>Over for good.</summary>
    Stopped,
}

/// <summary>All that can happen to a connection. Times are milliseconds of one monotonic clock.</summary>
internal abstract record LinkInput
{
    private LinkInput()
    {
    }

    /// <summary>The user wants to be connected now.</summary>
    public sealed record Connect(long NowMs) : LinkInput;

    /// <summary>The socket is open and, with TLS, the certificate is the right one.</summary>
    public sealed record Opened(long NowMs) : LinkInput;

    /// <summary>No socket.</summary>
    /// <param name="Sentence">Why.</param>
    /// <param name="Advice">What a user who has never been connected should look at; may be empty.</param>
    /// <param name="Random">0 to below 1, for the jitter.</param>
    public sealed record Failed(string Sentence, string Advice, double Random) : LinkInput;

    /// <summary>The server isn't who it should be.</summary>
    public sealed record NotTrusted(string Sentence) : LinkInput;

    /// <summary>Bytes came in.</summary>
    public sealed record Heard(long NowMs) : LinkInput;

    /// <summary>The server wants a name that only the user can give.</summary>
    public sealed record NameMissing : LinkInput;

    /// <summary>The user chose a name.</summary>
    public sealed record NameChosen(long NowMs) : LinkInput;

    /// <summary>In the lobby, under these limits of the server's, with a session key that is due for another after a while.</summary>
    public sealed record Entered(string Name, uint PeopleOnline, Limits Limits, long NowMs, TimeSpan RenewIn) : LinkInput;

    /// <summary>The session ended, by word or by a lost socket.</summary>
    public sealed record Ended(CloseReason Reason, string Sentence, double Random) : LinkInput;

    /// <summary>Time passed.</summary>
    public sealed record Tick(long NowMs) : LinkInput;

    /// <summary>The wait is over.</summary>
    public sealed record RetryDue(long NowMs) : LinkInput;

    /// <summary>The user leaves.</summary>
    public sealed record Leave(long NowMs) : LinkInput;
}

/// <summary>All that a connection can want done.</summary>
internal abstract record LinkEffect
{
    private LinkEffect()
    {
    }

    /// <summary>Open a socket.</summary>
    public sealed record Open : LinkEffect;

    /// <summary>Drop the socket, whatever it was doing; the session over it is lost.</summary>
    public sealed record Drop : LinkEffect;

    /// <summary>Say goodbye, and end once it is out.</summary>
    public sealed record SayBye : LinkEffect;

    /// <summary>Ask for a sign of life.</summary>
    public sealed record Ping : LinkEffect;

    /// <summary>Come back after a while.</summary>
    public sealed record RetryIn(TimeSpan Delay) : LinkEffect;

    /// <summary>Tell the user.</summary>
    public sealed record Report(ConnectionStatus Status) : LinkEffect;
}
