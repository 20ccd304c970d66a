using ChatLock.Protocol.Names.Data;

namespace ChatLock.Protocol.Names;

/// <summary>RFC 5892 appendix A: characters that are good only beside certain others. The joiners and the
/// Greek keraia (A.1, A.2, A.4) are not among them: UTS #39 restricts them, no name holds one.</summary>
internal static class ContextRules
{
    public static NameProblem Check(string name)
    {
        var codePoints = name.EnumerateRunes().Select(rune => rune.Value).ToArray();
        for (var i = 0; i < codePoints.Length; i++)
        {
            if (!FitsIn(codePoints, i))
                return new(NameProblemKind.MisplacedCharacter, codePoints[i]);
        }
        return NameProblem.None;
    }

    private static bool FitsIn(int[] name, int at) => CharacterRules.ClassOf(name[at]) switch
    {
        NameCharacter.MiddleDot => At(name, at - 1) == 'l' && At(name, at + 1) == 'l',
        NameCharacter.HebrewPunctuation => ScriptAt(name, at - 1) == ContextScript.Hebrew,
        NameCharacter.KatakanaMiddleDot => name.Any(IsJapanese),
        NameCharacter.ArabicIndicDigit => !Holds(name, NameCharacter.ExtendedArabicIndicDigit),
        NameCharacter.ExtendedArabicIndicDigit => !Holds(name, NameCharacter.ArabicIndicDigit),
        _ => true,
    };

    private static int At(int[] name, int at) => at >= 0 && at < name.Length ? name[at] : 0;

    private static ContextScript ScriptAt(int[] name, int at) => NameData.Instance.ScriptOf(At(name, at));

    // The middle dot itself has no script.
    private static bool IsJapanese(int codePoint) => NameData.Instance.ScriptOf(codePoint)
        is ContextScript.Hiragana or ContextScript.Katakana or ContextScript.Han;

    private static bool Holds(int[] name, NameCharacter class_) =>
        name.Any(codePoint => CharacterRules.ClassOf(codePoint) == class_);
}
