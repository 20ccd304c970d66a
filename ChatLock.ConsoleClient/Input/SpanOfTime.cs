using System.Globalization;
using ChatLock.Protocol.Rooms;

namespace ChatLock.ConsoleClient.Input;

/// <summary>A length of time as it is typed: <c>90</c> or <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>; <c>off</c> is 0.</summary>
internal static class SpanOfTime
{
    /// <returns><c>false</c> for anything else, and for more than acts allow.</returns>
    public static bool TryParse(string typed, out uint seconds)
    {
        seconds = 0;
        if (typed.Equals("off", StringComparison.OrdinalIgnoreCase))
            return true;
        if (typed.Length == 0)
            return false;
        var unit = char.ToLowerInvariant(typed[^1]) switch
        {
            'm' => 60u,
            'h' => 3_600u,
            'd' => 24 * 3_600u,
            _ => 1u,
        };
        var digits = char.IsAsciiDigit(typed[^1]) ? typed : typed[..^1];
        var isUnit = char.IsAsciiDigit(typed[^1]) || "smhd".Contains(char.ToLowerInvariant(typed[^1]), StringComparison.Ordinal);
        if (!isUnit || !uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > RoomActs.SecondsMax / unit)
            return false;
        seconds = number * unit;
        return true;
    }

    /// <summary>In the largest unit that fits.</summary>
    public static string InWords(uint seconds) => seconds switch
    {
        >= 24 * 3_600 when seconds % (24 * 3_600) == 0 => $"{seconds / (24 * 3_600)} d",
        >= 3_600 when seconds % 3_600 == 0 => $"{seconds / 3_600} h",
        >= 60 when seconds % 60 == 0 => $"{seconds / 60} min",
        _ => $"{seconds} s",
    };
}
