using System.Reflection;
using System.Text.Json;
using Akka.Configuration;
using ChatLock.Actors;

namespace ChatLock.Gateway.Settings;

/// <summary>The layers of the settings: command line over environment over file over HOCON/reference.conf.</summary>
public static class SettingsLayers
{
    /// <summary>CHATLOCK__LIMITS__POSTS_PER_SECOND is chatlock.limits.posts-per-second.</summary>
    public const string EnvironmentPrefix = "CHATLOCK__";

    /// <summary>The terminal client's own variables, which may be set for both in one shell.</summary>
    private const string ClientPrefix = "CHATLOCK__CLIENT__";

    /// <summary>All layers in one; every key that a layer sets is known.</summary>
    /// <param name="commandLine">Keys without "chatlock." and their values, from the command line.</param>
    /// <param name="environment">All environment variables; those with the prefix count.</param>
    /// <param name="file">A HOCON file, or null.</param>
    public static Config Merge(
        IEnumerable<KeyValuePair<string, string>> commandLine,
        IEnumerable<KeyValuePair<string, string>> environment,
        string? file)
    {
        var reference = Embedded(typeof(ServerSettings).Assembly, "reference.conf");
        var config = reference.WithFallback(Embedded(typeof(SettingsLayers).Assembly, "gateway.conf"));
        if (file is not null)
            config = Checked(FromFile(file), reference, file).WithFallback(config);

        var fromEnvironment = environment
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal)
                && !variable.Key.StartsWith(ClientPrefix, StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create(KeyOf(variable.Key), variable.Value));
        foreach (var (key, value) in fromEnvironment)
            config = Checked(Setting(key, value), reference, "The environment").WithFallback(config);
        foreach (var (key, value) in commandLine)
            config = Checked(Setting(key, value), reference, "The command line").WithFallback(config);
        return config;
    }

    private static string KeyOf(string variable) => variable[EnvironmentPrefix.Length..]
        .Replace("__", ".", StringComparison.Ordinal)
        .Replace('_', '-')
        .ToLowerInvariant();

    private static Config Checked(Config layer, Config reference, string source)
    {
        SettingsReader.RefuseUnknownKeys(layer, reference, source);
        return layer;
    }

    private static Config Setting(string key, string value)
    {
        if (key.Length == 0 || key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')))
            throw new SettingsException($"\"{JsonEncodedText.Encode(key)}\" isn't the name of a setting.");
        return ConfigurationFactory.ParseString($"{SettingsReader.Root}.{key} = {JsonSerializer.Serialize(value)}");
    }

    private static Config FromFile(string file)
    {
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The settings file {file} can't be read: {unreadable.Message}");
        }
        catch (Exception wrong) when (wrong is FormatException or ConfigurationException)
        {
            throw new SettingsException($"The settings file {file} isn't HOCON: {wrong.Message}");
        }
    }

    private static Config Embedded(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} isn't embedded");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
