using ChatLock.Protocol.Session;

namespace ChatLock.Protocol.Tests.Session;

public sealed class ResumeTokenHashTests
{
    private static readonly byte[] Token = [.. Enumerable.Range(0, SessionLimits.ResumeTokenBytes).Select(i => (byte)i)];

    [Fact]
    public void A_token_matches_its_own_hash_and_no_other_token_does()
    {
        var kept = ResumeTokenHash.Of(Token);

        Assert.True(kept.Matches(ResumeTokenHash.Of(Token)));
        for (var i = 0; i < Token.Length; i++)
        {
            var other = (byte[])Token.Clone();
            other[i] ^= 1;
            Assert.False(kept.Matches(ResumeTokenHash.Of(other)));
        }
    }

    [Fact]
    public void It_is_kept_as_32_bytes_that_are_not_the_token()
    {
        var kept = ResumeTokenHash.Of(Token).ToByteString();

        Assert.True(ResumeTokenHash.TryFrom(kept, out var again));
        Assert.True(again.Matches(ResumeTokenHash.Of(Token)));
        Assert.Equal(-1, kept.Span.IndexOf(Token));
        Assert.False(ResumeTokenHash.TryFrom(Frames.Zeros(31), out _));
    }

    [Fact]
    public void None_matches_nothing_not_even_none()
    {
        Assert.False(default(ResumeTokenHash).Matches(default));
        Assert.False(default(ResumeTokenHash).Matches(ResumeTokenHash.Of(Token)));
        Assert.Empty(default(ResumeTokenHash).ToByteString());
    }

    [Fact]
    public void It_does_not_print_itself() =>
        Assert.DoesNotContain(Convert.ToHexString(ResumeTokenHash.Of(Token).ToByteString().Span)[..8], $"{ResumeTokenHash.Of(Token)}", StringComparison.OrdinalIgnoreCase);
}
