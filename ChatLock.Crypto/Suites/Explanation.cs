using System.Globalization;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Suites;

/// <summary>Builds the lines of an explanation: numbered steps, one label column, printable ASCII, no line over 100
/// columns.</summary>
internal sealed class Explanation
{
    public const int WidthMax = 100;

    private const int LabelWidth = 18;
    private const int HexBytesPerLine = 32;
    private const int DumpBytesPerLine = 24;
    private const int BytesShownMax = 96;
    private const int FingerprintBytesShown = 8;

    private readonly List<string> _lines = [];
    private int _step;

    public IReadOnlyList<string> Lines => _lines;

    public void Step(string title) => _lines.Add(Format($"{++_step}. {title}"));

    /// <summary>A line of words; long ones are folded.</summary>
    public void Say(string label, string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > WidthMax - LabelWidth)
            {
                Add(label, line);
                (label, line) = ("", "");
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        Add(label, line);
    }

    /// <summary>The number of bytes.</summary>
    public void Size(string label, int bytes) => Say(label, Format($"{bytes} {(bytes == 1 ? "byte" : "bytes")}"));

    /// <summary>Bytes in hex, 32 a line, the first 96 of many.</summary>
    public void Hex(string label, ReadOnlySpan<byte> bytes) =>
        AddChunks(label, bytes, HexBytesPerLine, chunk => Convert.ToHexStringLower(chunk));

    /// <summary>An uncompressed point as its two coordinates.</summary>
    public void Point(string label, ReadOnlySpan<byte> point65)
    {
        Hex($"{label} X", point65[1..33]);
        Hex($"{label} Y", point65[33..]);
    }

    /// <summary>Bytes in hex with their ASCII beside, the first 96 of many.</summary>
    public void Dump(string label, ReadOnlySpan<byte> bytes) =>
        AddChunks(label, bytes, DumpBytesPerLine,
            chunk => Convert.ToHexStringLower(chunk).PadRight(2 * DumpBytesPerLine) + $"  |{Printable(chunk)}|");

    /// <summary>That something exists, how long it is, and enough of its hash to compare it with.</summary>
    public void Secret(string label, ReadOnlySpan<byte> secret, string origin)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(secret).AsSpan(0, FingerprintBytesShown));
        Say(label, Format($"{origin}{secret.Length} bytes, not shown; its SHA-256 begins {fingerprint}"));
    }

    /// <summary>Lines made elsewhere, as they are.</summary>
    public void Include(IEnumerable<string> lines) => _lines.AddRange(lines);

    public static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private delegate string Render(ReadOnlySpan<byte> chunk);

    private void AddChunks(string label, ReadOnlySpan<byte> bytes, int chunkLength, Render render)
    {
        if (bytes.IsEmpty)
            Add(label, "(none)");
        for (var at = 0; at < Math.Min(bytes.Length, BytesShownMax); at += chunkLength)
            Add(at == 0 ? label : "", render(bytes.Slice(at, Math.Min(chunkLength, bytes.Length - at))));
        if (bytes.Length > BytesShownMax)
            Add("", Format($"and {bytes.Length - BytesShownMax} bytes more"));
    }

    private void Add(string label, string text) => _lines.Add($"   {label.PadRight(LabelWidth - 3)}{text}".TrimEnd());

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            text[i] = bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '.';
        return new string(text);
    }
}
