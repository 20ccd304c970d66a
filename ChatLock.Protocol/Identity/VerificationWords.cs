using System.Diagnostics.CodeAnalysis;

namespace ChatLock.Protocol.Identity;

/// <summary>A fingerprint as 12 words, for people who compare keys by voice: its first 132 bits, 11 to a word.</summary>
/// <remarks>docs/PROTOCOL.md section 5. The words are the English list of BIP-39 (2,048); there is no checksum, and
/// this is nobody's seed phrase. 132 bits are more than anyone can search for a second key that reads the same.</remarks>
public static class VerificationWords
{
    /// <summary>Words of one fingerprint.</summary>
    public const int Count = 12;

    private const int BitsPerWord = 11;

    private static readonly Lazy<string[]> List = new(ReadList);

    /// <summary>The 12 words, from the fingerprint's first bits on, each group of 11 bits big-endian.</summary>
    public static IReadOnlyList<string> Of(Fingerprint fingerprint)
    {
        var bytes = fingerprint.ToBytes();
        return [.. Enumerable.Range(0, Count).Select(word => List.Value[IndexAt(bytes, word * BitsPerWord)])];
    }

    /// <summary>Reads words that someone typed or pasted: any white space between them, any case.</summary>
    /// <param name="text">Foreign text.</param>
    /// <param name="words">The 12 words as <see cref="Of"/> spells them; <c>null</c> with <c>false</c>.</param>
    /// <returns><c>false</c> unless it is 12 words, all of the list.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<string>? words)
    {
        ArgumentNullException.ThrowIfNull(text);
        var typed = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        words = typed.Length == Count && typed.All(IsWord) ? typed : null;
        return words is not null;
    }

    private static bool IsWord(string word) => Array.BinarySearch(List.Value, word, StringComparer.Ordinal) >= 0;

    private static int IndexAt(byte[] bytes, int bit)
    {
        // 11 bits that begin anywhere in a byte lie within three.
        var three = bytes[bit / 8] << 16 | bytes[bit / 8 + 1] << 8 | bytes[bit / 8 + 2];
        return three >> (24 - BitsPerWord - bit % 8) & ((1 << BitsPerWord) - 1);
    }

    private static string[] ReadList()
    {
        using var stream = typeof(VerificationWords).Assembly.GetManifestResourceStream("words-english.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
