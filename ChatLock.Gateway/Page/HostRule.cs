using ChatLock.Gateway.Settings;

namespace ChatLock.Gateway.Page;

/// <summary>Under which names this node may be asked for. Stops DNS rebinding: a foreign site whose name is made to point
/// here is still asked for under its own name.</summary>
/// <param name="certificateNames">The DNS names in the node's certificate; <c>*.</c> stands for one label.</param>
/// <param name="machineName">This machine's own.</param>
public sealed class HostRule(PageSettings page, IReadOnlyCollection<string> certificateNames, string machineName)
{
    /// <param name="served">What the request was addressed to.</param>
    public bool Allows(WebOrigin served)
    {
        if (served.IsLoopback)
            return true;
        if (served.Scheme == "http" && !page.BehindProxy)
            return false;

        // An address can't be rebound: the page of an address comes from that address.
        return served.IsAddress ||
            page.Origins.Any(origin => origin.Host == served.Host) ||
            (served.Scheme == "https" && IsOurs(served.Host));
    }

    private bool IsOurs(string host) =>
        host.Equals(machineName, StringComparison.OrdinalIgnoreCase) || certificateNames.Any(name => Matches(name, host));

    private static bool Matches(string name, string host) =>
        name.StartsWith("*.", StringComparison.Ordinal)
            ? host.IndexOf('.') is var dot and > 0 && host.AsSpan(dot).Equals(name.AsSpan(1), StringComparison.OrdinalIgnoreCase)
            : name.Equals(host, StringComparison.OrdinalIgnoreCase);
}
