using System.Text.Json;

namespace ChatLock.Gateway.Page;

/// <summary>/invite.json: what the page gives to a friend.</summary>
public sealed class InviteEndpoint(FriendLinks links)
{
    /// <param name="served">What the request was addressed to.</param>
    public Task ServeAsync(HttpContext http, WebOrigin served) => Answer.JsonAsync(http, JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            page = links.PageSeenFrom(served),
            terminal = links.TerminalSeenFrom(served),
            selfSigned = links.IsSelfSigned,
            software = Software.NameAndVersion,
        }));
}
