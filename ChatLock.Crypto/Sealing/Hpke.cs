using System.Diagnostics.CodeAnalysis;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Sealing;

/// <summary>Encryption to the holder of a key, without a word from it: HPKE in mode base.</summary>
/// <remarks>RFC 9180: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. Mode base says nothing about the sender;
/// the suites sign for that.</remarks>
public static class Hpke
{
    /// <summary>Length of the encapsulated key (<c>enc</c>), in bytes: an uncompressed P-256 point.</summary>
    public const int EncapsulatedLength = P256PublicKey.PointLength;

    /// <summary>What a single-shot message is longer than its plaintext, in bytes: enc and tag.</summary>
    public const int Overhead = EncapsulatedLength + HpkeContext.TagLength;

    /// <summary>Single-shot encryption. RFC 9180 section 6.1, SealBase.</summary>
    /// <param name="recipient">Whom to.</param>
    /// <param name="info">What the agreement is for, any bytes; the receiver gives the same.</param>
    /// <param name="aad">What is authenticated and not sent, any bytes; the receiver gives the same.</param>
    /// <param name="plaintext">Any bytes.</param>
    /// <returns>enc ‖ ciphertext ‖ tag, <see cref="Overhead"/> bytes longer than the plaintext.</returns>
    public static byte[] Seal(
        AgreementPoint recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext)
    {
        using var context = SetupSender(recipient, info, out var encapsulated);
        return [.. encapsulated, .. context.Seal(aad, plaintext)];
    }

    /// <summary>Single-shot decryption. RFC 9180 section 6.1, OpenBase.</summary>
    /// <param name="recipient">The receiver's own pair.</param>
    /// <param name="info">As the sender gave it.</param>
    /// <param name="aad">As the sender gave it.</param>
    /// <param name="sealedBytes">What <see cref="Seal"/> returned, any bytes.</param>
    /// <param name="plaintext">The plaintext, or null when the answer is <see langword="false"/>: too short, enc not
    /// a point, or the tag doesn't fit.</param>
    public static bool TryOpen(
        AgreementKey recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> sealedBytes,
        [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (sealedBytes.Length < Overhead
            || !TrySetupReceiver(recipient, sealedBytes[..EncapsulatedLength], info, out var context))
            return false;
        using (context)
            return context.TryOpen(aad, sealedBytes[EncapsulatedLength..], out plaintext);
    }

    /// <summary>Starts a context to a key. RFC 9180 section 5.1.1, SetupBaseS.</summary>
    /// <param name="recipient">Whom to.</param>
    /// <param name="info">What the agreement is for, any bytes.</param>
    /// <param name="encapsulated">enc, 65 bytes, for the receiver.</param>
    public static HpkeContext SetupSender(AgreementPoint recipient, ReadOnlySpan<byte> info, out byte[] encapsulated)
    {
        using var ephemeral = AgreementKey.Generate();
        encapsulated = ephemeral.Point.ToArray();
        return SetupSender(ephemeral, recipient, info);
    }

    /// <summary>The same with a known one-time key, for vectors.</summary>
    internal static HpkeContext SetupSender(AgreementKey ephemeral, AgreementPoint recipient, ReadOnlySpan<byte> info)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return new HpkeContext(HpkeSchedule.Base(Dhkem.Encapsulate(ephemeral, recipient), info));
    }

    /// <summary>Starts the receiver's side of a context. RFC 9180 section 5.1.1, SetupBaseR.</summary>
    /// <param name="recipient">The receiver's own pair.</param>
    /// <param name="encapsulated">enc, any bytes.</param>
    /// <param name="info">As the sender gave it.</param>
    /// <param name="context">The context, or null when enc isn't a point on the curve.</param>
    public static bool TrySetupReceiver(
        AgreementKey recipient, ReadOnlySpan<byte> encapsulated, ReadOnlySpan<byte> info,
        [NotNullWhen(true)] out HpkeContext? context)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        context = AgreementPoint.TryImport(encapsulated, out var ephemeral)
            ? new HpkeContext(HpkeSchedule.Base(Dhkem.Decapsulate(ephemeral, recipient), info))
            : null;
        return context is not null;
    }
}
