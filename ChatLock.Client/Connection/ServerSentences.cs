using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>Why a server isn't trusted, and what to do about it.</summary>
internal static class ServerSentences
{
    public static string Changed(ServerAddress server, string? known, string shown)
    {
        var expected = server.Certificate is { } named ? Convert.ToHexStringLower([.. named]) : known;
        return $"{server} shows another certificate than {(server.Certificate is null ? "before" : "the address says")}; "
            + $"somebody may be in between. Nothing was sent. Expected sha256={expected}, shown sha256={shown}. "
            + $"If its operator confirms the new one, connect once with: chatlock chatlock://{server}#sha256={shown}";
    }

    public static string AnotherId(ServerAddress server) =>
        $"What answers at {server} speaks for another server than its certificate says; somebody may be in between. Nothing was sent.";

    public static string Ended(ServerAddress server, CloseReason reason) => reason == CloseReason.ConnectionLost
        ? "Connection lost."
        : $"What answers at {server} doesn't speak the ChatLock protocol. Is the port right? A gateway prints it at its start.";
}
