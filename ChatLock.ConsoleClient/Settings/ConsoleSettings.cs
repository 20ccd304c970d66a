using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.ConsoleClient.Output;

namespace ChatLock.ConsoleClient.Settings;

/// <summary>When to colour.</summary>
internal enum ColourChoice
{
    Auto,
    Always,
    Never,
}

/// <summary>All settings, merged from flags, environment, file and defaults. HOCON/client.conf explains each.</summary>
internal sealed record ConsoleSettings
{
    public required ServerAddress Server { get; init; }

    public required string? Name { get; init; }

    public required SuiteInfo Suite { get; init; }

    public required string DataFolder { get; init; }

    public required bool Plain { get; init; }

    public required bool Json { get; init; }

    public required ColourChoice Colour { get; init; }

    public required bool Times { get; init; }

    /// <summary>The least that is said on standard error.</summary>
    public required LineLevel Level { get; init; }

    public required Backoff Backoff { get; init; }

    public required TimeSpan DrainTimeout { get; init; }
}

/// <summary>A setting is wrong; the message is a sentence that names it.</summary>
internal sealed class SettingsException(string message) : Exception(message);
