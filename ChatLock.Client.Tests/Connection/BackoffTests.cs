using ChatLock.Client.Connection;
using CsCheck;

namespace ChatLock.Client.Tests.Connection;

public sealed class BackoffTests
{
    private static readonly Backoff Backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 16)]
    [InlineData(7, 30)]
    [InlineData(1000, 30)]
    public void It_doubles_up_to_the_longest(int failures, double seconds) =>
        Assert.Equal(seconds, Backoff.Delay(failures, random: 1).TotalSeconds, precision: 6);

    [Fact]
    public void Jitter_takes_off_at_most_half() => Gen.Select(Gen.Int[1, int.MaxValue], Gen.Double.Unit).Sample((failures, random) =>
    {
        var delay = Backoff.Delay(failures, random);
        var whole = Backoff.Delay(failures, 1);
        return delay >= whole / 2 - TimeSpan.FromTicks(1) && delay <= whole && whole <= TimeSpan.FromSeconds(30);
    });
}
