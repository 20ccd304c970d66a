using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ChatLock.Gateway.Page;

/// <summary>The forms that a file is kept in, best first.</summary>
public enum ContentCoding
{
    Brotli,
    Gzip,
    Identity,
}

public static class ContentCodings
{
    /// <summary>As HTTP and the ends of file names call it; null for the plain form.</summary>
    public static string? NameOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    /// <summary>The form that the client likes best; among equals ours. One that takes nothing at all gets the plain one.</summary>
    /// <remarks>RFC 9110 section 12.5.3.</remarks>
    public static ContentCoding Choose(StringValues acceptEncoding, IEnumerable<ContentCoding> available)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted))
            return ContentCoding.Identity;

        return available
            .Select(coding => (Coding: coding, Quality: QualityOf(coding, accepted)))
            .Where(one => one.Quality > 0)
            .OrderByDescending(one => one.Quality)
            .ThenBy(one => one.Coding)
            .Select(one => one.Coding)
            .FirstOrDefault(ContentCoding.Identity);
    }

    private static double QualityOf(ContentCoding coding, IList<StringWithQualityHeaderValue> accepted)
    {
        var name = NameOf(coding) ?? "identity";
        var said = accepted.FirstOrDefault(value => value.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value == "*");

        // Unsaid, the plain form is always allowed, behind whatever was asked for.
        return said is null ? (coding == ContentCoding.Identity ? 0.0001 : 0) : said.Quality ?? 1;
    }
}
