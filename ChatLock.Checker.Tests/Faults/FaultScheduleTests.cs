using ChatLock.Checker.Faults;
using CsCheck;

namespace ChatLock.Checker.Tests.Faults;

public sealed class FaultScheduleTests
{
    private static readonly FaultSettings Everything = new()
    {
        Seed = 7,
        Cut = 0.01,
        Stall = 0.01,
        Delay = 0.02,
        Drip = 0.02,
        HalfClose = 0.01,
        Corrupt = 0.03,
    };

    [Fact]
    public void The_same_seed_decides_the_same()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, 1_000]).Sample((seed, connection) =>
        {
            var settings = Everything with { Seed = seed };
            Assert.Equal(Of(settings, connection, FaultDirection.ToClient), Of(settings, connection, FaultDirection.ToClient));
        });
    }

    [Fact]
    public void Seeds_connections_and_directions_differ()
    {
        var one = Of(Everything, 1, FaultDirection.ToClient);
        Assert.NotEqual(one, Of(Everything, 1, FaultDirection.ToGateway));
        Assert.NotEqual(one, Of(Everything, 2, FaultDirection.ToClient));
        Assert.NotEqual(one, Of(Everything with { Seed = 8 }, 1, FaultDirection.ToClient));
    }

    /// <remarks>The seed is fixed, and with it the numbers.</remarks>
    [Fact]
    public void Faults_are_as_frequent_as_they_are_set()
    {
        var faults = FaultSchedule.Of(Everything, 1, FaultDirection.ToClient).Take(20_000).ToList();
        Assert.InRange(faults[^1].Offset / 1_024.0 * Everything.Total / faults.Count, 0.97, 1.03);
        foreach (var (kind, rate) in new[] { ("cut", 0.01), ("stall", 0.01), ("delay", 0.02), ("drip", 0.02), ("half-close", 0.01), ("corrupt", 0.03) })
            Assert.InRange(faults.Count(one => one.Fault.Kind == kind) / (double)faults.Count, rate * 9, rate * 11);
        Assert.Equal(faults.OrderBy(one => one.Offset), faults);
    }

    [Fact]
    public void What_has_no_rate_does_not_happen()
    {
        Assert.Empty(FaultSchedule.Of(new FaultSettings { Seed = 1 }, 1, FaultDirection.ToClient));
        Assert.All(
            FaultSchedule.Of(new FaultSettings { Corrupt = 0.5 }, 1, FaultDirection.ToClient).Take(1_000),
            one => Assert.NotEqual(0, Assert.IsType<Fault.Corrupt>(one.Fault).Mask));
    }

    private static List<ScheduledFault> Of(FaultSettings settings, int connection, FaultDirection direction) =>
        [.. FaultSchedule.Of(settings, connection, direction).Take(50)];
}
