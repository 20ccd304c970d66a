namespace ChatLock.Crypto.Classic;

/// <summary>Which way a DES computation runs; deciphering uses the round keys from the last to the first.</summary>
/// <remarks>INSECURE: DES. FIPS 46-3, "Enciphering" and "Deciphering".</remarks>
public enum DesDirection
{
    /// <summary>Plaintext to ciphertext.</summary>
    Encrypt,

    /// <summary>Ciphertext to plaintext.</summary>
    Decrypt,
}
