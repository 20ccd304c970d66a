using System.Globalization;

namespace ChatLock.Protocol.Text;

/// <summary>How a sentence names a character without showing it: "U+003A ':'", "U+001B (a control
/// character)".</summary>
internal static class CodePointName
{
    public static string Of(int codePoint) => $"U+{codePoint:X4}{Remark(codePoint)}";

    private static string Remark(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
    {
        _ when codePoint is > ' ' and < 0x7F => $" '{(char)codePoint}'",
        UnicodeCategory.Control => " (a control character)",
        UnicodeCategory.SpaceSeparator => " (a space)",
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " (a line break)",
        UnicodeCategory.Surrogate => " (a lone surrogate)",
        UnicodeCategory.PrivateUse => " (a private character)",
        _ when InvisibleCharacters.Contains(codePoint) => " (an invisible character)",
        UnicodeCategory.OtherSymbol => " (a symbol)",
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            => " (a combining mark)",
        _ => "",
    };
}
