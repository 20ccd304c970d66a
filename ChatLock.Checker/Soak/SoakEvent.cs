using ChatLock.Checker.History;

namespace ChatLock.Checker.Soak;

/// <summary>A client as the soak sees it.</summary>
internal interface ISoakClient : IDisposable
{
    ClientKey Key { get; }

    void Connect();

    void ChooseName(string name);

    void Join(string room);

    void Say(string room, string text);

    void SayTo(string name, string text);

    /// <summary>Ends when the client is stopped.</summary>
    IAsyncEnumerable<SoakEvent> EventsAsync(CancellationToken cancelled);

    /// <summary>Ends at once, without a goodbye. Disposed when its events have ended.</summary>
    ValueTask StopAsync();
}

/// <summary>What happens to a client, as far as a history is about it.</summary>
internal abstract record SoakEvent
{
    private SoakEvent()
    {
    }

    /// <summary>Connected, in the lobby.</summary>
    public sealed record Online(string Name, bool IsResumed) : SoakEvent;

    /// <summary>Not connected, and trying to be.</summary>
    public sealed record Offline : SoakEvent;

    /// <summary>Not connected, for good.</summary>
    public sealed record Stopped(string Sentence) : SoakEvent;

    public sealed record NameRefused(string Code) : SoakEvent;

    public sealed record RoomEntered(string Room) : SoakEvent;

    public sealed record RoomLeft(string Room, string Code) : SoakEvent;

    public sealed record Taken(string Room, ulong Sequence, string Text) : SoakEvent;

    public sealed record TakenPrivately(string Text) : SoakEvent;

    /// <summary>A message handed back. <paramref name="IsRefused"/>: by the server, so that it is nowhere.</summary>
    public sealed record Failed(string Text, string Code, bool IsRefused) : SoakEvent;

    public sealed record Came(string Room, ulong Sequence, ClientKey From, string Text) : SoakEvent;

    public sealed record CamePrivately(ClientKey From, string Text) : SoakEvent;

    /// <summary>A message that couldn't be verified or decrypted.</summary>
    public sealed record Unreadable(string Why) : SoakEvent;

    /// <summary>Both 0: the room's log began anew.</summary>
    public sealed record Missing(string Room, ulong First, ulong Last) : SoakEvent;

    public sealed record PrivateMissing : SoakEvent;
}
