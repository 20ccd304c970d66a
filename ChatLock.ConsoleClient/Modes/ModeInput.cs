using ChatLock.Client;
using ChatLock.ConsoleClient.Terminal;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>All that a mode reacts to, in one queue.</summary>
internal abstract record ModeInput
{
    private ModeInput()
    {
    }

    /// <summary>The client says something.</summary>
    public sealed record Happened(ClientEvent Event) : ModeInput
    {
        /// <summary>Done when it was shown and reacted to.</summary>
        public TaskCompletionSource DealtWith { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A line came from standard input; <c>null</c> at its end.</summary>
    public sealed record Line(string? Text) : ModeInput;

    /// <summary>A key was pressed.</summary>
    public sealed record Pressed(Key Key) : ModeInput;

    /// <summary>The terminal has another width.</summary>
    public sealed record Resized : ModeInput;

    /// <summary>SIGINT, SIGTERM or SIGHUP.</summary>
    public sealed record Interrupted : ModeInput;

    /// <summary>The wait for the server's answers is over.</summary>
    public sealed record DrainOver : ModeInput;
}
