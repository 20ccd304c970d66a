using Microsoft.Extensions.Primitives;

namespace ChatLock.Gateway.Page;

/// <summary>Which sites' scripts may open a session. Browsers name the site in Origin and don't let scripts change it;
/// what isn't a browser needn't send any.</summary>
public static class OriginRule
{
    /// <param name="origin">The request's Origin headers.</param>
    /// <param name="served">What the request was addressed to: the page's own origin.</param>
    /// <param name="configured">chatlock.page.origins.</param>
    public static bool Allows(StringValues origin, WebOrigin served, IReadOnlyList<WebOrigin> configured) => origin.Count switch
    {
        0 => true,
        1 => WebOrigin.TryParse(origin[0], out var from) && (from == served || configured.Contains(from)),
        _ => false,
    };
}
