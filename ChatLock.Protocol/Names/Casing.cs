using System.Text;
using ChatLock.Protocol.Names.Data;

namespace ChatLock.Protocol.Names;

/// <summary>Case mapping by the pinned data, the same in every culture.</summary>
internal static class Casing
{
    private const int CapitalSigma = 0x3A3;
    private const char FinalSigma = '\u03C2';

    /// <summary>The Unicode Standard's toLowercase, its one condition Final_Sigma included (RFC 8265
    /// section 3.3.2, RFC 8264 section 5.2.3).</summary>
    public static string ToLower(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var runes = text.EnumerateRunes().ToArray();
        var lower = new StringBuilder(text.Length);
        for (var i = 0; i < runes.Length; i++)
        {
            if (runes[i].Value == CapitalSigma && IsFinal(runes, i))
                lower.Append(FinalSigma);
            else
                AppendMapped(lower, runes[i], NameData.Instance.Lower);
        }
        return lower.ToString();
    }

    /// <summary>The Unicode Standard's toCasefold, full.</summary>
    public static string Fold(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, NameData.Instance.Fold);

    public static string Map(string text, IReadOnlyDictionary<int, string> mappings)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            AppendMapped(mapped, rune, mappings);
        return mapped.ToString();
    }

    private static void AppendMapped(StringBuilder into, Rune rune, IReadOnlyDictionary<int, string> mappings)
    {
        if (mappings.TryGetValue(rune.Value, out var to))
            into.Append(to);
        else
            into.Append(rune);
    }

    private static bool IsFinal(Rune[] runes, int at) =>
        FirstNotIgnorableIsCased(runes, at, step: -1) && !FirstNotIgnorableIsCased(runes, at, step: 1);

    private static bool FirstNotIgnorableIsCased(Rune[] runes, int from, int step)
    {
        for (var i = from + step; i >= 0 && i < runes.Length; i += step)
        {
            if (!NameData.Instance.IsCaseIgnorable(runes[i].Value))
                return NameData.Instance.IsCased(runes[i].Value);
        }
        return false;
    }
}
