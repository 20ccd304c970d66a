using ChatLock.Protocol.Names.Data;

namespace ChatLock.Protocol.Names;

/// <summary>What holds for each character by itself, and the limits: of length, of marks in a row.</summary>
internal static class CharacterRules
{
    /// <summary>UTS #39 section 5.4.</summary>
    private const int MaxMarksInARow = 4;

    private static readonly NameCharacter[] AsciiClasses = [.. Enumerable.Range(0, 128).Select(AsciiClassOf)];

    public static NameProblem Check(string name, int maxCharacters)
    {
        var count = 0;
        var marks = 0;
        var previous = 0;
        var speakable = false;
        foreach (var rune in name.EnumerateRunes())
        {
            var class_ = ClassOf(rune.Value);
            if (class_ == NameCharacter.Refused)
                return new(NameProblemKind.ForbiddenCharacter, rune.Value);
            if (count++ == 0 && !CanStart(class_, rune.Value))
                return new(NameProblemKind.BadStart, rune.Value);
            marks = IsMark(class_) ? marks + 1 : 0;
            if (marks > MaxMarksInARow || (marks > 1 && rune.Value == previous))
                return new(NameProblemKind.TooManyMarks, rune.Value);
            speakable |= IsLetterOrDigit(class_);
            previous = rune.Value;
        }
        if (count > maxCharacters)
            return new(NameProblemKind.TooLong, Limit: maxCharacters);
        return speakable ? NameProblem.None : new(NameProblemKind.NoLetterOrDigit);
    }

    public static NameCharacter ClassOf(int codePoint) =>
        codePoint < AsciiClasses.Length ? AsciiClasses[codePoint] : NameData.Instance.ClassOf(codePoint);

    public static bool IsMark(NameCharacter class_) =>
        class_ is NameCharacter.NonspacingMark or NameCharacter.SpacingMark;

    private static bool IsLetterOrDigit(NameCharacter class_) => class_ is NameCharacter.Letter
        or NameCharacter.Digit or NameCharacter.ArabicIndicDigit or NameCharacter.ExtendedArabicIndicDigit;

    // A leading '-' reads as an option, '.' as a hidden file.
    private static bool CanStart(NameCharacter class_, int codePoint) => IsLetterOrDigit(class_) || codePoint == '_';

    /// <summary>The table's first rows by hand: an ASCII name doesn't load the rest.</summary>
    private static NameCharacter AsciiClassOf(int codePoint) => (char)codePoint switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' => NameCharacter.Letter,
        >= '0' and <= '9' => NameCharacter.Digit,
        '\'' or '-' or '.' or '_' => NameCharacter.Punctuation,
        _ => NameCharacter.Refused,
    };
}
