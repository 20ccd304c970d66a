namespace ChatLock.ConsoleClient.Cli;

/// <summary>What the command line asks for.</summary>
internal abstract record Invocation
{
    private Invocation()
    {
    }

    /// <summary>Chat.</summary>
    public sealed record Join : Invocation;

    /// <summary>Send and leave.</summary>
    public sealed record Send(string? To, string? Text) : Invocation;

    /// <summary>Show what comes.</summary>
    public sealed record Tail : Invocation;

    /// <summary>Tell who is here.</summary>
    public sealed record Who : Invocation;

    /// <summary>Compare a key.</summary>
    public sealed record Verify(string Name, string? Fingerprint) : Invocation;
}
