using ChatLock.Gateway.Page;

namespace ChatLock.Gateway.Ops;

/// <summary>/livez and /readyz, for service managers and load balancers; what an answer says is for people.</summary>
public sealed class HealthEndpoint(Readiness readiness)
{
    /// <summary>200 as long as the process answers: a restart wouldn't help with what /readyz tells.</summary>
    public static Task LiveAsync(HttpContext http) => Answer.SentenceAsync(http, StatusCodes.Status200OK, "alive");

    public Task ReadyAsync(HttpContext http) => readiness.Reasons() is { Count: > 0 } reasons
        ? Answer.SentenceAsync(http, StatusCodes.Status503ServiceUnavailable, $"not ready\n{string.Join('\n', reasons)}")
        : Answer.SentenceAsync(http, StatusCodes.Status200OK, "ready");
}
