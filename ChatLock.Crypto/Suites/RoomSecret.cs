using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Suites;

/// <summary>The 32 random bytes that a room's members share, from an invite link or, for an open room, the
/// gateway.</summary>
/// <remarks>Never printed; never a key itself, the suites derive theirs from it.</remarks>
public sealed class RoomSecret
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;

    private RoomSecret(byte[] bytes) => _bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A new secret from the platform's random numbers.</summary>
    public static RoomSecret Generate() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Takes a secret if it is 32 bytes.</summary>
    /// <param name="bytes">Any bytes; copied.</param>
    /// <param name="secret">The secret, or null when the answer is <see langword="false"/>.</param>
    public static bool TryImport(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomSecret? secret)
    {
        secret = bytes.Length == Length ? new RoomSecret(bytes.ToArray()) : null;
        return secret is not null;
    }

    /// <summary>A copy of the 32 bytes, for an invite link's fragment. The caller erases it.</summary>
    public byte[] Export() => [.. _bytes];

    /// <summary>Says what it is and nothing of its content.</summary>
    public override string ToString() => "room secret (32 bytes, not shown)";
}
