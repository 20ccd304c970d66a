using System.Buffers;
using System.Text;

namespace ChatLock.Protocol.Text;

/// <summary>What a client does to text before it is encrypted, and all that it does: nothing else is changed, so
/// what was typed arrives byte for byte. docs/PROTOCOL.md, content.</summary>
public static class MessageText
{
    /// <summary>Longest text unless the server says otherwise, in bytes of UTF-8.</summary>
    public const int DefaultMaxUtf8Bytes = 16 * 1024;

    private static readonly SearchValues<char> RefusedControls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (char)control).Except(['\n', '\t'])]);

    /// <summary>CR LF becomes LF, NULs at the end go; what then holds another C0 control than LF and tab, isn't
    /// text, is empty or too long is refused.</summary>
    /// <param name="typed">Any UTF-16.</param>
    /// <param name="maxUtf8Bytes">Most bytes of UTF-8, from 1.</param>
    /// <param name="clean">What to send; empty if there is a problem.</param>
    /// <param name="problem">What is wrong, with a sentence for people.</param>
    public static bool TryClean(string typed, int maxUtf8Bytes, out string clean, out TextProblem problem)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxUtf8Bytes, 1);
        var candidate = typed.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\0');
        problem = ProblemOf(candidate, maxUtf8Bytes);
        clean = problem.Kind == TextProblemKind.None ? candidate : "";
        return problem.Kind == TextProblemKind.None;
    }

    /// <summary>Takes out what <see cref="TryClean"/> would refuse as a control, for text that nobody typed, such as
    /// another program's coloured output on a pipe.</summary>
    /// <param name="text">Any UTF-16.</param>
    public static string WithoutControls(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Where(character => !RefusedControls.Contains(character)));
    }

    private static TextProblem ProblemOf(string text, int maxUtf8Bytes)
    {
        if (text.Length == 0)
            return new(TextProblemKind.Empty);
        if (text.AsSpan().IndexOfAny(RefusedControls) is >= 0 and var control)
            return new(TextProblemKind.ControlCharacter, text[control]);
        if (LoneSurrogates.TryFind(text, out var surrogate))
            return new(TextProblemKind.LoneSurrogate, surrogate);
        return Encoding.UTF8.GetByteCount(text) <= maxUtf8Bytes
            ? default
            : new(TextProblemKind.TooLong, Limit: maxUtf8Bytes);
    }
}
