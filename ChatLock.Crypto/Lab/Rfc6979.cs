using System.Numerics;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Lab;

/// <summary>HMAC over one hash function, as <see cref="HMACSHA256.HashData(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>.
/// </summary>
/// <param name="key">Any length.</param>
/// <param name="data">Any length.</param>
/// <returns>As many bytes as the hash has.</returns>
/// <remarks>INSECURE: used here for lessons only.</remarks>
public delegate byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data);

/// <summary>The k of a signature derived from key and hash, so that no random number is needed.</summary>
/// <remarks>INSECURE: on textbook arithmetic. RFC 6979 section 3.2.</remarks>
public static class Rfc6979
{
    /// <summary>The candidates in the order the RFC tries them, without end. Those outside 1 to n − 1 are among them:
    /// whoever signs skips them, as it does those that give r = 0 or s = 0.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="privateKey">1 to n − 1.</param>
    /// <param name="hash">Hash of the message, the same function as the HMAC's.</param>
    /// <param name="hmac">The HMAC.</param>
    /// <exception cref="ArgumentException">The private key is out of range.</exception>
    public static IEnumerable<BigInteger> Nonces(
        Curve curve, BigInteger privateKey, ReadOnlyMemory<byte> hash, Hmac hmac)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(hmac);
        if (!curve.IsScalar(privateKey))
            throw new ArgumentException("not between 1 and n - 1", nameof(privateKey));
        return Candidates(curve, privateKey, hash, hmac);
    }

    private static IEnumerable<BigInteger> Candidates(
        Curve curve, BigInteger privateKey, ReadOnlyMemory<byte> hash, Hmac hmac)
    {
        byte[] seed =
        [
            .. Octets(curve, privateKey),
            .. Octets(curve, TextbookEcdsa.HashToInteger(curve, hash.Span) % curve.N),
        ];
        var key = new byte[hash.Length];
        var value = Enumerable.Repeat((byte)1, hash.Length).ToArray();
        key = hmac(key, [.. value, 0, .. seed]);
        value = hmac(key, value);
        key = hmac(key, [.. value, 1, .. seed]);
        value = hmac(key, value);

        while (true)
        {
            var bytes = new List<byte>();
            while (bytes.Count * 8 < curve.OrderBits)
            {
                value = hmac(key, value);
                bytes.AddRange(value);
            }
            yield return TextbookEcdsa.HashToInteger(curve, bytes.ToArray());

            key = hmac(key, [.. value, 0]);
            value = hmac(key, value);
        }
    }

    private static byte[] Octets(Curve curve, BigInteger value) =>
        Modular.ToBytes(value, (curve.OrderBits + 7) / 8);
}
