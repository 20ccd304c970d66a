using System.Security.Cryptography;

namespace ChatLock.Crypto.Sealing;

/// <summary>AES-GCM with the tag behind the ciphertext and an answer instead of an exception. SP 800-38D.</summary>
internal static class AuthenticatedCipher
{
    public const int TagLength = 16;

    public static byte[] Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext)
    {
        using var cipher = new AesGcm(key, TagLength);
        return Seal(cipher, nonce, aad, plaintext);
    }

    public static byte[] Seal(
        AesGcm cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext)
    {
        var output = new byte[plaintext.Length + TagLength];
        cipher.Encrypt(nonce, plaintext, output.AsSpan(0, plaintext.Length), output.AsSpan(plaintext.Length), aad);
        return output;
    }

    /// <summary>The plaintext, or null when the tag doesn't fit.</summary>
    public static byte[]? Open(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> sealedBytes)
    {
        using var cipher = new AesGcm(key, TagLength);
        return Open(cipher, nonce, aad, sealedBytes);
    }

    /// <inheritdoc cref="Open(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static byte[]? Open(
        AesGcm cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < TagLength)
            return null;
        var plaintext = new byte[sealedBytes.Length - TagLength];
        try
        {
            cipher.Decrypt(nonce, sealedBytes[..^TagLength], sealedBytes[^TagLength..], plaintext, aad);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
