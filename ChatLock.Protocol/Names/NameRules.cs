using System.Text;
using ChatLock.Protocol.Names.Data;
using ChatLock.Protocol.Text;

namespace ChatLock.Protocol.Names;

/// <summary>A name's two forms: as shown (width-mapped, NFC, case kept) and as compared (case-mapped too).</summary>
internal readonly record struct EnforcedName(string Shown, string CaseMapped);

/// <summary>PRECIS UsernameCaseMapped (RFC 8265 section 3.3) narrowed by the project: width mapping, case mapping,
/// NFC, Bidi Rule, then the classes of characters.</summary>
internal static class NameRules
{
    /// <summary>UTF-16 units that one character may be spelled with before normalization; longer input isn't
    /// looked at.</summary>
    private const int LongestSpelling = 8;

    public static NameProblem Enforce(string text, int maxCharacters, out EnforcedName name)
    {
        name = default;
        if (text.Length == 0)
            return new(NameProblemKind.Empty);
        if (text.Length > maxCharacters * LongestSpelling)
            return new(NameProblemKind.TooLong, Limit: maxCharacters);
        return Ascii.IsValid(text)
            ? EnforceAscii(text, maxCharacters, out name)
            : EnforceUnicode(text, maxCharacters, out name);
    }

    /// <summary>Nothing to normalize, no contexts, one direction.</summary>
    private static NameProblem EnforceAscii(string text, int maxCharacters, out EnforcedName name)
    {
        name = new(text, text.ToLowerInvariant());
        return CharacterRules.Check(text, maxCharacters);
    }

    private static NameProblem EnforceUnicode(string text, int maxCharacters, out EnforcedName name)
    {
        name = default;
        if (LoneSurrogates.TryFind(text, out var surrogate))
            return new(NameProblemKind.LoneSurrogate, surrogate);
        var shown = UnicodeForm.ToNfc(Casing.Map(text, NameData.Instance.Widths));
        if (CharacterRules.Check(shown, maxCharacters) is { Kind: not NameProblemKind.None } problem)
            return problem;
        var caseMapped = UnicodeForm.ToNfc(Casing.ToLower(shown));
        name = new(shown, caseMapped);
        if (ContextRules.Check(caseMapped) is { Kind: not NameProblemKind.None } misplaced)
            return misplaced;
        return BidiRule.Allows(caseMapped) ? NameProblem.None : new(NameProblemKind.MixedDirections);
    }
}
