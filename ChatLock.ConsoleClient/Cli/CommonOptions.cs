using System.CommandLine;

namespace ChatLock.ConsoleClient.Cli;

/// <summary>Options of every command that talks to a gateway, and the settings they stand for.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Server { get; } = Text("--server", "SERVER", "Where the gateway is: host[:port] or chatlock://host:port#sha256=HEX.");

    public Option<string?> Name { get; } = Text("--name", "NAME", "The name to ask for.", "-n");

    public Option<string?> Data { get; } = Text("--data", "FOLDER", "Where identity and pinned keys are kept; another folder is another person.");

    public Option<string?> Suite { get; } = Text("--suite", "SUITE", "How private messages are encrypted: sealed, or classic (INSECURE).");

    public Option<string?> Config { get; } = Text("--config", "FILE", "A settings file instead of ~/.config/chatlock/client.conf.");

    public Option<bool> Json { get; } = Flag("--json", "One JSON object a line on standard output.");

    public Option<bool> Plain { get; } = Flag("--plain", "Plain lines, no line editing.");

    public Option<bool> NoColour { get; } = Flag("--no-color", "No colours.");

    public Option<bool> Times { get; } = Flag("--times", "The time of day before each message.");

    public Option<bool> Verbose { get; } = Flag("--verbose", "Say more on standard error.", "-v");

    public Option<bool> Quiet { get; } = Flag("--quiet", "Say only errors on standard error.", "-q");

    public IEnumerable<Option> All => [Server, Name, Data, Suite, Config, Json, Plain, NoColour, Times, Verbose, Quiet];

    /// <summary>The flags as settings, those that were given.</summary>
    public IEnumerable<KeyValuePair<string, string>> Given(ParseResult parsed, string? server)
    {
        foreach (var (key, value) in new[]
        {
            ("server", server ?? parsed.GetValue(Server)),
            ("name", parsed.GetValue(Name)),
            ("data-folder", parsed.GetValue(Data)),
            ("suite", parsed.GetValue(Suite)),
            ("json", On(parsed.GetValue(Json))),
            ("plain", On(parsed.GetValue(Plain))),
            ("times", On(parsed.GetValue(Times))),
            ("color", parsed.GetValue(NoColour) ? "never" : null),
            ("verbosity", parsed.GetValue(Quiet) ? "quiet" : parsed.GetValue(Verbose) ? "verbose" : null),
        })
        {
            if (value is not null)
                yield return KeyValuePair.Create(key, value);
        }
    }

    private static string? On(bool given) => given ? "on" : null;

    private static Option<string?> Text(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = value, Description = description, Recursive = true };

    private static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Recursive = true };
}
