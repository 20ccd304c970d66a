using ChatLock.Client;

namespace ChatLock.ConsoleClient.Input;

/// <summary>What a typed line means.</summary>
internal abstract record LineCommand
{
    private LineCommand()
    {
    }

    /// <summary>Nothing was typed.</summary>
    public sealed record Nothing : LineCommand;

    /// <summary>For the client.</summary>
    public sealed record Do(ClientCommand Command) : LineCommand;

    /// <summary>Say the next lines in this room.</summary>
    public sealed record GoTo(KnownRoom Room) : LineCommand;

    /// <summary>Tell which rooms we are in.</summary>
    public sealed record ShowRooms : LineCommand;

    /// <summary>Tell the topic of the room where lines are said.</summary>
    public sealed record ShowTopic : LineCommand;

    /// <summary>Tell how to use the client, or one command.</summary>
    public sealed record Help(string? Command) : LineCommand;

    /// <summary>It means nothing; nothing is sent.</summary>
    public sealed record Wrong(string Sentence) : LineCommand;
}
