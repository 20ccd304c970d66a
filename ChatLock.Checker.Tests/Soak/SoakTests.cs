using ChatLock.Checker.Soak;
using Xunit.Abstractions;

namespace ChatLock.Checker.Tests.Soak;

/// <summary>Short soaks with a real gateway; the long one is a command of its own (docs/CHECKER.md section 5).</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private static readonly string Gateway = Path.Combine(
        AppContext.BaseDirectory.Replace("ChatLock.Checker.Tests", "ChatLock.Gateway", StringComparison.Ordinal), "chatlock-gateway.dll");

    [Fact]
    public async Task Where_nothing_goes_wrong_a_soak_finds_nothing()
    {
        var result = await RunAsync(kills: 0);
        Assert.Empty(result.Verdict.Violations);
        Assert.True(result.IsGood);
        Assert.True(result.Verdict.Tally is { Acknowledged: > 50, SignaturesVerified: > 50 });
        Assert.True(result.Verdict.Tally.Delivered >= 2 * result.Verdict.Tally.Acknowledged);
    }

    [Fact]
    public async Task A_gateway_that_keeps_its_promises_may_be_killed()
    {
        var result = await RunAsync(kills: 1);
        Assert.Empty(result.Verdict.Violations);
        Assert.True(result.IsGood);
    }

    /// <remarks>A gateway that keeps nothing on disk forgets numbers and names when it is killed. A soak that said nothing of this one
    /// would be blind.</remarks>
    [Fact]
    public async Task A_gateway_that_forgets_when_it_is_killed_is_found_out()
    {
        var result = await RunAsync(kills: 1, "--storage.durability", "memory");
        Assert.False(result.IsGood);
        // An honest one says itself what it forgot.
        Assert.True(result.Verdict.Violations.Count > 0 || result.Verdict.Tally.Declared > 0 || result.NamesGiven > 0 || result.PrivateGaps > 0);
    }

    private async Task<SoakResult> RunAsync(int kills, params IReadOnlyList<string> settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"chatlock-soak-{Guid.NewGuid():n}");
        var result = await SoakRun.RunAsync(
            new SoakSettings
            {
                Clients = 6,
                Rooms = 2,
                PrivateShare = 0.1,
                PerSecond = 60,
                Duration = TimeSpan.FromSeconds(3),
                Kills = kills,
                Gateway = Gateway,
                Folder = folder,
                GatewayArguments = settings,
                ExpectsNamesOnDisk = settings.Count == 0,
            },
            output.WriteLine);
        Directory.Delete(folder, recursive: true);
        return result;
    }
}
