using System.Globalization;
using System.Text;

namespace ChatLock.Protocol.Names;

/// <summary>Free names close to one that is taken.</summary>
public static class NameSuggestions
{
    // The numbers double at the end: however many took the first ones in turn, one beyond them is free.
    private static readonly string[] Endings =
    [
        .. Enumerable.Range(2, 2).Select(Number), "_", .. Enumerable.Range(4, 6).Select(Number),
        .. Enumerable.Range(0, 20).Select(doubling => Number(10 << doubling)),
    ];

    /// <summary>The first <paramref name="count"/> free names, nearest first; fewer if so many aren't found.</summary>
    /// <param name="wanted">The name that can't be had.</param>
    /// <param name="isFree">Asked at most 29 times.</param>
    /// <param name="count">Most names to answer with, from 0.</param>
    public static IReadOnlyList<UserName> For(UserName wanted, Func<UserName, bool> isFree, int count)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(isFree);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Candidates(wanted).Where(isFree).Take(count)];
    }

    private static IEnumerable<UserName> Candidates(UserName wanted)
    {
        foreach (var ending in Endings)
        {
            var text = Shortened(wanted.Text, UserName.MaxCharacters - ending.Length) + ending;
            if (text != wanted.Text && UserName.TryParse(text, out var candidate, out _))
                yield return candidate;
        }
    }

    /// <summary>Whole characters, each with all its marks.</summary>
    private static string Shortened(string text, int maxCharacters)
    {
        var runes = text.EnumerateRunes().ToArray();
        var length = Math.Min(runes.Length, maxCharacters);
        while (length > 0 && length < runes.Length && IsMark(runes[length]))
            length--;
        return string.Concat(runes.Take(length));
    }

    private static bool IsMark(Rune rune) => CharacterRules.IsMark(CharacterRules.ClassOf(rune.Value));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
