using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Suites;

/// <summary>How the key of a private message comes about, which the suites share: HPKE to the recipient's
/// session.</summary>
internal static class PeerKeyExplanation
{
    public static void Add(Explanation lines, AgreementPoint recipient, byte[] encapsulated, string info)
    {
        lines.Step("Key: HPKE mode base (RFC 9180), one for each message");
        lines.Say("kem, kdf", "DHKEM(P-256, HKDF-SHA256), HKDF-SHA256");
        lines.Point("session key", recipient.Bytes.Span);
        if (encapsulated.Length == P256PublicKey.PointLength)
            lines.Point("one-time key", encapsulated);
        else
            lines.Hex("one-time key", encapsulated);
        lines.Say("info", $"\"{info}\" 00");
    }

    /// <summary>What is said in the place of a key that isn't there.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="forgotten">True for the sender, who had it; false for a receiver who never will.</param>
    public static void AddMissing(Explanation lines, bool forgotten) =>
        lines.Say("key", forgotten
            ? "erased: it came from the one-time private key, which is gone since this was sent. "
                + "Only the recipient's session can compute it again; not even the sender can."
            : "none: the one-time key is not a point on P-256");

    /// <summary>A private message's two parts; the second is empty when it is too short for both.</summary>
    public static (byte[] Encapsulated, byte[] Text) Split(ReadOnlySpan<byte> ciphertext)
    {
        var length = Math.Min(Hpke.EncapsulatedLength, ciphertext.Length);
        return (ciphertext[..length].ToArray(), ciphertext[length..].ToArray());
    }
}
