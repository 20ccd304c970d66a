using System.Text;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>Strings to look for in bytes. All begin with the same prefix, so that one fast search serves for all.</summary>
public sealed class NeedleSet(string prefix, IEnumerable<string> needles)
{
    private readonly HashSet<string> _needles = [.. needles];
    private readonly int _length = needles.Max(needle => needle.Length);

    /// <summary>Longest needle, in bytes of UTF-16.</summary>
    public int MaxBytes => 2 * _length;

    public HashSet<string> Find(ReadOnlySpan<byte> bytes)
    {
        var found = new HashSet<string>();
        AddFound(bytes, found);
        return found;
    }

    public void AddFound(ReadOnlySpan<byte> bytes, HashSet<string> found)
    {
        AddFound(bytes, Encoding.UTF8, 1, found);
        AddFound(bytes, Encoding.Unicode, 2, found);
    }

    private void AddFound(ReadOnlySpan<byte> bytes, Encoding encoding, int bytesPerCharacter, HashSet<string> found)
    {
        var first = encoding.GetBytes(prefix);
        for (var at = bytes.IndexOf(first); at >= 0;)
        {
            var end = Math.Min(bytes.Length, at + _length * bytesPerCharacter);
            var text = encoding.GetString(bytes[at..end]);
            foreach (var needle in _needles.Where(needle => text.StartsWith(needle, StringComparison.Ordinal)))
                found.Add(needle);
            var next = bytes[(at + 1)..].IndexOf(first);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }
}
