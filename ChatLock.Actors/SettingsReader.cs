using System.Globalization;
using Akka.Configuration;

namespace ChatLock.Actors;

/// <summary>A setting is wrong; the message is a sentence that names it.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Reads the settings under "chatlock", each within its bounds.</summary>
public sealed class SettingsReader(Config chatlock)
{
    public const string Root = "chatlock";

    public string Text(string key) => chatlock.GetString(key, "");

    public bool Switch(string key) => Text(key).ToLowerInvariant() switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw Wrong(key, "on or off"),
    };

    /// <summary>A list, or one text with commas as command line and environment give it.</summary>
    public IReadOnlyList<string> List(string key) => chatlock.GetValue(key) switch
    {
        null => [],
        { } value when value.IsArray() => [.. value.GetStringList()],
        { } value => value.GetString() is { } text // null for an empty list
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [],
    };

    public int Int(string key, int min, int max) =>
        int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Wrong(key, $"a whole number from {min} to {max}");

    public int Bytes(string key, int min, int max) => (int)Bytes(key, (long)min, max);

    public long Bytes(string key, long min, long max) =>
        Parsed(() => chatlock.GetByteSize(key)) is { } value && value >= min && value <= max
            ? value
            : throw Wrong(key, $"a size from {min} to {max} bytes, such as \"64 KiB\"");

    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max) =>
        Parsed(() => (TimeSpan?)chatlock.GetTimeSpan(key, allowInfinite: false)) is { } value && value >= min && value <= max
            ? value
            : throw Wrong(key, $"a time from {min.TotalSeconds} s to {max.TotalSeconds} s, such as \"10 s\"");

    public SettingsException Wrong(string key, string mustBe) =>
        new($"The setting {Root}.{key} is \"{string.Join(", ", List(key))}\"; it must be {mustBe}.");

    /// <summary>Checks that each key of <paramref name="given"/> is one that the reference has.</summary>
    /// <param name="source">Where the keys come from, for the sentence.</param>
    public static void RefuseUnknownKeys(Config given, Config reference, string source)
    {
        foreach (var (key, _) in given.AsEnumerable())
        {
            if (key is not (Root or "akka"))
                throw new SettingsException($"{source} sets \"{key}\"; settings begin with \"{Root}.\" (or \"akka.\").");
        }

        foreach (var key in Leaves(given, Root))
        {
            if (!reference.HasPath(key) || reference.GetValue(key).IsObject())
                throw new SettingsException($"{source} sets {key}, which isn't a setting. HOCON/reference.conf lists them all.");
        }
    }

    private static IEnumerable<string> Leaves(Config config, string path)
    {
        if (!config.HasPath(path))
            return [];
        var value = config.GetValue(path);
        return value.IsObject()
            ? value.GetObject().Items.Keys.SelectMany(key => Leaves(config, $"{path}.{key}"))
            : [path];
    }

    /// <summary>Akka's parsers throw several types for text that isn't what it should be.</summary>
    private static T? Parsed<T>(Func<T?> read) where T : struct
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ConfigurationException or ArgumentException)
        {
            return null;
        }
    }
}
