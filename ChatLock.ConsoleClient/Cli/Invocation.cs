namespace ChatLock.ConsoleClient.Cli;

/// <summary>What the command line asks for.</summary>
internal abstract record Invocation
{
    private Invocation()
    {
    }

    /// <summary>Chat. <paramref name="Invite"/>: a link into a room to be entered.</summary>
    public sealed record Join(string? Invite) : Invocation;

    /// <summary>Send and leave.</summary>
    public sealed record Send(string? To, string? Room, string? Text) : Invocation;

    /// <summary>Show what comes.</summary>
    public sealed record Tail(string? Room) : Invocation;

    /// <summary>Tell who is here.</summary>
    public sealed record Who : Invocation;

    /// <summary>Compare a key.</summary>
    public sealed record Verify(string Name, string? Fingerprint) : Invocation;
}
