using System.Buffers.Binary;
using System.Text;
using ChatLock.Crypto.Classic;

namespace ChatLock.Crypto.Lab;

/// <summary>DES step by step for values given by hand: what <c>chatlock lab des</c> prints.</summary>
/// <remarks>INSECURE: DES. Takes any key, weak ones and wrong parity included, and says so.</remarks>
public static class DesLab
{
    /// <summary>Longest text taken, in bytes of UTF-8: the longest message.</summary>
    public const int TextBytesMax = 16 * 1024;

    private const int HexDigits = 16;

    /// <summary>Encrypts a block or a text, or decrypts a block.</summary>
    /// <param name="keyHex">16 hexadecimal digits; spaces between them are allowed.</param>
    /// <param name="blockHexOrText">16 hexadecimal digits are a block, also with spaces between them; anything else
    /// is text, which can only be encrypted.</param>
    /// <param name="direction">Encrypt or decrypt.</param>
    /// <returns>The lines, or <see cref="LabError.BadNumber"/> or <see cref="LabError.WrongLength"/>.</returns>
    public static LabResult Run(
        string keyHex, string blockHexOrText, DesDirection direction = DesDirection.Encrypt)
    {
        ArgumentNullException.ThrowIfNull(blockHexOrText);
        return direction == DesDirection.Decrypt || IsBlock(blockHexOrText)
            ? RunBlock(keyHex, blockHexOrText, direction)
            : RunText(keyHex, blockHexOrText);
    }

    /// <summary>One block, without padding.</summary>
    /// <param name="keyHex">16 hexadecimal digits.</param>
    /// <param name="blockHex">16 hexadecimal digits.</param>
    /// <param name="direction">Encrypt or decrypt.</param>
    /// <returns>The lines, or <see cref="LabError.BadNumber"/> or <see cref="LabError.WrongLength"/>.</returns>
    public static LabResult RunBlock(string keyHex, string blockHex, DesDirection direction)
    {
        if (Refusal("the key", keyHex, out var key) is { } badKey)
            return badKey;
        if (Refusal("the block", blockHex, out var block) is { } badBlock)
            return badBlock;

        var trace = DesTrace.Of(
            BinaryPrimitives.ReadUInt64BigEndian(key), BinaryPrimitives.ReadUInt64BigEndian(block), direction);
        return LabResult.Of([LabText.DesBanner, .. KeyNotes(key), "", .. DesTraceText.Lines(trace)]);
    }

    /// <summary>A text as the classic suite encrypts it: UTF-8, zero padding, ECB.</summary>
    /// <param name="keyHex">16 hexadecimal digits.</param>
    /// <param name="text">At most <see cref="TextBytesMax"/> bytes of UTF-8.</param>
    /// <returns>The lines, or <see cref="LabError.BadNumber"/> or <see cref="LabError.WrongLength"/>.</returns>
    public static LabResult RunText(string keyHex, string text)
    {
        if (Refusal("the key", keyHex, out var key) is { } badKey)
            return badKey;
        ArgumentNullException.ThrowIfNull(text);
        if (Encoding.UTF8.GetByteCount(text) > TextBytesMax)
            return LabResult.Refused(LabError.WrongLength, $"the text is longer than {TextBytesMax} bytes");

        var plaintext = Encoding.UTF8.GetBytes(text);
        var ciphertext = new byte[DesEcb.CiphertextLength(plaintext.Length)];
        plaintext.CopyTo(ciphertext, 0);
        DesEcb.EncryptBlocks(new DesKeySchedule(key), ciphertext, ciphertext);

        var lines = ClassicExplanation.Lines(key, plaintext, ciphertext, ClassicExplanation.FurtherBlocksShown);
        lines.InsertRange(1, KeyNotes(key));
        return LabResult.Of(lines);
    }

    private static IEnumerable<string> KeyNotes(ReadOnlySpan<byte> key) => DesKeyBytes.FlawOf(key) switch
    {
        DesKeyFlaw.Weak => ["Weak key: all sixteen round keys are equal, and enciphering twice gives the block back."],
        DesKeyFlaw.SemiWeak => ["Semi-weak key: it has only two different round keys, and another key undoes it."],
        DesKeyFlaw.EvenParity => ["The key doesn't have odd parity; DES leaves the parity bits out anyway."],
        _ => [],
    };

    private static bool IsBlock(string text) =>
        Digits(text) is { Length: HexDigits } digits && digits.All(char.IsAsciiHexDigit);

    private static LabResult? Refusal(string what, string hex, out byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(hex);
        bytes = [];
        var digits = Digits(hex);
        if (!digits.All(char.IsAsciiHexDigit))
            return LabResult.Refused(LabError.BadNumber, $"{what} is not hexadecimal: only 0 to 9 and a to f");
        if (digits.Length != HexDigits)
        {
            var count = LabText.Count(digits.Length, "hexadecimal digit");
            return LabResult.Refused(LabError.WrongLength, $"{what} has {count}, DES takes {HexDigits}");
        }
        bytes = Convert.FromHexString(digits);
        return null;
    }

    private static string Digits(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
