namespace ChatLock.Crypto.Classic;

/// <summary>Writes candidate <paramref name="attempt"/> (0, 1, 2, …) for a key into all of
/// <paramref name="eightBytes"/>; each attempt should give other bytes.</summary>
/// <param name="attempt">How many candidates have been refused before.</param>
/// <param name="eightBytes">8 bytes to fill.</param>
/// <remarks>INSECURE: whatever the bytes come from, DES uses 56 bits of them.</remarks>
public delegate void DesKeyCandidate(int attempt, Span<byte> eightBytes);

/// <summary>A DES key fit for messages: odd parity, neither weak nor semi-weak. There is no other way to encrypt a
/// message than with one of these.</summary>
/// <remarks>INSECURE: 56 bits are found by search within a day. FIPS 46-3, SP 800-67 section 3.3.2. The bytes stay
/// in memory until collected.</remarks>
public sealed class DesKey
{
    /// <summary>Candidates tried before <see cref="Derive"/> gives up: of 2^56 keys 16 are refused.</summary>
    public const int AttemptsMax = 16;

    private readonly byte[] _bytes;

    private DesKey(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.ToArray();
        Schedule = new DesKeySchedule(bytes);
    }

    /// <summary>The key, 8 bytes with odd parity. For the lab and the inspector.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The round keys, for <see cref="Des"/>.</summary>
    public DesKeySchedule Schedule { get; }

    /// <summary>Takes eight bytes as a message key.</summary>
    /// <param name="bytes">The key, copied.</param>
    /// <param name="key">The key, if nothing is wrong with it.</param>
    /// <returns>What is wrong, or <see cref="DesKeyFlaw.None"/>.</returns>
    public static DesKeyFlaw TryCreate(ReadOnlySpan<byte> bytes, out DesKey? key)
    {
        var flaw = DesKeyBytes.FlawOf(bytes);
        key = flaw == DesKeyFlaw.None ? new DesKey(bytes) : null;
        return flaw;
    }

    /// <summary>Makes a message key of arbitrary bytes: sets odd parity, and asks for the next candidate while the
    /// result is weak or semi-weak.</summary>
    /// <param name="candidate">Gives the bytes, the same ones for the same attempt if both ends are to get the same
    /// key.</param>
    /// <exception cref="ArgumentException">All of <see cref="AttemptsMax"/> candidates were weak: the source doesn't
    /// vary.</exception>
    public static DesKey Derive(DesKeyCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        Span<byte> bytes = stackalloc byte[DesKeySchedule.KeySizeInBytes];
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            candidate(attempt, bytes);
            if (TryCreate(DesKeyBytes.WithOddParity(bytes), out var key) == DesKeyFlaw.None)
                return key!;
        }
        throw new ArgumentException($"all of {AttemptsMax} candidates are weak DES keys", nameof(candidate));
    }

    /// <summary>Only that it is a key: never its bytes.</summary>
    public override string ToString() => "DES key";
}
