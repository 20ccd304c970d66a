using Akka.Configuration;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Rooms;
using ChatLock.ConsoleClient.Output;

namespace ChatLock.ConsoleClient.Settings;

/// <summary>Merged settings → values, each within its bounds.</summary>
internal static class SettingsReader
{
    /// <exception cref="SettingsException">A value can't be one; the message names the key.</exception>
    public static ConsoleSettings Read(Config config, IReadOnlyDictionary<string, string> environment)
    {
        var address = InviteLink.WithoutRoom(Text(config, "server")); // what leads into a room is a secret
        if (!ServerAddress.TryParse(address, out var server, out var problem))
            throw new SettingsException($"The setting chatlock.client.server is \"{address}\". {problem}");
        return new ConsoleSettings
        {
            Server = server,
            Name = Text(config, "name") is { Length: > 0 } name ? name : null,
            Suite = SuiteInfo.Find(Text(config, "suite")) ?? throw Wrong(
                config, "suite", $"It must be one of: {string.Join(", ", SuiteInfo.All.Select(suite => suite.Name))}."),
            DataFolder = Text(config, "data-folder") is { Length: > 0 } folder ? folder : DefaultDataFolder(environment),
            Plain = Switch(config, "plain"),
            Json = Switch(config, "json"),
            Colour = Choice(config, "color", ("auto", ColourChoice.Auto), ("always", ColourChoice.Always), ("never", ColourChoice.Never)),
            Times = Switch(config, "times"),
            Level = Choice(config, "verbosity",
                ("quiet", LineLevel.Error), ("normal", LineLevel.Normal), ("verbose", LineLevel.Detail)),
            Backoff = new Backoff(
                Duration(config, "reconnect.first", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
                Duration(config, "reconnect.longest", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))),
            DrainTimeout = Duration(config, "drain-timeout", TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        };
    }

    private static string DefaultDataFolder(IReadOnlyDictionary<string, string> environment)
    {
        var data = environment.GetValueOrDefault("XDG_DATA_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(environment.GetValueOrDefault("HOME") ?? ".", ".local", "share");
        return Path.Combine(data, "chatlock", "client");
    }

    private static string Text(Config config, string key) => config.GetString(key, "");

    private static bool Switch(Config config, string key) => Choice(config, key,
        ("on", true), ("off", false), ("true", true), ("false", false), ("yes", true), ("no", false));

    private static T Choice<T>(Config config, string key, params (string Word, T Value)[] choices)
    {
        foreach (var (word, value) in choices)
        {
            if (word.Equals(Text(config, key), StringComparison.OrdinalIgnoreCase))
                return value;
        }
        throw Wrong(config, key, $"It must be one of: {string.Join(", ", choices.Select(choice => choice.Word))}.");
    }

    private static TimeSpan Duration(Config config, string key, TimeSpan least, TimeSpan most)
    {
        try
        {
            var value = config.GetTimeSpan(key, allowInfinite: false);
            if (value >= least && value <= most)
                return value;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ConfigurationException or ArgumentException)
        {
            // Said below, as for a value out of its bounds.
        }
        throw Wrong(config, key, $"It must be a time from {least.TotalSeconds} s to {most.TotalSeconds} s, such as \"10 s\".");
    }

    private static SettingsException Wrong(Config config, string key, string must) =>
        new($"The setting chatlock.client.{key} is \"{Text(config, key)}\". {must}");
}
