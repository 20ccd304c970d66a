namespace ChatLock.Actors.Storage;

/// <summary>Which journal it is, for ever: the key of its rows.</summary>
/// <param name="Kind">Whose it is, such as "room", "mailbox", "registry".</param>
/// <param name="Key">Which of them, such as a room's id or a fingerprint in hex.</param>
public sealed record JournalId(string Kind, string Key)
{
    /// <summary>Characters of <see cref="ToString"/> at most; the column is 255 wide.</summary>
    public const int LengthMax = 200;

    public override string ToString() => $"{Kind}/{Key}";
}
