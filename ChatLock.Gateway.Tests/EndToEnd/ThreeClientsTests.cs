namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>The report's system as real processes: a gateway and three terminal clients over pipes.</summary>
public sealed class ThreeClientsTests
{
    [Theory]
    [InlineData("sealed")]
    [InlineData("classic")]
    public async Task Three_people_talk_to_all_and_privately_in_each_suite(string suite)
    {
        await using var rig = await Rig.StartAsync("--lobby.suite", suite);
        var alice = await rig.JoinAsync("alice", "--suite", suite);
        var bob = await rig.JoinAsync("bob", "--suite", suite);
        var carol = await rig.JoinAsync("carol", "--suite", suite);
        await alice.ReadUntilAsync("carol joined");

        await alice.TypeAsync("hello everyone");
        await alice.ReadUntilAsync("Me to all: hello everyone");
        var atBob = await bob.ReadUntilAsync("alice to all: hello everyone");
        await carol.ReadUntilAsync("alice to all: hello everyone");
        Assert.Equal(suite == "classic", atBob.Contains("INSECURE", StringComparison.Ordinal));

        await alice.TypeAsync("private:bob:for your eyes only");
        await alice.ReadUntilAsync("Me to bob (private): for your eyes only");
        var secret = await bob.ReadUntilAsync("alice to me (private): for your eyes only");
        Assert.Equal(suite == "classic", secret.Contains("INSECURE", StringComparison.Ordinal));
        await bob.TypeAsync("/msg alice seen");
        await alice.ReadUntilAsync("bob to me (private): seen");

        await alice.TypeAsync("good night");
        await carol.ReadUntilAsync("alice to all: good night");
        Assert.DoesNotContain("eyes only", carol.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("eyes only", rig.Gateway.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_killed_with_9_is_seen_to_go_and_the_others_talk_on()
    {
        await using var rig = await Rig.StartAsync("--limits.away-after", "1 s", "--limits.resume-window", "10 s");
        var alice = await rig.JoinAsync("alice");
        var bob = await rig.JoinAsync("bob");
        var carol = await rig.JoinAsync("carol");

        await bob.KillAsync();

        await alice.ReadUntilAsync("bob is away");
        await alice.ReadUntilAsync("bob DISCONNECTED");
        await carol.ReadUntilAsync("bob DISCONNECTED");
        await alice.TypeAsync("still here?");
        await carol.ReadUntilAsync("alice to all: still here?");
        var again = await rig.JoinAsync("bob");
        await carol.ReadUntilAsync("bob joined");
        await again.TypeAsync("/quit");
        Assert.Equal(0, await again.ExitCodeAsync());
        await alice.ReadUntilAsync("bob DISCONNECTED");
    }

    [Fact]
    public async Task A_taken_name_is_asked_for_again_on_the_same_connection()
    {
        await using var rig = await Rig.StartAsync();
        await rig.JoinAsync("alice");
        var second = rig.Start("second", rig.Tls.ToString());

        await second.TypeAsync("alice");
        await second.ReadUntilAsync("exists");
        await second.TypeAsync("alice2");

        await second.ReadUntilAsync("as alice2");
    }

    [Fact]
    public async Task When_the_gateway_stops_everyone_is_told_and_it_exits_with_0()
    {
        await using var rig = await Rig.StartAsync();
        var alice = await rig.JoinAsync("alice");

        rig.Gateway.Terminate();

        await alice.ReadUntilAsync("The server is stopping");
        Assert.Equal(0, await rig.Gateway.ExitCodeAsync());
    }
}
