using System.Globalization;
using System.Text;
using ChatLock.Protocol.Names.Data;

namespace ChatLock.Protocol.Text;

/// <summary>How many terminal cells text takes: East_Asian_Width W and F two (Unicode 17.0.0, pinned), marks and
/// format characters none, everything else one.</summary>
/// <remarks>An upper bound where terminals differ: an emoji joined of several counts as all of them, a variation
/// selector as one more.</remarks>
public static class TerminalWidth
{
    private static readonly Lazy<RangeTable<bool>> Wide =
        new(() => new(DataFile.ReadSections("widths-17.0.0.txt")["wide"], _ => true));

    /// <summary>Cells of a line that <see cref="ForeignText"/> made.</summary>
    public static int Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Sum(Of);
    }

    internal static int Of(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        >= 0xFE00 and <= 0xFE0F => 1,
        var codePoint when Wide.Value.Find(codePoint) || ForeignCharacters.IsPictograph(codePoint) => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format ? 0 : 1,
    };
}
