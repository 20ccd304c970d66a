using System.Text.RegularExpressions;
using ChatLock.Gateway.Page;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>The page that the build put into the gateway.</summary>
public sealed partial class BuiltPageTests
{
    [Fact]
    public void It_is_whole()
    {
        Assert.True(PageFiles.Embedded.IsBuilt);
        var html = System.Text.Encoding.UTF8.GetString(Find("/").Forms[ContentCoding.Identity].Body.Span);

        var linked = Link().Matches(html).Select(link => link.Groups[1].Value).ToList();

        Assert.NotEmpty(linked);
        Assert.All(linked, path => Find(path));
    }

    [Fact]
    public void Its_code_is_kept_compressed_and_for_good() => Assert.All(
        PageFiles.Embedded.Paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal) && path.StartsWith("/assets/", StringComparison.Ordinal)),
        path =>
        {
            var file = Find(path);
            Assert.Equal("public, max-age=31536000, immutable", file.CacheControl);
            Assert.True(file.Forms.Count == 3 || file.Forms[ContentCoding.Identity].Body.Length < 1024, path);
        });

    /// <summary>The policy allows no code in the page itself, and no style.</summary>
    [Fact]
    public void Its_HTML_holds_no_code()
    {
        var html = System.Text.Encoding.UTF8.GetString(Find("/").Forms[ContentCoding.Identity].Body.Span);

        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", html);
    }

    private static PageFile Find(string path) => PageFiles.Embedded.Find(path) ?? throw new KeyNotFoundException(path);

    [GeneratedRegex("(?:src|href)=\"(/[^\"]*)\"")]
    private static partial Regex Link();
}
