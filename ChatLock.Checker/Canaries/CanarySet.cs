using System.Security.Cryptography;
using System.Text;

namespace ChatLock.Checker.Canaries;

/// <summary>Plaintexts that must not be found where only ciphertext belongs, in all the forms in which they could lie there.</summary>
/// <remarks>Forms: UTF-8, UTF-16 in both byte orders, hexadecimal in either case, and base64 of either alphabet wherever the
/// text begins in what was encoded. Not seen: what is compressed, encrypted, or base64 cut into lines.</remarks>
public sealed class CanarySet
{
    /// <summary>Characters of one: short ones are found by chance, long ones in none of the files' pieces.</summary>
    public const int MinCharacters = 12;

    /// <inheritdoc cref="MinCharacters"/>
    public const int MaxCharacters = 256;

    /// <summary>Canaries of one scan.</summary>
    public const int Max = 64;

    private CanarySet(IReadOnlyList<string> texts) =>
        (Texts, Forms, LongestBytes) = (texts, [.. texts.SelectMany(FormsOf)], texts.SelectMany(FormsOf).Max(form => form.Bytes.Length));

    public IReadOnlyList<string> Texts { get; }

    internal IReadOnlyList<CanaryForm> Forms { get; }

    /// <summary>Length of the longest form.</summary>
    internal int LongestBytes { get; }

    /// <summary>A text that is nowhere in the world.</summary>
    public static string New() => $"canary-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";

    /// <param name="texts">1 to <see cref="Max"/> texts of ASCII letters, digits, - and _, which no file escapes.</param>
    /// <exception cref="CanaryException">One can't be a canary.</exception>
    public static CanarySet Of(IReadOnlyCollection<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count is < 1 or > Max)
            throw new CanaryException($"1 to {Max} canaries can be looked for at once, not {texts.Count}.");
        if (texts.FirstOrDefault(text => !IsOne(text)) is { } bad)
            throw new CanaryException(
                $"\"{Protocol.Text.ForeignText.ForLine(bad, 60)}\" can't be a canary: {MinCharacters} to {MaxCharacters} ASCII letters, digits, - and _ can.");
        return new CanarySet([.. texts.Distinct()]);
    }

    private static bool IsOne(string text) =>
        text.Length is >= MinCharacters and <= MaxCharacters && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static IEnumerable<CanaryForm> FormsOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        yield return new(text, "UTF-8", bytes);
        // From the first letter to the last, both byte orders are the same: letters and zeros in turn.
        yield return new(text, "UTF-16", Encoding.Unicode.GetBytes(text)[..^1]);
        yield return new(text, "hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        yield return new(text, "hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        // What a canary is made of never gives one of the characters in which the two alphabets differ.
        for (var before = 0; before < 3; before++)
            yield return new(text, "base64", Encoding.ASCII.GetBytes(Base64Inside(bytes, before)));
    }

    /// <summary>The characters of a base64 text that depend on these bytes alone, if so many bytes come before them in a group of
    /// three.</summary>
    private static string Base64Inside(byte[] bytes, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. bytes, 0, 0]);
        var first = ((before * 8) + 5) / 6;
        var end = (before + bytes.Length) * 8 / 6;
        return encoded[first..end];
    }
}

/// <summary>One canary in one form.</summary>
internal sealed record CanaryForm(string Text, string Name, byte[] Bytes);

/// <summary>A scan that can't be trusted: its sentence says why.</summary>
public sealed class CanaryException : Exception
{
    public CanaryException()
    {
    }

    public CanaryException(string message) : base(message)
    {
    }

    public CanaryException(string message, Exception inner) : base(message, inner)
    {
    }
}
