using System.Buffers.Binary;
using ChatLock.Crypto.Classic;

namespace ChatLock.Crypto.Lab;

/// <summary>Shows how a message of the classic suite was encrypted: its first block step by step, the others as
/// plaintext and ciphertext.</summary>
/// <remarks>INSECURE: DES in ECB mode, and the lines contain the key and the message.</remarks>
public static class ClassicExplanation
{
    /// <summary>Further blocks shown unless the caller says otherwise.</summary>
    public const int FurtherBlocksShown = 64;

    /// <summary>The lines, at most <see cref="LabResult.LineLengthMax"/> printable ASCII characters each, the first
    /// one saying INSECURE. A ciphertext that isn't the plaintext's is said so in its lines.</summary>
    /// <param name="key">The message key.</param>
    /// <param name="plaintext">The message without padding.</param>
    /// <param name="ciphertext">What was sent.</param>
    /// <param name="furtherBlocksMax">How many blocks after the first are shown; the rest is counted.</param>
    public static IReadOnlyList<string> Lines(
        DesKey key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> ciphertext,
        int furtherBlocksMax = FurtherBlocksShown)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNegative(furtherBlocksMax);
        return Lines(key.Bytes.Span, plaintext, ciphertext, furtherBlocksMax);
    }

    /// <summary>The same for any key, weak ones included.</summary>
    internal static List<string> Lines(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> ciphertext, int furtherBlocksMax)
    {
        var padded = new byte[DesEcb.CiphertextLength(plaintext.Length)];
        plaintext.CopyTo(padded);

        List<string> lines = [LabText.DesBanner, "", Size(plaintext.Length, padded.Length)];
        if (ciphertext.Length != padded.Length)
            lines.Add($"MISMATCH: the ciphertext has {LabText.Count(ciphertext.Length, "byte")}");
        else if (padded.Length > 0)
            AddBlocks(lines, key, padded, ciphertext, furtherBlocksMax);
        return lines;
    }

    private static string Size(int bytes, int paddedBytes)
    {
        if (bytes == 0)
            return "Message of 0 bytes: no block, and an empty ciphertext";
        var padding = paddedBytes == bytes
            ? "no padding"
            : $"padded with {LabText.Count(paddedBytes - bytes, "zero byte")}";
        var blocks = LabText.Count(paddedBytes / Des.BlockSizeInBytes, "block");
        return $"Message of {LabText.Count(bytes, "byte")}, {padding}: {blocks}, each on its own (ECB)";
    }

    private static void AddBlocks(
        List<string> lines, ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> ciphertext,
        int furtherBlocksMax)
    {
        var first = DesTrace.Of(Block(key, 0), Block(plaintext, 0), DesDirection.Encrypt);
        lines.AddRange(["", .. DesTraceText.Lines(first), ""]);

        var schedule = new DesKeySchedule(key);
        var seen = new Dictionary<ulong, int>();
        var blocks = plaintext.Length / Des.BlockSizeInBytes;
        var shown = (int)Math.Min(blocks, 1L + furtherBlocksMax);
        lines.Add($"{"block",6}  {"plaintext",-28}  ciphertext");
        for (var i = 0; i < shown; i++)
            lines.Add(Row(i, plaintext, ciphertext, schedule, seen));
        if (shown < blocks)
            lines.Add($"        and {blocks - shown} more");
    }

    private static string Row(
        int index, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> ciphertext, DesKeySchedule schedule,
        Dictionary<ulong, int> seen)
    {
        var (plain, cipher) = (Block(plaintext, index), Block(ciphertext, index));
        var gutter = LabText.Gutter(plaintext.Slice(index * Des.BlockSizeInBytes, Des.BlockSizeInBytes));
        var row = $"{index + 1,6}  {LabText.Hex(plain, 64)}  {gutter}  {LabText.Hex(cipher, 64)}";
        if (Des.EncryptBlock(schedule, plain) != cipher)
            return $"{row}  MISMATCH, not this key's ciphertext";
        return seen.TryAdd(plain, index + 1) ? row : $"{row}  the same as block {seen[plain]}: ECB shows it";
    }

    private static ulong Block(ReadOnlySpan<byte> bytes, int index) =>
        BinaryPrimitives.ReadUInt64BigEndian(bytes[(index * Des.BlockSizeInBytes)..]);
}
