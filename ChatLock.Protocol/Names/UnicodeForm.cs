using System.Runtime.InteropServices;
using System.Text;
using ChatLock.Protocol.Names.Data;

namespace ChatLock.Protocol.Names;

/// <summary>Canonical normalization (UAX #15) by the pinned Unicode 17.0.0 data.</summary>
/// <remarks><c>string.Normalize</c> and <c>string.IsNormalized</c> are no help here: under InvariantGlobalization
/// they take every text for normalized. Made for names: time grows with the square of the longest run of
/// combining marks.</remarks>
public static class UnicodeForm
{
    /// <summary>Normalization Form C.</summary>
    /// <param name="text">UTF-16; a lone surrogate becomes U+FFFD.</param>
    public static string ToNfc(string text) => Ascii.IsValid(text) ? text : Text(Composed(Decomposed(text)));

    /// <summary>Normalization Form D.</summary>
    /// <param name="text">UTF-16; a lone surrogate becomes U+FFFD.</param>
    public static string ToNfd(string text) => Ascii.IsValid(text) ? text : Text(Decomposed(text));

    private static List<int> Decomposed(string text)
    {
        var codePoints = new List<int>(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, codePoints);
        OrderMarks(CollectionsMarshal.AsSpan(codePoints));
        return codePoints;
    }

    private static void Decompose(int codePoint, List<int> into)
    {
        if (HangulSyllable.Is(codePoint))
        {
            HangulSyllable.Decompose(codePoint, into);
        }
        else if (NameData.Instance.Decompositions.TryGetValue(codePoint, out var parts))
        {
            foreach (var part in parts.EnumerateRunes())
                Decompose(part.Value, into);
        }
        else
        {
            into.Add(codePoint);
        }
    }

    /// <summary>Stable, by combining class, within each run of characters whose class isn't 0.</summary>
    private static void OrderMarks(Span<int> codePoints)
    {
        for (var i = 1; i < codePoints.Length; i++)
        {
            var combining = NameData.Instance.CombiningClassOf(codePoints[i]);
            if (combining == 0)
                continue;
            for (var j = i; j > 0 && NameData.Instance.CombiningClassOf(codePoints[j - 1]) > combining; j--)
                (codePoints[j - 1], codePoints[j]) = (codePoints[j], codePoints[j - 1]);
        }
    }

    private static List<int> Composed(List<int> decomposed)
    {
        var composed = new List<int>(decomposed.Count);
        var starter = -1;
        var lastClass = -1; // of what stands between the starter and the next character; -1 if nothing does
        foreach (var codePoint in decomposed)
        {
            var combining = NameData.Instance.CombiningClassOf(codePoint);
            if (starter >= 0 && lastClass < combining && TryCompose(composed[starter], codePoint, out var composite))
            {
                composed[starter] = composite;
                continue;
            }
            (starter, lastClass) = combining == 0 ? (composed.Count, -1) : (starter, combining);
            composed.Add(codePoint);
        }
        return composed;
    }

    private static bool TryCompose(int first, int second, out int composite) =>
        HangulSyllable.TryCompose(first, second, out composite)
        || NameData.Instance.Compositions.TryGetValue((first, second), out composite);

    private static string Text(List<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Count);
        foreach (var codePoint in codePoints)
            text.Append(new Rune(codePoint));
        return text.ToString();
    }
}
