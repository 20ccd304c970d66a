using ChatLock.Protocol.Rooms;

namespace ChatLock.Client.Rooms;

/// <summary>What a room is called for people.</summary>
internal static class RoomTitle
{
    /// <summary>Most characters (Unicode scalar values) of a sealed room's name.</summary>
    public const int MaxCharacters = 32;

    private const int ShortHexDigits = 8;

    /// <summary>A name for a sealed room as somebody typed it, or as it stands in a link.</summary>
    /// <returns>The name without controls and outer blanks; <c>null</c> if it is empty or too long.</returns>
    public static string? Clean(string typed)
    {
        var text = string.Concat(typed.Select(c => c is '\n' or '\t' ? ' ' : c).Where(c => !char.IsControl(c))).Trim();
        text = string.Concat(text.EnumerateRunes()); // half a surrogate pair is no text
        return text.Length > 0 && text.EnumerateRunes().Count() <= MaxCharacters ? text : null;
    }

    /// <summary>What it is called where no invite says more: a sealed room by the first digits of its hash.</summary>
    public static string Of(RoomId room) => room.Kind == RoomKind.Sealed ? room.Text[..(1 + ShortHexDigits)] : room.Text;
}
