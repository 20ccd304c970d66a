using ChatLock.Crypto.Sealing;

namespace ChatLock.Client.Identity;

/// <summary>The session keys of a profile, with the file they are kept in; of a temporary identity, in memory.</summary>
/// <remarks>Not a value: one client's at a time, under the profile's lease.</remarks>
internal sealed class SessionKeyStore
{
    private readonly string? _path;

    public SessionKeyStore(string? path, SessionKeys keys) => (_path, Keys) = (path, keys);

    public SessionKeys Keys { get; private set; }

    /// <summary>Makes a new key and keeps it with the ones before.</summary>
    /// <returns>What went wrong with keeping it, a sentence; <c>null</c> if nothing. It is in use either way.</returns>
    public string? Renew(long nowUnixMs)
    {
        Keys = Keys.Renewed(AgreementKey.Generate(), nowUnixMs);
        if (_path is null)
            return null;
        try
        {
            SessionKeyFile.Write(_path, Keys);
            return null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return $"Your session key can't be saved: {failed.Message} What is sent to you while you are away can't be opened after a restart.";
        }
    }
}
