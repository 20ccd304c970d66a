using ChatLock.Actors;
using ChatLock.Gateway.Settings;

namespace ChatLock.Gateway.Tests;

/// <summary>A wrong setting stops the start with a sentence that names it.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("limits.nam-max", "3")]
    [InlineData("limits", "3")]
    [InlineData("limits.frame-max", "12q")]
    [InlineData("limits.frame-max", "1")]
    [InlineData("limits.posts-per-second", "0")]
    [InlineData("limits.posts-per-second", "ten")]
    [InlineData("limits.hello-timeout", "soon")]
    [InlineData("limits.ping-after", "10 m")]
    [InlineData("limits.text-max", "64 KiB")]
    [InlineData("limits.outbound-max", "64 KiB")]
    [InlineData("limits.resume-window", "25 h")]
    [InlineData("limits.resume-window", "-1 s")]
    [InlineData("limits.away-after", "10 m")]
    [InlineData("names.reserve-for", "forever")]
    [InlineData("names.reserved-max", "-1")]
    [InlineData("mailbox.messages-max", "0")]
    [InlineData("mailbox.sender-max", "501")]
    [InlineData("mailbox.keep-for", "1 s")]
    [InlineData("listen.tcp", "nowhere")]
    [InlineData("listen.tcp-plain", "0.0.0.0:4601")]
    [InlineData("listen.page", "*:4680")]
    [InlineData("lobby.suite", "des")]
    [InlineData("connections.loopback-exempt", "maybe")]
    [InlineData("tls.certificate", "only-one.pem")]
    public void A_wrong_key_or_value_is_named(string key, string value)
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(commandLine: [new(key, value)]));

        Assert.Contains(key.Split('.')[0], wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anything_set_all_defaults_are_good()
    {
        var settings = Read();

        Assert.Equal(64 * 1024, settings.Server.Limits.FrameMaxBytes);
        Assert.Equal(4600, settings.Tcp!.Port);
        Assert.Null(settings.TcpPlain);
        var server = settings.Server;
        Assert.Equal((300, 10), (server.Limits.ResumeWindow.TotalSeconds, server.Limits.AwayAfter.TotalSeconds));
        Assert.Equal((30, 50_000), (server.Names.ReserveFor.TotalDays, server.Names.ReservedMax));
        Assert.Equal((500, 100, 7), (server.Mailbox.MessagesMax, server.Mailbox.SenderMax, server.Mailbox.KeepFor.TotalDays));
        Assert.True(settings.Page!.IsLoopback);
    }

    [Fact]
    public void The_command_line_beats_the_environment_beats_the_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "chatlock.limits { posts-per-second = 1, posts-burst = 1, rooms-max = 1 }");
        KeyValuePair<string, string>[] environment =
            [new("CHATLOCK__LIMITS__POSTS_PER_SECOND", "2"), new("CHATLOCK__LIMITS__POSTS_BURST", "2"), new("PATH", "/bin")];

        var limits = Read([new("limits.posts-per-second", "3")], environment, file).Server.Limits;

        Assert.Equal((3, 2, 1), (limits.PostsPerSecond, limits.PostsBurst, limits.RoomsMax));
        File.Delete(file);
    }

    [Fact]
    public void The_terminal_clients_variables_are_not_the_gateways()
    {
        Read(environment: [new("CHATLOCK__CLIENT__NAME", "alice")]);

        Assert.Throws<SettingsException>(() => Read(environment: [new("CHATLOCK__CLIENTS", "1")]));
    }

    [Fact]
    public void A_file_that_is_missing_is_named() => Assert.Contains(
        "/no/such/file", Assert.Throws<SettingsException>(() => Read(file: "/no/such/file")).Message, StringComparison.Ordinal);

    private static GatewaySettings Read(
        KeyValuePair<string, string>[]? commandLine = null, KeyValuePair<string, string>[]? environment = null, string? file = null)
    {
        var config = SettingsLayers.Merge(commandLine ?? [], environment ?? [], file);
        return GatewaySettings.Read(new SettingsReader(config.GetConfig(SettingsReader.Root)));
    }
}
