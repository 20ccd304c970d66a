namespace ChatLock.Crypto.Suites;

/// <summary>What a suite makes of a plaintext. Compares by content.</summary>
/// <param name="Ciphertext">The suite's own form; a private message starts with the 65-byte one-time point.</param>
/// <param name="Signature">64 bytes, P1363, by the sender's identity key over header and ciphertext.</param>
/// <remarks>docs/PROTOCOL.md section 6. From a peer both may be any bytes of any length.</remarks>
public sealed record SealedMessage(ReadOnlyMemory<byte> Ciphertext, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Same ciphertext and signature, byte by byte.</summary>
    public bool Equals(SealedMessage? other) =>
        other is not null
        && Ciphertext.Span.SequenceEqual(other.Ciphertext.Span)
        && Signature.Span.SequenceEqual(other.Signature.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Ciphertext.Span);
        hash.AddBytes(Signature.Span);
        return hash.ToHashCode();
    }
}

/// <summary>Why a message isn't shown as genuine.</summary>
public enum OpenFailure
{
    /// <summary>It is genuine: signature verified, decrypted.</summary>
    None,

    /// <summary>The signature isn't the sender's over these bytes. Nothing was decrypted.</summary>
    BadSignature,

    /// <summary>Signed by the sender, but not readable with the secret or key at hand.</summary>
    CannotDecrypt,

    /// <summary>Genuine, but seen before (<see cref="ReplayGuard"/>).</summary>
    Replayed,

    /// <summary>A header field has a wrong length, or the counter is 0.</summary>
    Malformed,
}

/// <summary>The answer to a received message.</summary>
/// <param name="Failure">Why it can't be shown, or none.</param>
/// <param name="Plaintext">The plaintext; empty after a failure. Its own copy.</param>
public readonly record struct Opened(OpenFailure Failure, ReadOnlyMemory<byte> Plaintext)
{
    /// <summary>Whether the message is genuine and readable.</summary>
    public bool IsGenuine => Failure == OpenFailure.None;

    internal static Opened Failed(OpenFailure failure) => new(failure, default);
}
