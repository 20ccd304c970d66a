using ChatLock.Gateway.Ops;
using ChatLock.Gateway.WebSockets;

namespace ChatLock.Gateway.Page;

/// <summary>Everything that is asked over HTTP, in this order: headers, host, method, path.</summary>
public sealed class HttpFront(
    SecurityHeaders headers, HostRule hosts, PageEndpoint page, InviteEndpoint invite, HealthEndpoint health,
    WebSocketEndpoint sockets)
{
    public Task ServeAsync(HttpContext http)
    {
        headers.AddTo(http);
        if (!WebOrigin.TryParse($"{http.Request.Scheme}://{http.Request.Host.Value}", out var served) || !hosts.Allows(served))
        {
            return Answer.SentenceAsync(
                http, StatusCodes.Status421MisdirectedRequest,
                "This gateway isn't known by that name. Use the address that it printed, or add yours to chatlock.page.origins.");
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            return Answer.SentenceAsync(http, StatusCodes.Status405MethodNotAllowed, "Here one can only read.");
        }

        return http.Request.Path.Value switch
        {
            "/ws" => sockets.ServeAsync(http, served),
            "/invite.json" => invite.ServeAsync(http, served),
            "/livez" => HealthEndpoint.LiveAsync(http),
            "/readyz" => health.ReadyAsync(http),
            _ => page.ServeAsync(http),
        };
    }
}
