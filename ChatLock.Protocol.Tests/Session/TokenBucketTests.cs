using ChatLock.Protocol.Session;
using CsCheck;

namespace ChatLock.Protocol.Tests.Session;

public sealed class TokenBucketTests
{
    [Fact]
    public void A_full_bucket_gives_its_burst_and_then_says_when_to_come_back()
    {
        var bucket = TokenBucket.Full(burst: 3, nowMs: 1000);
        for (var i = 0; i < 3; i++)
            Assert.True(bucket.TryTake(10, 3, 1000, out bucket, out _));

        Assert.False(bucket.TryTake(10, 3, 1000, out bucket, out var retryAfterMs));

        Assert.Equal(100u, retryAfterMs);
        Assert.False(bucket.TryTake(10, 3, 1099, out bucket, out retryAfterMs));
        Assert.Equal(1u, retryAfterMs);
        Assert.True(bucket.TryTake(10, 3, 1100, out _, out retryAfterMs));
        Assert.Equal(0u, retryAfterMs);
    }

    [Fact]
    public void However_long_the_pause_it_holds_no_more_than_its_burst()
    {
        var bucket = TokenBucket.Full(burst: 2, nowMs: 0);
        var taken = 0;
        while (bucket.TryTake(1_000_000, 2, long.MaxValue / 1_000_000 / 2, out bucket, out _))
            taken++;

        Assert.Equal(2, taken);
    }

    [Fact]
    public void A_clock_that_goes_back_gives_nothing_and_takes_nothing()
    {
        Assert.True(TokenBucket.Full(burst: 1, nowMs: 5000).TryTake(1, 1, 5000, out var empty, out _));

        Assert.False(empty.TryTake(1, 1, 0, out empty, out _));
        Assert.False(empty.TryTake(1, 1, 5999, out empty, out _));
        Assert.True(empty.TryTake(1, 1, 6000, out _, out _));
    }

    [Fact]
    public void It_tells_how_long_it_takes_until_so_many_are_there() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 60], Gen.Int[0, 80], Gen.Int[0, 3000]).Sample((perSecond, burst, takes, nowMs) =>
        {
            var bucket = TokenBucket.Full(burst, 0);
            for (var take = 0; take < takes; take++)
                bucket.TryTake(perSecond, burst, 0, out bucket, out _);
            for (var tokens = 1; tokens <= burst; tokens++)
            {
                var waitMs = bucket.MsUntil(tokens, perSecond, burst, nowMs);
                Assert.True(HasAt(bucket, tokens, perSecond, burst, nowMs + waitMs), "they are there");
                Assert.True(waitMs == 0 || !HasAt(bucket, tokens, perSecond, burst, nowMs + waitMs - 1), "and not before");
            }
        }, iter: 300);

    private static bool HasAt(TokenBucket bucket, int tokens, int perSecond, int burst, long atMs) =>
        Enumerable.Range(0, tokens).All(token => bucket.TryTake(perSecond, burst, atMs, out bucket, out _));

    [Fact]
    public void In_any_stretch_of_time_it_gives_at_most_the_burst_and_the_rate() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 60], Gen.Int[0, 300].Array[1, 200]).Sample((perSecond, burst, pauses) =>
        {
            var bucket = TokenBucket.Full(burst, 0);
            var (now, taken) = (0L, 0);
            foreach (var pause in pauses)
            {
                now += pause;
                if (bucket.TryTake(perSecond, burst, now, out bucket, out var retryAfterMs))
                    taken++;
                else
                    Assert.True(bucket.TryTake(perSecond, burst, now + retryAfterMs, out _, out _), "it came back when told to");
                Assert.InRange(taken, 0, burst + now * perSecond / 1000);
            }
        }, iter: 1000);
}
