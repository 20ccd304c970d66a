using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ChatLock.Gateway.Page;

/// <summary>Serves the page's files from memory.</summary>
public sealed class PageEndpoint(PageFiles files)
{
    public Task ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (files.Find(path) is { } file)
            return SendAsync(http, file);
        return path == "/" && !files.IsBuilt
            ? Answer.SentenceAsync(http, StatusCodes.Status503ServiceUnavailable, "ChatLock is running here, but this gateway was built without its page (BuildPage=false). Build it again with the page, or join from a terminal.")
            : Answer.SentenceAsync(http, StatusCodes.Status404NotFound, "There is nothing here. The page is at /.");
    }

    private static async Task SendAsync(HttpContext http, PageFile file)
    {
        var form = file.Forms[ContentCodings.Choose(http.Request.Headers.AcceptEncoding, file.Forms.Keys)];
        var headers = http.Response.Headers;
        headers.ETag = form.ETag;
        headers.CacheControl = file.CacheControl;
        if (file.Varies)
            headers.Vary = HeaderNames.AcceptEncoding;
        if (Matches(http.Request.Headers.IfNoneMatch, form.ETag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = file.ContentType;
        headers.ContentLength = form.Body.Length;
        if (form.ContentEncoding is { } coding)
            headers.ContentEncoding = coding;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(form.Body);
    }

    /// <remarks>Weakly compared (RFC 9110 section 13.1.2): some proxies mark as weak what they pass on.</remarks>
    private static bool Matches(StringValues ifNoneMatch, string etag) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out var known) && known.Any(
            one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(new EntityTagHeaderValue(etag), useStrongComparison: false));
}
