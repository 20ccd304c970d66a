namespace ChatLock.Client.Connection;

/// <summary>Why the client gave up, for those who must act on it: a script's exit code.</summary>
public enum StopKind
{
    /// <summary>The user left.</summary>
    Left,

    /// <summary>The first try to connect failed.</summary>
    CannotConnect,

    /// <summary>The server isn't the one it was, or not the one it says it is.</summary>
    NotTrusted,

    /// <summary>The server ended the session and trying again would end the same way.</summary>
    Refused,
}

/// <summary>How the connection stands; <see cref="Sentence"/> says it in words.</summary>
public abstract record ConnectionStatus
{
    private ConnectionStatus()
    {
    }

    /// <summary>The state in words, one line. Parts from the server are not escaped yet.</summary>
    public abstract string Sentence { get; }

    /// <summary>The name of the state in machine-readable output; never changes.</summary>
    public abstract string Name { get; }

    /// <summary>Trying to connect.</summary>
    public sealed record Connecting(ServerAddress Server, bool Again) : ConnectionStatus
    {
        /// <inheritdoc/>
        public override string Sentence => Again ? $"Reconnecting to {Server}" : $"Connecting to {Server}";

        /// <inheritdoc/>
        public override string Name => "connecting";
    }

    /// <summary>In the lobby.</summary>
    public sealed record Online(ServerAddress Server, string YourName, uint PeopleOnline) : ConnectionStatus
    {
        /// <inheritdoc/>
        public override string Sentence =>
            $"Connected to {Server} as {YourName}. {(PeopleOnline <= 1 ? "Nobody else is here yet." : $"{PeopleOnline} are here.")}";

        /// <inheritdoc/>
        public override string Name => "online";
    }

    /// <summary>Not connected; the next try comes after <paramref name="Delay"/>.</summary>
    public sealed record Waiting(string Why, TimeSpan Delay) : ConnectionStatus
    {
        /// <inheritdoc/>
        public override string Sentence => $"{Why} Reconnecting, next try in {InWords(Delay)}";

        /// <inheritdoc/>
        public override string Name => "waiting";

        private static string InWords(TimeSpan delay) =>
            delay < TimeSpan.FromSeconds(1) ? "less than 1 s" : $"{Math.Round(delay.TotalSeconds):0} s";
    }

    /// <summary>Not connected, and it stays so.</summary>
    public sealed record Stopped(StopKind Kind, string Why) : ConnectionStatus
    {
        /// <inheritdoc/>
        public override string Sentence => Why;

        /// <inheritdoc/>
        public override string Name => "stopped";
    }
}
