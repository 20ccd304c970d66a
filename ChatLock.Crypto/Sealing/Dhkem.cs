using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Sealing;

/// <summary>DHKEM(P-256, HKDF-SHA256): agrees on 32 secret bytes with the holder of a key. RFC 9180 section
/// 4.1.</summary>
internal static class Dhkem
{
    public const ushort Id = 0x0010;
    public const int SecretLength = 32;

    private static readonly LabeledHkdf Kdf = new(HashAlgorithmName.SHA256, [.. "KEM"u8, 0x00, 0x10]);

    /// <summary>The sender's side, Encap and with <paramref name="sender"/> AuthEncap. What the receiver needs is
    /// <paramref name="ephemeral"/>'s point. The caller erases the secret.</summary>
    public static byte[] Encapsulate(AgreementKey ephemeral, AgreementPoint recipient, AgreementKey? sender = null) =>
        SharedSecret(
            ephemeral.Agree(recipient), sender?.Agree(recipient) ?? [],
            [.. ephemeral.Point.Span, .. recipient.Bytes.Span, .. SpanOf(sender?.PublicPoint)]);

    /// <summary>The receiver's side, Decap and with <paramref name="sender"/> AuthDecap.</summary>
    public static byte[] Decapsulate(AgreementPoint ephemeral, AgreementKey recipient, AgreementPoint? sender = null) =>
        SharedSecret(
            recipient.Agree(ephemeral), sender is null ? [] : recipient.Agree(sender),
            [.. ephemeral.Bytes.Span, .. recipient.Point.Span, .. SpanOf(sender)]);

    /// <summary>A key pair from secret bytes, always the same. RFC 9180 section 7.1.3, DeriveKeyPair.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The pair is the result.")]
    public static AgreementKey DeriveKeyPair(ReadOnlySpan<byte> ikm)
    {
        var key = Kdf.Extract([], "dkp_prk"u8, ikm);
        try
        {
            for (var attempt = 0; attempt <= byte.MaxValue; attempt++)
            {
                var candidate = Kdf.Expand(key, "candidate"u8, [(byte)attempt], P256Point.CoordinateLength);
                if (P256Point.IsScalar(candidate))
                    return FromErased(candidate);
            }
            throw new CryptographicException("No P-256 private key in 256 attempts.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static AgreementKey FromErased(byte[] scalar)
    {
        var pair = AgreementKey.FromScalar(scalar);
        CryptographicOperations.ZeroMemory(scalar);
        return pair;
    }

    private static byte[] SharedSecret(byte[] agreement, byte[] senderAgreement, ReadOnlySpan<byte> context)
    {
        byte[] both = [.. agreement, .. senderAgreement];
        var key = Kdf.Extract([], "eae_prk"u8, both);
        var secret = Kdf.Expand(key, "shared_secret"u8, context, SecretLength);
        CryptographicOperations.ZeroMemory(agreement);
        CryptographicOperations.ZeroMemory(senderAgreement);
        CryptographicOperations.ZeroMemory(both);
        CryptographicOperations.ZeroMemory(key);
        return secret;
    }

    private static ReadOnlySpan<byte> SpanOf(AgreementPoint? point) => point is null ? [] : point.Bytes.Span;
}
