using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Suites;

/// <summary>What a message is: the first thing in the signed bytes, so that one can't be passed off as the
/// other.</summary>
public enum MessageKind
{
    /// <summary>To a room.</summary>
    Post,

    /// <summary>To one key.</summary>
    Private,
}

/// <summary>What is signed and authenticated beside a message's ciphertext. Compares by content.</summary>
/// <param name="Kind">Post or private message.</param>
/// <param name="Target">32 bytes. Post: SHA-256 of the room name's UTF-8. Private: the recipient's identity
/// fingerprint.</param>
/// <param name="Sender">32 bytes: the sender's identity fingerprint.</param>
/// <param name="Salt">16 random bytes, new in each session of the sender.</param>
/// <param name="Counter">The sender's count under this salt, from 1, never used twice: with the salt it makes the
/// nonce. Whoever retries sends the same sealed message again, it doesn't seal again under the same counter.</param>
/// <remarks>docs/PROTOCOL.md section 6. Other lengths, or a counter of 0, are <see cref="OpenFailure.Malformed"/> when
/// they come from a peer and an <see cref="ArgumentException"/> when they are to be sent.</remarks>
public sealed record MessageHeader(
    MessageKind Kind,
    ReadOnlyMemory<byte> Target,
    ReadOnlyMemory<byte> Sender,
    ReadOnlyMemory<byte> Salt,
    ulong Counter)
{
    /// <summary>Length of <see cref="Target"/>, in bytes.</summary>
    public const int TargetLength = 32;

    /// <summary>Length of <see cref="Salt"/>, in bytes.</summary>
    public const int SaltLength = 16;

    /// <summary>Whether every field has its length and the counter counts.</summary>
    public bool IsWellFormed =>
        Kind is MessageKind.Post or MessageKind.Private
        && Target.Length == TargetLength
        && Sender.Length == P256PublicKey.FingerprintLength
        && Salt.Length == SaltLength
        && Counter > 0;

    /// <summary>Same fields, byte by byte.</summary>
    public bool Equals(MessageHeader? other) =>
        other is not null && Kind == other.Kind && Counter == other.Counter
        && Target.Span.SequenceEqual(other.Target.Span)
        && Sender.Span.SequenceEqual(other.Sender.Span)
        && Salt.Span.SequenceEqual(other.Salt.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Counter);
        hash.AddBytes(Target.Span);
        hash.AddBytes(Sender.Span);
        hash.AddBytes(Salt.Span);
        return hash.ToHashCode();
    }
}
