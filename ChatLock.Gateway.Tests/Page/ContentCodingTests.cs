using ChatLock.Gateway.Page;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>Accept-Encoding, RFC 9110 section 12.5.3.</summary>
public sealed class ContentCodingTests
{
    private static readonly ContentCoding[] All = [ContentCoding.Brotli, ContentCoding.Gzip, ContentCoding.Identity];

    [Theory]
    [InlineData(null, ContentCoding.Identity)]
    [InlineData("", ContentCoding.Identity)]
    [InlineData("gzip, deflate, br, zstd", ContentCoding.Brotli)]
    [InlineData("gzip, deflate", ContentCoding.Gzip)]
    [InlineData("GZIP", ContentCoding.Gzip)]
    [InlineData("br;q=0.5, gzip;q=0.8", ContentCoding.Gzip)]
    [InlineData("br;q=0, gzip;q=0", ContentCoding.Identity)]
    [InlineData("identity, br;q=0.5", ContentCoding.Identity)]
    [InlineData("br;q=0.001", ContentCoding.Brotli)]
    [InlineData("*", ContentCoding.Brotli)]
    [InlineData("*;q=0.5, br;q=0", ContentCoding.Gzip)]
    [InlineData("zstd", ContentCoding.Identity)]
    [InlineData("identity;q=0", ContentCoding.Identity)]
    [InlineData("*;q=0", ContentCoding.Identity)]
    [InlineData("br;q=high, gzip", ContentCoding.Gzip)]
    public void The_best_form_that_is_accepted_is_chosen(string? acceptEncoding, ContentCoding chosen) =>
        Assert.Equal(chosen, ContentCodings.Choose(acceptEncoding, All));

    [Fact]
    public void A_file_that_has_only_its_plain_form_comes_plain() =>
        Assert.Equal(ContentCoding.Identity, ContentCodings.Choose("br, gzip", [ContentCoding.Identity]));
}
