using System.Net;
using System.Text;
using ChatLock.Gateway.Page;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>Asks over HTTP as a browser would, or as one wouldn't.</summary>
public sealed class Browser(GatewayHost host) : IDisposable
{
    public const string Html = "<!doctype html><title>ChatLock</title>";
    public const string Script = "/assets/index-JBv_9Hzn.js";

    /// <summary>A page of few known files.</summary>
    public static readonly PageFiles Files = new(
    [
        ("/index.html", ContentCoding.Identity, Encoding.UTF8.GetBytes(Html)),
        ("/index.html", ContentCoding.Brotli, "brotli"u8.ToArray()),
        ("/index.html", ContentCoding.Gzip, "gzip"u8.ToArray()),
        (Script, ContentCoding.Identity, "export {};"u8.ToArray()),
        (Script, ContentCoding.Brotli, "br"u8.ToArray()),
        ("/sw.js", ContentCoding.Identity, "// sw"u8.ToArray()),
        ("/style.css", ContentCoding.Identity, "p{}"u8.ToArray()),
        ("/icon.svg", ContentCoding.Identity, "<svg/>"u8.ToArray()),
        ("/icon.png", ContentCoding.Identity, [0x89, (byte)'P']),
        ("/manifest.webmanifest", ContentCoding.Identity, "{}"u8.ToArray()),
    ]);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    });

    public string Plain => $"http://{host.Page}";

    public string Tls => $"https://{host.PageTls}";

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, Plain + path, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        // A connection that has been upgraded has no end to its content.
        var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode != HttpStatusCode.SwitchingProtocols)
            await answer.Content.LoadIntoBufferAsync();
        return answer;
    }

    /// <summary>Asks for /ws as a browser does, up to the server's answer.</summary>
    public Task<HttpResponseMessage> UpgradeAsync(string address, params (string Name, string Value)[] headers) => SendAsync(
        HttpMethod.Get, $"{address}/ws",
        [
            ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16])), ("Sec-WebSocket-Protocol", "chatlock.v1"), .. headers,
        ]);

    public void Dispose() => _client.Dispose();
}

public static class Answers
{
    /// <summary>A header's value, of answer or content; null: it isn't there.</summary>
    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>The status, and that the body is one sentence for people.</summary>
    public static async Task<HttpStatusCode> SentenceAsync(this HttpResponseMessage answer)
    {
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.EndsWith(".\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return answer.StatusCode;
    }
}
