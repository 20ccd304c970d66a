using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ChatLock.Crypto.Lab;

/// <summary>ECDSA step by step for values given by hand, and for signatures of real messages: what
/// <c>chatlock lab ecdsa</c> and the inspector print.</summary>
/// <remarks>INSECURE: prints private keys and leaks them through timing. SHA-256 throughout.</remarks>
public static class EcdsaLab
{
    /// <summary>Longest message taken, in bytes of UTF-8.</summary>
    public const int MessageBytesMax = 16 * 1024;

    private const int DigitsMax = 64;
    private const int ShownBytes = 64;

    /// <summary>Signs a message and verifies it again.</summary>
    /// <param name="curve">"p256" or "small", as <see cref="Curve.TryGet"/> takes them.</param>
    /// <param name="privateKey">d, 1 to n − 1: hexadecimal on P-256, decimal on the small curve, hexadecimal on both
    /// after 0x. Null makes a random one.</param>
    /// <param name="message">At most <see cref="MessageBytesMax"/> bytes of UTF-8.</param>
    /// <param name="k">Written like d. Null derives it by RFC 6979.</param>
    /// <param name="detail">Whether the steps of every multiplication and inversion are printed.</param>
    /// <returns>The lines; or <see cref="LabError.UnknownCurve"/>, <see cref="LabError.WrongLength"/>,
    /// <see cref="LabError.BadNumber"/>, <see cref="LabError.OutOfRange"/> or <see cref="LabError.UnusableNonce"/>.
    /// </returns>
    public static LabResult Run(
        string curve, string? privateKey, string message, string? k, LabDetail detail = LabDetail.Steps)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!Curve.TryGet(curve, out var known))
            return Refused(LabError.UnknownCurve, $"no such curve; there are {string.Join(" and ", Names())}");
        if (Encoding.UTF8.GetByteCount(message) > MessageBytesMax)
            return Refused(LabError.WrongLength, $"the message is longer than {MessageBytesMax} bytes");
        if (Scalar("the private key", privateKey, known!, out var d) is { } badKey)
            return badKey;
        if (Scalar("k", k, known!, out var nonce) is { } badNonce)
            return badNonce;
        return Sign(known!, d ?? RandomScalar(known!), Encoding.UTF8.GetBytes(message), nonce, detail);
    }

    /// <summary>Verifies a real signature with P-256 and SHA-256, as every message carries one.</summary>
    /// <param name="point65">The public key: 0x04, then x and y of 32 bytes each.</param>
    /// <param name="data">The signed bytes.</param>
    /// <param name="signature64">r and s of 32 bytes each (P1363).</param>
    /// <param name="detail">Whether the steps of every multiplication and inversion are printed.</param>
    /// <returns>The lines, which also tell of a signature that isn't valid; or <see cref="LabError.WrongLength"/>.
    /// </returns>
    public static LabResult Verify(
        ReadOnlySpan<byte> point65, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature64,
        LabDetail detail = LabDetail.Values)
    {
        if (point65.Length != 65 || point65[0] != 4)
            return Refused(LabError.WrongLength, "a public key has 65 bytes, the first of them 04");
        if (signature64.Length != 64)
            return Refused(LabError.WrongLength, "a signature has 64 bytes");

        var hash = SHA256.HashData(data);
        var trace = TextbookEcdsa.Verify(
            Curve.P256, new(Unsigned(point65[1..33]), Unsigned(point65[33..])), hash,
            Unsigned(signature64[..32]), Unsigned(signature64[32..]));

        var page = new EcdsaPage(Curve.P256, detail);
        EcdsaText.AddCurve(page, Curve.P256);
        AddHash(page, "Signed bytes and the signature under test", data.Length, hash, trace.E);
        page.Point("Q", trace.PublicKey);
        page.Number("r", trace.R);
        page.Number("s", trace.S);
        EcdsaText.AddVerification(page, trace);
        return LabResult.Of(page.Lines);
    }

    private static LabResult Sign(Curve curve, BigInteger d, byte[] message, BigInteger? k, LabDetail detail)
    {
        var hash = SHA256.HashData(message);
        var error = k is { } given
            ? TextbookEcdsa.Sign(curve, d, hash, given, out var trace)
            : TextbookEcdsa.Sign(curve, d, hash, Rfc6979.Nonces(curve, d, hash, HMACSHA256.HashData), out trace);
        if (error != LabError.None)
            return Refused(error, "this k gives r = 0 or s = 0; take another");

        var page = new EcdsaPage(curve, detail);
        EcdsaText.AddCurve(page, curve);
        EcdsaText.AddKeyPair(page, trace!);
        AddHash(page, "Message", message.Length, hash, trace!.E);
        page.Value("text", LabText.Gutter(message.AsSpan(0, Math.Min(message.Length, ShownBytes)))
            + (message.Length > ShownBytes ? " ..." : ""));
        page.Text(k is null ? "k is derived from d and the hash (RFC 6979)" : "k is given");
        EcdsaText.AddSigning(page, trace);
        EcdsaText.AddVerification(page, TextbookEcdsa.Verify(curve, trace.PublicKey, hash, trace.R, trace.S));
        if (curve == Curve.P256)
        {
            page.Text(PlatformEcdsa.Verifies(trace, hash)
                ? "The platform's own ECDSA calls it valid too"
                : "The platform's own ECDSA calls it INVALID: the lab is wrong");
        }
        return LabResult.Of(page.Lines);
    }

    private static void AddHash(EcdsaPage page, string heading, int bytes, byte[] hash, BigInteger e)
    {
        page.Heading($"{heading}: {LabText.Count(bytes, "byte")}");
        page.Value("SHA-256", LabText.LongHex(Unsigned(hash), hash.Length));
        page.Number("e", e);
    }

    private static LabResult? Scalar(string what, string? text, Curve curve, out BigInteger? value)
    {
        value = null;
        if (text is null)
            return null;

        var prefixed = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var hexadecimal = prefixed || curve == Curve.P256;
        var digits = (prefixed ? text[2..] : text).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length is 0 or > DigitsMax)
        {
            var count = LabText.Count(digits.Length, "digit");
            return Refused(LabError.WrongLength, $"{what} has {count}, 1 to {DigitsMax} are taken");
        }
        if (!digits.All(hexadecimal ? char.IsAsciiHexDigit : char.IsAsciiDigit))
            return Refused(LabError.BadNumber, $"{what} is not a {(hexadecimal ? "hexadecimal" : "decimal")} number");

        var style = hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        var number = BigInteger.Parse("0" + digits, style, CultureInfo.InvariantCulture);
        if (!curve.IsScalar(number))
            return Refused(LabError.OutOfRange, $"{what} is not between 1 and n - 1 of the curve {curve.Name}");
        value = number;
        return null;
    }

    private static BigInteger RandomScalar(Curve curve)
    {
        // Numbers of n's own length until one fits: reducing a number modulo n would favour some.
        while (true)
        {
            var bytes = RandomNumberGenerator.GetBytes((curve.OrderBits + 7) / 8);
            var candidate = TextbookEcdsa.HashToInteger(curve, bytes);
            if (curve.IsScalar(candidate))
                return candidate;
        }
    }

    private static IEnumerable<string> Names() => Curve.All.Select(curve => curve.Name);

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static LabResult Refused(LabError error, string sentence) => LabResult.Refused(error, sentence);
}
