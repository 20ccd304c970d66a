using Microsoft.Extensions.Primitives;

namespace ChatLock.Gateway.Page;

/// <summary>What every answer over HTTP carries, so that a string that gets into the page can't become code. docs/SECURITY.md.</summary>
/// <param name="hasOwnCertificate">The operator gave a certificate. Only then is a browser told to insist on TLS: with the
/// self-made one it would take away the button that lets people in at all.</param>
public sealed class SecurityHeaders(bool hasOwnCertificate)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types chatlock";

    /// <summary>Everything a browser has to refuse by name; the page needs the clipboard for its invite link alone.</summary>
    private const string PermissionsPolicy =
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), " +
        "compute-pressure=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), " +
        "hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), " +
        "publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), " +
        "usb=(), window-management=(), xr-spatial-tracking=()";

    private static readonly KeyValuePair<string, StringValues>[] Always =
    [
        new("Content-Security-Policy", ContentSecurityPolicy),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Embedder-Policy", "require-corp"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy", PermissionsPolicy),
    ];

    public void AddTo(HttpContext http)
    {
        foreach (var (name, value) in Always)
            http.Response.Headers[name] = value;
        if (hasOwnCertificate && http.Request.IsHttps)
            http.Response.Headers.StrictTransportSecurity = "max-age=31536000";
    }
}
