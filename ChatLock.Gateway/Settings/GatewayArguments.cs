using ChatLock.Actors;

namespace ChatLock.Gateway.Settings;

/// <summary>The gateway's command line.</summary>
/// <param name="Settings">Keys without "chatlock." and their values.</param>
/// <param name="File">A settings file, or null.</param>
/// <param name="Answer">What to print instead of starting, or null.</param>
public sealed record GatewayArguments(
    IReadOnlyList<KeyValuePair<string, string>> Settings, string? File, string? Answer)
{
    private const string Help =
        """
        chatlock-gateway: a ChatLock node. Starts without any argument.

          --config FILE     a HOCON file with settings
          --KEY VALUE       one setting, for example --listen.tcp 127.0.0.1:4600
          --help            this text
          --version         the version

        Settings are also read from the environment: CHATLOCK__LISTEN__TCP=127.0.0.1:4600.
        Command line beats environment beats file beats default. HOCON/reference.conf explains every key.
        Exit codes: 0 stopped as asked, 1 failed, 2 a setting is wrong.
        """;

    /// <exception cref="SettingsException">The words are off; the message says which.</exception>
    public static GatewayArguments Parse(IReadOnlyList<string> args)
    {
        var settings = new List<KeyValuePair<string, string>>();
        string? file = null;
        for (var i = 0; i < args.Count; i++)
        {
            var (option, value) = Split(args[i]);
            switch (option)
            {
                case "--help" or "-h" or "-?":
                    return new GatewayArguments([], null, Help);
                case "--version":
                    return new GatewayArguments([], null, Software.NameAndVersion);
                case "--config":
                    file = value ?? Next(args, ref i);
                    break;
                case ['-', '-', .. { Length: > 0 } key]:
                    settings.Add(KeyValuePair.Create(key, value ?? Next(args, ref i)));
                    break;
                default:
                    throw new SettingsException($"\"{args[i]}\" isn't an option. --help lists them.");
            }
        }

        return new GatewayArguments(settings, file, null);
    }

    private static (string Option, string? Value) Split(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=') is var at and > 0
            ? (arg[..at], arg[(at + 1)..])
            : (arg, null);

    private static string Next(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new SettingsException($"{args[i - 1]} needs a value.");
}
