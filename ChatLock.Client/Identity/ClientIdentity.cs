using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Identity;

namespace ChatLock.Client.Identity;

/// <summary>Who this client is: its identity key, and the profile's files that belong to it.</summary>
/// <remarks>docs/PROTOCOL.md section 5. Holds the profile: while it lives, no other client can be this one.</remarks>
public sealed class ClientIdentity : IDisposable
{
    private readonly IDisposable? _lease;

    internal ClientIdentity(SigningKey key, SessionKeyStore sessionKeys, IDisposable? lease = null)
    {
        (Key, SessionKeys, _lease) = (key, sessionKeys, lease);
        Fingerprint = Fingerprint.Of(key.PublicKey.Point.Span);
    }

    /// <summary>A new identity that is kept nowhere: for bots, load and tests.</summary>
    public static ClientIdentity Temporary() => new(SigningKey.Generate(), new SessionKeyStore(path: null, Identity.SessionKeys.None));

    /// <summary>What this client is addressed by.</summary>
    public Fingerprint Fingerprint { get; }

    internal SigningKey Key { get; }

    /// <summary>What private messages to this client are sealed to.</summary>
    internal SessionKeyStore SessionKeys { get; }

    /// <summary>Gives the profile back and forgets the key.</summary>
    public void Dispose()
    {
        Key.Dispose();
        _lease?.Dispose();
    }
}
