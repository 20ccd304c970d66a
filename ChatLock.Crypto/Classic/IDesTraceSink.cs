namespace ChatLock.Crypto.Classic;

/// <summary>Is told every intermediate value of a <see cref="TracedDes"/> computation, in the order they arise.
/// Values lie in the low bits of their integers; calls allocate nothing.</summary>
/// <remarks>INSECURE: a trace of DES contains its key. FIPS 46-3.</remarks>
public interface IDesTraceSink
{
    /// <summary>The key has been through PC-1.</summary>
    /// <param name="key">The 64 bits as given, parity included.</param>
    /// <param name="c0">Left half, 28 bits.</param>
    /// <param name="d0">Right half, 28 bits.</param>
    void KeyChosen(ulong key, uint c0, uint d0);

    /// <summary>The halves have been rotated and PC-2 has picked a round key.</summary>
    /// <param name="step">Round 1 to 16, in enciphering order.</param>
    void RoundKeyMade(in DesKeyStep step);

    /// <summary>The block has been through IP.</summary>
    /// <param name="block">The 64 bits that went in.</param>
    /// <param name="left">L0, 32 bits.</param>
    /// <param name="right">R0, 32 bits.</param>
    void BlockPermuted(ulong block, uint left, uint right);

    /// <summary>A round has been computed.</summary>
    /// <param name="step">Round 1 to 16, in the order they run.</param>
    void RoundDone(in DesRoundStep step);

    /// <summary>The block is finished.</summary>
    /// <param name="preoutput">R16 followed by L16, 64 bits.</param>
    /// <param name="output">The preoutput after the inverse initial permutation, 64 bits.</param>
    void BlockDone(ulong preoutput, ulong output);
}

/// <summary>One step of the key schedule. INSECURE: DES, FIPS 46-3 "Key schedule calculation".</summary>
/// <param name="Round">1 to 16.</param>
/// <param name="Rotation">By how many bits both halves were rotated to the left, 1 or 2.</param>
/// <param name="C">Left half after the rotation, 28 bits.</param>
/// <param name="D">Right half after the rotation, 28 bits.</param>
/// <param name="RoundKey">What PC-2 picked, 48 bits.</param>
public readonly record struct DesKeyStep(int Round, int Rotation, uint C, uint D, ulong RoundKey);

/// <summary>One round of the cipher. INSECURE: DES, FIPS 46-3 "The cipher function f".</summary>
/// <param name="Round">1 to 16, in the order the rounds run.</param>
/// <param name="RoundKey">48 bits; deciphering, round 1 uses the sixteenth key.</param>
/// <param name="Expanded">The previous R after E, 48 bits.</param>
/// <param name="Mixed">That xor the round key, 48 bits.</param>
/// <param name="Substituted">After S1 to S8, 32 bits.</param>
/// <param name="Permuted">After P, 32 bits.</param>
/// <param name="Combined">That xor the previous L, 32 bits; the same value as <paramref name="Right"/>.</param>
/// <param name="Left">The round's L: the previous R, 32 bits.</param>
/// <param name="Right">The round's R, 32 bits.</param>
public readonly record struct DesRoundStep(
    int Round, ulong RoundKey, ulong Expanded, ulong Mixed, uint Substituted, uint Permuted,
    uint Combined, uint Left, uint Right);
