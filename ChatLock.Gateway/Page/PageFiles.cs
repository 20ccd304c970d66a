using System.Collections.Frozen;
using System.Reflection;

namespace ChatLock.Gateway.Page;

/// <summary>The built page: a fixed table from path to content, read from the assembly once. Nothing else can be asked for.</summary>
public sealed class PageFiles(FrozenDictionary<string, PageFile> byPath)
{
    private const string Prefix = "page";
    private const string Index = "/index.html";

    /// <summary>False: the gateway was built with BuildPage=false.</summary>
    public bool IsBuilt => byPath.ContainsKey(Index);

    public IEnumerable<string> Paths => byPath.Keys;

    public static PageFiles Embedded { get; } = Load(typeof(PageFiles).Assembly);

    public PageFile? Find(string path) => byPath.GetValueOrDefault(path == "/" ? Index : path);

    private static PageFiles Load(Assembly assembly)
    {
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Prefix}/", StringComparison.Ordinal))
            .Select(name => (Form: FormOf(name), Resource: name))
            .GroupBy(one => one.Form.Path, one => (one.Form.Coding, one.Resource));
        return new PageFiles(files.ToFrozenDictionary(
            file => file.Key,
            file => new PageFile(file.Key, file.ToDictionary(form => form.Coding, form => Read(assembly, form.Resource)))));
    }

    /// <summary>page/index.html.br is /index.html in Brotli.</summary>
    private static (string Path, ContentCoding Coding) FormOf(string resource)
    {
        var path = resource[Prefix.Length..];
        return Path.GetExtension(path) switch
        {
            ".br" => (path[..^3], ContentCoding.Brotli),
            ".gz" => (path[..^3], ContentCoding.Gzip),
            _ => (path, ContentCoding.Identity),
        };
    }

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
