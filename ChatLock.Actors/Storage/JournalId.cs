namespace ChatLock.Actors.Storage;

/// <summary>Which journal it is, for ever: the key of its rows.</summary>
/// <param name="Kind">Whose it is, such as "room", "mailbox", "registry".</param>
/// <param name="Key">Which of them, such as a room's id or a fingerprint in hex.</param>
public sealed record JournalId(string Kind, string Key)
{
    /// <remarks>A room's is the longest, at most 91 characters; the column is 255 wide.</remarks>
    public override string ToString() => $"{Kind}/{Key}";
}
