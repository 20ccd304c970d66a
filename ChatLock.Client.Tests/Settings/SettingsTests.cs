using ChatLock.ConsoleClient.Output;
using ChatLock.ConsoleClient.Settings;

namespace ChatLock.Client.Tests.Settings;

public sealed class SettingsTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("chatlock-test-");
    private readonly Dictionary<string, string> _environment;

    public SettingsTests() => _environment = new() { ["HOME"] = _home.FullName };

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Without_anything_the_documented_defaults_hold()
    {
        var settings = Read();
        Assert.Equal("127.0.0.1:4600", settings.Server.ToString());
        Assert.Null(settings.Name);
        Assert.Equal("sealed", settings.Suite.Name);
        Assert.Equal(Path.Combine(_home.FullName, ".local", "share", "chatlock", "client"), settings.DataFolder);
        Assert.Equal((LineLevel.Normal, false, ColourChoice.Auto), (settings.Level, settings.Json, settings.Colour));
        Assert.Equal((0.5, 30, 10), (settings.Backoff.First.TotalSeconds, settings.Backoff.Longest.TotalSeconds, settings.DrainTimeout.TotalSeconds));
    }

    [Fact]
    public void A_flag_beats_the_environment_which_beats_the_file_which_beats_the_default()
    {
        WriteFile("chatlock.client { name = file, suite = classic, server = \"file:1\" }");
        _environment["CHATLOCK__CLIENT__NAME"] = "environment";
        _environment["CHATLOCK__CLIENT__SERVER"] = "environment:2";
        var settings = Read(("server", "flag:3"));
        Assert.Equal(("flag:3", "environment", "classic"), (settings.Server.ToString(), settings.Name, settings.Suite.Name));
    }

    [Fact]
    public void The_xdg_folders_are_used_where_they_are_set()
    {
        _environment["XDG_DATA_HOME"] = "/data";
        Assert.Equal("/data/chatlock/client", Read().DataFolder);
        _environment["XDG_CONFIG_HOME"] = "/config";
        Assert.Equal("/config/chatlock/client.conf", SettingsLayers.DefaultFile(_environment));
    }

    [Theory]
    [InlineData("CHATLOCK__CLIENT__NAMES", "x", "chatlock.client.names")]
    [InlineData("CHATLOCK__CLIENT__JSON", "maybe", "chatlock.client.json")]
    [InlineData("CHATLOCK__CLIENT__RECONNECT__FIRST", "soon", "chatlock.client.reconnect.first")]
    [InlineData("CHATLOCK__CLIENT__RECONNECT__FIRST", "1 h", "chatlock.client.reconnect.first")]
    [InlineData("CHATLOCK__CLIENT__SUITE", "rot13", "chatlock.client.suite")]
    [InlineData("CHATLOCK__CLIENT__SERVER", "http://x", "chatlock.client.server")]
    [InlineData("CHATLOCK__CLIENT__VERBOSITY", "loud", "chatlock.client.verbosity")]
    public void A_wrong_key_or_value_is_named(string variable, string value, string named)
    {
        _environment[variable] = value;
        Assert.Contains(named, Assert.Throws<SettingsException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_key_in_the_file_is_named_with_the_file()
    {
        WriteFile("chatlock.client.reconnect.last = 3 s");
        var message = Assert.Throws<SettingsException>(() => Read()).Message;
        Assert.Contains("chatlock.client.reconnect.last", message, StringComparison.Ordinal);
        Assert.Contains(SettingsLayers.DefaultFile(_environment), message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_named_must_be_there() =>
        Assert.Throws<SettingsException>(() => SettingsLayers.Merge([], _environment, "/nowhere/client.conf"));

    [Fact]
    public void The_gateways_variables_are_none_of_ours()
    {
        _environment["CHATLOCK__LISTEN__TCP"] = "*:4600";
        Assert.Equal("127.0.0.1:4600", Read().Server.ToString());
    }

    [Fact]
    public void A_value_with_quotes_and_backslashes_is_taken_as_it_is() =>
        Assert.Equal("a\"b\\c # d", Read(("name", "a\"b\\c # d")).Name);

    private void WriteFile(string text)
    {
        var file = SettingsLayers.DefaultFile(_environment);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private ConsoleSettings Read(params (string Key, string Value)[] flags) => SettingsReader.Read(
        SettingsLayers.Merge(flags.Select(flag => KeyValuePair.Create(flag.Key, flag.Value)), _environment, file: null), _environment);
}
