using Akka.Configuration;

namespace ChatLock.ConsoleClient.Settings;

/// <summary>Flag over environment over file over HOCON/client.conf; a key that isn't in the last is refused.</summary>
internal static class SettingsLayers
{
    public const string EnvironmentPrefix = "CHATLOCK__CLIENT__";
    private const string Root = "chatlock.client";
    private const string ReferenceName = "client.conf";

    /// <summary>The file that is read if it is there and none was named.</summary>
    public static string DefaultFile(IReadOnlyDictionary<string, string> environment)
    {
        var folder = environment.GetValueOrDefault("XDG_CONFIG_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(environment.GetValueOrDefault("HOME") ?? ".", ".config");
        return Path.Combine(folder, "chatlock", ReferenceName);
    }

    /// <summary>All settings below <c>chatlock.client</c>.</summary>
    /// <param name="flags">Keys without the root and their values, from the command line.</param>
    /// <param name="environment">All variables.</param>
    /// <param name="file">A file that must be there; <c>null</c> reads the default one if it is.</param>
    /// <exception cref="SettingsException">A key or a file is wrong.</exception>
    public static Config Merge(
        IEnumerable<KeyValuePair<string, string>> flags, IReadOnlyDictionary<string, string> environment, string? file)
    {
        var reference = Parse(ReadReference(), ReferenceName).GetConfig(Root);
        var config = reference;
        var used = file ?? (File.Exists(DefaultFile(environment)) ? DefaultFile(environment) : null);
        if (used is not null)
            config = FromFile(used, reference).WithFallback(config);
        foreach (var (variable, value) in environment.Where(pair => pair.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal)))
            config = One(KeyOf(variable), value, reference, $"The environment variable {variable}").WithFallback(config);
        foreach (var (key, value) in flags)
            config = One(key, value, reference, "The command line").WithFallback(config);
        return config;
    }

    private static Config FromFile(string path, Config reference)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The settings file {path} can't be read: {failed.Message}");
        }
        var whole = Parse(text, path);
        var given = whole.HasPath(Root) ? whole.GetConfig(Root) : Config.Empty;
        foreach (var key in Leaves(given, ""))
            RequireKnown(key, reference, path);
        return given;
    }

    private static Config One(string key, string value, Config reference, string source)
    {
        RequireKnown(key, reference, source);
        var quoted = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return Parse($"{key} = \"{quoted}\"", source);
    }

    private static void RequireKnown(string key, Config reference, string source)
    {
        if (!Leaves(reference, "").Contains(key))
            throw new SettingsException($"{source} sets {Root}.{key}, which isn't a setting. HOCON/client.conf lists them all.");
    }

    private static Config Parse(string text, string source)
    {
        try
        {
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception wrong) when (wrong is FormatException or ConfigurationException or ArgumentException)
        {
            throw new SettingsException($"{source} isn't HOCON: {wrong.Message}");
        }
    }

    private static IEnumerable<string> Leaves(Config config, string prefix) => config.IsEmpty
        ? []
        : Leaves(config.Root.GetObject(), prefix);

    private static IEnumerable<string> Leaves(Akka.Configuration.Hocon.HoconObject node, string prefix) =>
        node.Items.SelectMany(item => item.Value.IsObject()
            ? Leaves(item.Value.GetObject(), $"{prefix}{item.Key}.")
            : [prefix + item.Key]);

    private static string ReadReference()
    {
        using var stream = typeof(SettingsLayers).Assembly.GetManifestResourceStream(ReferenceName)
            ?? throw new InvalidOperationException($"{ReferenceName} isn't embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string KeyOf(string variable) => variable[EnvironmentPrefix.Length..]
        .Replace("__", ".", StringComparison.Ordinal)
        .Replace('_', '-')
        .ToLowerInvariant();
}
