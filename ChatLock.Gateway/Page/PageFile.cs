using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ChatLock.Gateway.Page;

/// <summary>One file of the page in every form that it is kept in.</summary>
public sealed class PageFile
{
    /// <summary>Files whose name holds a hash of their content never change.</summary>
    private const string HashedFolder = "/assets/";

    /// <param name="path">As in the address, such as /assets/index-JBv_9Hzn.js.</param>
    /// <param name="forms">The plain form, and those that are smaller.</param>
    public PageFile(string path, IReadOnlyDictionary<ContentCoding, byte[]> forms)
    {
        ContentType = TypeOf(path);
        CacheControl = path.StartsWith(HashedFolder, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        Varies = forms.Count > 1;
        var hash = Convert.ToHexStringLower(SHA256.HashData(forms[ContentCoding.Identity]).AsSpan(0, 16));
        Forms = forms.ToFrozenDictionary(
            form => form.Key,
            form => new PageForm(
                form.Value,
                ContentCodings.NameOf(form.Key),
                ContentCodings.NameOf(form.Key) is { } name ? $"\"{hash}-{name}\"" : $"\"{hash}\""));
    }

    public string ContentType { get; }

    public string CacheControl { get; }

    /// <summary>Whether the answer depends on Accept-Encoding.</summary>
    public bool Varies { get; }

    public FrozenDictionary<ContentCoding, PageForm> Forms { get; }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".txt" => "text/plain; charset=utf-8",
        ".json" => "application/json",
        ".webmanifest" => "application/manifest+json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".webp" => "image/webp",
        ".woff2" => "font/woff2",
        ".wasm" => "application/wasm",
        _ => throw new InvalidOperationException($"{path} of the page has no content type; give it one here"),
    };
}

/// <param name="ContentEncoding">br, gzip or null.</param>
/// <param name="ETag">Strong, so another for each form.</param>
public sealed record PageForm(ReadOnlyMemory<byte> Body, string? ContentEncoding, string ETag);
