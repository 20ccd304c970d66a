using System.Net;
using ChatLock.Actors;
using ChatLock.Actors.Storage;
using ChatLock.Gateway.Settings;
using ChatLock.Gateway.Tests.BadInput;
using ChatLock.Gateway.Tests.Page;

namespace ChatLock.Gateway.Tests.Ops;

/// <summary>/livez, /readyz, and a start that is refused.</summary>
public sealed class HealthTests
{
    private static readonly JournalId Secret = new("room", "~0123456789abcdef");

    [Fact]
    public async Task A_gateway_that_works_is_alive_and_ready()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var browser = new Browser(rig.Host);

        using var live = await browser.GetAsync("/livez");
        using var ready = await browser.GetAsync("/readyz");

        Assert.Equal((HttpStatusCode.OK, "alive\n"), (live.StatusCode, await live.Content.ReadAsStringAsync()));
        Assert.Equal((HttpStatusCode.OK, "ready\n"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        Assert.Equal("no-store", ready.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_journal_that_cannot_write_makes_it_not_ready_says_why_and_names_no_room_until_it_works_again()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var browser = new Browser(rig.Host);
        var health = rig.Host.Server.Journals.Health;
        health.Fails(Secret, "The disk is full.");
        health.Fails(new JournalId("mailbox", "carol"), "The disk is full.");

        using var live = await browser.GetAsync("/livez");
        using var failing = await browser.GetAsync("/readyz");
        health.Works(Secret);
        health.Works(new JournalId("mailbox", "carol"));
        using var again = await browser.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failing.StatusCode);
        Assert.Equal("not ready\n2 journals can't be written. The disk is full.\n", await failing.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_foreign_host_is_not_told()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var browser = new Browser(rig.Host);

        using var answer = await browser.GetAsync("/readyz", ("Host", "evil.example"));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_database_that_cannot_be_used_stops_the_start_with_a_sentence_and_lets_go_of_it()
    {
        var folder = Directory.CreateTempSubdirectory("chatlock-test-");
        var file = Path.Combine(folder.FullName, SqliteFile.Name);
        await File.WriteAllTextAsync(file, "a letter of more than sixteen characters");

        var wrong = await Assert.ThrowsAsync<SettingsException>(() => GatewayRig.StartAsync(("storage.folder", folder.FullName)));
        Assert.Contains(file, wrong.Message, StringComparison.Ordinal);

        File.Delete(file);
        (string, string)[] settings = [("storage.folder", folder.FullName), ("limits.resume-window", "0 s"), ("names.reserve-for", "0 s")];
        await using (await GatewayRig.StartAsync(settings))
            Assert.True(File.Exists(file));
        await using (await GatewayRig.StartAsync(settings)) // with a bystander of the same name and another key
            Assert.True(File.Exists(file));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task In_memory_nothing_is_written()
    {
        var folder = Directory.CreateTempSubdirectory("chatlock-test-");
        await using (await GatewayRig.StartAsync(("storage.folder", folder.FullName), ("storage.durability", "memory")))
            Assert.Empty(folder.EnumerateFileSystemInfos());
        folder.Delete();
    }

    [Theory]
    [InlineData("storage.durability", "maybe", "disk or memory")]
    [InlineData("storage.provider", "mysql", "sqlite or postgresql")]
    [InlineData("storage.provider", "postgresql", "storage.postgresql is empty")]
    [InlineData("storage.postgresql", "nonsense", "isn't a connection string")]
    [InlineData("storage.postgresql", "Host=db;Port=many", "isn't a connection string")]
    [InlineData("storage.postgresql", "Host=db;Username=u;Password=hunter2", "~/.pgpass")]
    [InlineData("storage.size-max", "1 KiB", "storage.size-max")]
    public void A_wrong_setting_is_named_and_no_password_is_repeated(string key, string value, string said)
    {
        var config = SettingsLayers.Merge([new(key, value)], [], file: null);

        var wrong = Assert.Throws<SettingsException>(() => GatewaySettings.Read(new SettingsReader(config.GetConfig(SettingsReader.Root))));

        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
    }
}
