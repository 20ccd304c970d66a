using System.Diagnostics.CodeAnalysis;
using ChatLock.Client.Connection;
using ChatLock.Protocol.Rooms;

namespace ChatLock.Client.Rooms;

/// <summary>What leads into a room: an open room's name, an invite's code, or a link that holds either.</summary>
/// <remarks>docs/PROTOCOL.md section 6a. A code is a secret: a link with one goes into no log and no sentence.</remarks>
public sealed class InviteLink
{
    private const string RoomKey = "room=";
    private const string NameKey = "name=";
    private const string PinKey = "sha256=";
    private const int WebPort = 4643;
    private const int CodeLeastCharacters = 40; // no room's name is as long: it is a code, or what is left of one

    private InviteLink(RoomId room, InviteCode? code, string? title, ServerAddress? server) =>
        (Room, Code, Title, Server) = (room, code, title, server);

    /// <summary>The room it leads to.</summary>
    public RoomId Room { get; }

    /// <summary>What lets one into a sealed room; <c>null</c> for an open one, and where only a sealed room's id was given.</summary>
    public InviteCode? Code { get; }

    /// <summary>What its creator calls the room: foreign text, 1 to 32 characters without controls; <c>null</c> if it doesn't say.</summary>
    public string? Title { get; }

    /// <summary>Which server it is for; <c>null</c> if it is no link.</summary>
    public ServerAddress? Server { get; }

    /// <summary>Whether a text is a link with a room in it, whole or not: a server's address otherwise.</summary>
    public static bool HasRoom(string text) =>
        Parts(text).Any(part => part.StartsWith(RoomKey, StringComparison.OrdinalIgnoreCase));

    /// <summary>A link without what leads into the room: the server's address, which may be shown.</summary>
    public static string WithoutRoom(string text)
    {
        var kept = Parts(text).Where(part => part.StartsWith(PinKey, StringComparison.OrdinalIgnoreCase)).ToList();
        return HasRoom(text) ? text.Split('#', 2)[0] + (kept.Count > 0 ? "#" + kept[0] : "") : text;
    }

    /// <summary>Reads what a user typed or pasted. Any text is answered.</summary>
    /// <param name="text">An open room's name with or without <c>#</c>, a code, a link, or the id of a sealed room that is known here.</param>
    /// <param name="link">What it leads to, if there is nothing wrong with it.</param>
    /// <param name="problem">What is wrong, a complete sentence without the secret; empty when the answer is <c>true</c>.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out InviteLink? link, out string problem)
    {
        link = null;
        var trimmed = text.Trim();
        ServerAddress? server = null;
        string? title = null;
        if (trimmed.Contains("://", StringComparison.Ordinal) || HasRoom(trimmed))
        {
            if (!ServerAddress.TryParse(WithoutRoom(trimmed), out server, out problem))
                return false;
            if (!HasRoom(trimmed))
            {
                problem = "That link leads to a server, but into no room.";
                return false;
            }
            title = Value(trimmed, NameKey) is { } name ? RoomTitle.Clean(name) : null;
            trimmed = Value(trimmed, RoomKey)!;
        }
        if (RoomId.TryParse(trimmed, out var known) && known.Kind == RoomKind.Sealed)
            (link, problem) = (new InviteLink(known, null, title, server), "");
        else if (LooksLikeCode(trimmed))
        {
            if (InviteCode.TryParse(trimmed, out var code, out problem))
                link = new InviteLink(code.Room, code, title, server);
        }
        else if (RoomId.TryOpen(trimmed, out var room, out problem))
            link = new InviteLink(room, null, null, server);
        return link is not null;
    }

    /// <summary>The links that lead into a room: for a browser, then for a terminal.</summary>
    /// <param name="server">The server.</param>
    /// <param name="serverId">32 bytes.</param>
    /// <param name="room">The room.</param>
    /// <param name="code">Its invite, if it is sealed.</param>
    /// <param name="title">What it is called.</param>
    internal static IReadOnlyList<string> For(
        ServerAddress server, ReadOnlySpan<byte> serverId, RoomId room, InviteCode? code, string title)
    {
        var fragment = $"{PinKey}{Convert.ToHexStringLower(serverId)}&{RoomKey}{Uri.EscapeDataString(code?.ToText() ?? room.Text)}"
            + (code is null ? "" : $"&{NameKey}{Uri.EscapeDataString(title)}");
        return server.IsPlain
            ? [$"plain://{server}#{fragment}"]
            : [$"https://{server.WithPort(WebPort)}/#{fragment}", $"chatlock://{server}#{fragment}"];
    }

    private static bool LooksLikeCode(string text) => text.Length >= CodeLeastCharacters && !text.StartsWith('#');

    private static string[] Parts(string text) => text.Split('#', 2) is [_, var fragment] ? fragment.Split('&') : [];

    private static string? Value(string text, string key) =>
        Parts(text).FirstOrDefault(part => part.StartsWith(key, StringComparison.OrdinalIgnoreCase)) is { } part
            ? Uri.UnescapeDataString(part[key.Length..])
            : null;
}
