using System.Text;
using Xunit.Abstractions;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>The server can't read it: no text that was sent is found in anything the gateway had.</summary>
public sealed class CaptureTests(ITestOutputHelper output)
{
    private const int Messages = 1000;
    private const string CanaryPrefix = "canary";

    /// <summary>Names are not secret: finding this one shows that the search finds what is there.</summary>
    private const string Visible = "canaryvisible";

    [Fact]
    public async Task Of_1000_messages_none_is_found_in_the_bytes_received_the_log_or_the_memory_of_the_gateway()
    {
        // All private ones fit into bob's mailbox: he may read as slowly as his machine is.
        await using var rig = await Rig.StartAsync(
            "--limits.posts-per-second", "100000", "--limits.posts-burst", "100000",
            "--mailbox.messages-max", $"{Messages}", "--mailbox.sender-max", $"{Messages}");
        using var proxy = new RecordingProxy(rig.Plain);
        var server = $"plain://127.0.0.1:{proxy.Port}";
        var alice = rig.Start("alice", server, "--name", Visible);
        await alice.ReadUntilAsync($"as {Visible}");
        var bob = rig.Start("bob", server, "--name", "bob");
        await bob.ReadUntilAsync("as bob");
        await alice.ReadUntilAsync("bob joined");

        var canaries = Enumerable.Range(0, Messages).Select(i => $"{CanaryPrefix}{Guid.NewGuid():N}").ToArray();
        for (var i = 0; i < Messages; i++)
            await alice.TypeAsync(i % 2 == 0 ? canaries[i] : $"private:bob:{canaries[i]}");
        foreach (var canary in canaries.Where((_, i) => i % 2 == 0))
            await bob.ReadUntilAsync(canary);
        await alice.TypeAsync("private:bob:the end");
        await bob.ReadUntilAsync("(private): the end");
        Assert.All(canaries, canary => Assert.Contains(canary, bob.Everything, StringComparison.Ordinal));

        var needles = new NeedleSet(CanaryPrefix, [.. canaries, Visible]);
        var received = needles.Find(proxy.Recorded());
        var logged = needles.Find(Encoding.UTF8.GetBytes(rig.Gateway.Everything));
        var remembered = ProcessMemory.Find(rig.Gateway.Id, needles, needles.MaxBytes);

        output.WriteLine(
            $"{Messages} canaries: {received.Count - 1} in {proxy.Recorded().Length} bytes received, {logged.Count} in the log, " +
            $"{remembered.Count - 1} in the gateway's memory");
        Assert.Equal([Visible], received);
        Assert.Empty(logged);
        Assert.Equal([Visible], remembered);
    }
}
