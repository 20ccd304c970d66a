using System.Globalization;
using System.Text;

namespace ChatLock.Protocol.Text;

/// <summary>What may be shown of foreign text as it is, and in what company.</summary>
internal static class ForeignCharacters
{
    public const int ZeroWidthNonJoiner = 0x200C;
    public const int ZeroWidthJoiner = 0x200D;
    private const int EmojiPresentation = 0xFE0F;

    /// <summary>Shown as it is, wherever it stands.</summary>
    public static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse => false,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Format => IsArabicNumberSign(rune.Value),
        UnicodeCategory.OtherNotAssigned => IsPictograph(rune.Value), // emoji younger than the runtime's data
        _ => !InvisibleCharacters.Contains(rune.Value),
    };

    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>The joiners hold emoji together and shape Arabic and Indic words; elsewhere they only hide.</summary>
    public static bool Joins(Rune joiner, Rune before, Rune? after) =>
        joiner.Value is ZeroWidthJoiner or ZeroWidthNonJoiner && after is { } next
        && ((JoinsLetters(before) && JoinsLetters(next))
            || (joiner.Value == ZeroWidthJoiner && JoinsPictures(before) && JoinsPictures(next)));

    /// <summary>One selector, after a symbol, a digit or an ideograph.</summary>
    public static bool Varies(Rune selector, Rune before) =>
        selector.Value is >= 0xFE00 and <= EmojiPresentation or >= 0xE0100 and <= 0xE01EF
        && before.Value > ' ' && !char.IsAsciiLetter((char)Math.Min(before.Value, char.MaxValue))
        && !IsMark(before) && !InvisibleCharacters.Contains(before.Value);

    /// <summary>Blocks that hold right-to-left characters, assigned or not (UAX #9 section 3.2).</summary>
    public static bool IsRightToLeft(Rune rune) => rune.Value
        is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFE
        or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;

    public static bool IsPictograph(int codePoint) => codePoint is >= 0x1F000 and <= 0x1FAFF;

    /// <summary>Format characters by category, yet visible.</summary>
    private static bool IsArabicNumberSign(int codePoint) =>
        codePoint is >= 0x0600 and <= 0x0605 or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2;

    private static bool JoinsLetters(Rune rune) => rune.Value is >= 0x0600 and <= 0x1CFF
        && (IsMark(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter)
        && !InvisibleCharacters.Contains(rune.Value);

    private static bool JoinsPictures(Rune rune) => rune.Value == EmojiPresentation || IsPictograph(rune.Value)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol;
}
