using System.Text;

namespace ChatLock.Gateway.Page;

/// <summary>Short answers that aren't files of the page.</summary>
public static class Answer
{
    public static Task SentenceAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        return SendAsync(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"{sentence}\n"));
    }

    public static Task JsonAsync(HttpContext http, byte[] json) => SendAsync(http, "application/json", json);

    private static async Task SendAsync(HttpContext http, string contentType, byte[] body)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body);
    }
}
