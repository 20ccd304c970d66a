using System.Collections.Frozen;
using System.Reflection;

namespace ChatLock.Gateway.Page;

/// <summary>The built page: a fixed table from path to content, read from the assembly once. Nothing else can be asked for.</summary>
public sealed class PageFiles
{
    private const string Prefix = "page";
    private const string Index = "/index.html";
    private readonly FrozenDictionary<string, PageFile> _byPath;

    /// <param name="files">By path and form; each has at least the plain one.</param>
    public PageFiles(IEnumerable<(string Path, ContentCoding Coding, byte[] Content)> files) => _byPath = files
        .GroupBy(file => file.Path)
        .ToFrozenDictionary(
            file => file.Key,
            file => new PageFile(file.Key, file.ToDictionary(form => form.Coding, form => form.Content)));

    /// <summary>False: the gateway was built with BuildPage=false.</summary>
    public bool IsBuilt => _byPath.ContainsKey(Index);

    public IEnumerable<string> Paths => _byPath.Keys;

    public static PageFiles Embedded { get; } = Load(typeof(PageFiles).Assembly);

    public PageFile? Find(string path) => _byPath.GetValueOrDefault(path == "/" ? Index : path);

    private static PageFiles Load(Assembly assembly) => new(
        assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Prefix}/", StringComparison.Ordinal))
            .Select(name => FileOf(name[Prefix.Length..], Read(assembly, name))));

    /// <summary>/index.html.br is /index.html in Brotli.</summary>
    private static (string Path, ContentCoding Coding, byte[] Content) FileOf(string name, byte[] content) =>
        Path.GetExtension(name) switch
        {
            ".br" => (name[..^3], ContentCoding.Brotli, content),
            ".gz" => (name[..^3], ContentCoding.Gzip, content),
            _ => (name, ContentCoding.Identity, content),
        };

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
