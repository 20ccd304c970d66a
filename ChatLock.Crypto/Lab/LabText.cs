using System.Globalization;
using System.Numerics;
using System.Text;

namespace ChatLock.Crypto.Lab;

/// <summary>How the lab writes bits, bytes and numbers. Printable ASCII only, whatever goes in.</summary>
internal static class LabText
{
    public const string DesBanner =
        "INSECURE: a DES key has 56 bits and is found by search within a day. For lessons, never for secrets.";

    public const string EcdsaBanner =
        "INSECURE: textbook arithmetic leaks the key through its timing. For lessons, never for secrets.";

    /// <summary>The low <paramref name="width"/> bits, grouped from the left.</summary>
    public static string Bits(ulong value, int width, int group, int gap = 1)
    {
        var text = new StringBuilder();
        for (var i = 0; i < width; i++)
        {
            if (i > 0 && i % group == 0)
                text.Append(' ', gap);
            text.Append((value >> (width - 1 - i)) & 1);
        }
        return text.ToString();
    }

    /// <summary>The low <paramref name="width"/> bits in hexadecimal, leading zeros kept.</summary>
    public static string Hex(ulong value, int width) =>
        value.ToString($"X{width / 4}", CultureInfo.InvariantCulture);

    /// <summary>The bytes between bars as ASCII, with a dot for whatever isn't.</summary>
    public static string Gutter(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("|");
        foreach (var value in bytes)
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
        return text.Append('|').ToString();
    }

    /// <summary>All <paramref name="bytes"/> of a number in hexadecimal, in groups of eight digits.</summary>
    public static string LongHex(BigInteger value, int bytes)
    {
        var digits = HexDigits(value).PadLeft(2 * bytes, '0');
        return string.Join(' ', digits.Chunk(8).Select(group => new string(group)));
    }

    /// <summary>A number in at most 18 characters and a sign: what is longer shows its ends.</summary>
    public static string ShortHex(BigInteger value)
    {
        var sign = value.Sign < 0 ? "-" : "";
        var digits = HexDigits(BigInteger.Abs(value));
        return sign + (digits.Length <= 18 ? digits : $"{digits[..8]}..{digits[^8..]}");
    }

    /// <summary>How many of something, in words: "1 byte", "2 bytes".</summary>
    public static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string HexDigits(BigInteger value)
    {
        var digits = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
