using ChatLock.Crypto.Classic;

namespace ChatLock.Crypto.Lab;

/// <summary>Prints a <see cref="DesTrace"/> as a student would write it out: a name, the bits, the same in
/// hexadecimal.</summary>
/// <remarks>INSECURE: DES, and the lines contain the key.</remarks>
public static class DesTraceText
{
    private const int LabelWidth = 11;
    private const int BitsWidth = 71;

    /// <summary>The lines, at most <see cref="LabResult.LineLengthMax"/> characters each.</summary>
    /// <param name="trace">One block's computation.</param>
    public static IReadOnlyList<string> Lines(DesTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return [.. Ends(trace), .. KeySchedule(trace), .. Cipher(trace)];
    }

    private static IEnumerable<string> Ends(DesTrace trace)
    {
        var (verb, input) = trace.Direction == DesDirection.Encrypt
            ? ("enciphering", "plaintext")
            : ("deciphering", "ciphertext");
        yield return $"DES (FIPS 46-3), {verb} one block of 64 bits";
        yield return Line("key", trace.Key, 64, 8);
        yield return Line(input, trace.Input, 64, 8);
    }

    private static IEnumerable<string> KeySchedule(DesTrace trace)
    {
        yield return "";
        yield return "Key schedule: PC-1 drops the parity bits and parts the key into C and D; before each round both";
        yield return "are rotated to the left; PC-2 picks 48 of their 56 bits as the round key K";
        yield return Line("C0", trace.C0, 28, 7);
        yield return Line("D0", trace.D0, 28, 7);
        foreach (var step in trace.KeySteps)
        {
            yield return $"round {step.Round}, rotated by {step.Rotation}";
            yield return Line($"  C{step.Round}", step.C, 28, 7);
            yield return Line($"  D{step.Round}", step.D, 28, 7);
            yield return Line($"  K{step.Round}", step.RoundKey, 48, 6);
        }
    }

    private static IEnumerable<string> Cipher(DesTrace trace)
    {
        yield return "";
        yield return "Block: IP parts it into L and R; each round's new L is the old R, its new R is";
        var keyOrder = trace.Direction == DesDirection.Encrypt ? "" : ", K16 first and K1 last";
        yield return "L xor P(S(E(R) xor K))" + keyOrder;
        yield return Line("after IP", ((ulong)trace.L0 << 32) | trace.R0, 64, 8);
        yield return Line("L0", trace.L0, 32, 4);
        yield return Line("R0", trace.R0, 32, 4);
        foreach (var step in trace.Rounds)
        {
            foreach (var line in Round(step, trace.Direction))
                yield return line;
        }

        yield return "";
        yield return "The halves change places a last time, and the inverse of IP ends it";
        yield return Line("R16 L16", trace.Preoutput, 64, 8);
        yield return Line(trace.Direction == DesDirection.Encrypt ? "ciphertext" : "plaintext", trace.Output, 64, 8);
    }

    private static IEnumerable<string> Round(DesRoundStep step, DesDirection direction)
    {
        var previous = step.Round - 1;
        var key = direction == DesDirection.Encrypt ? step.Round : 17 - step.Round;
        yield return $"round {step.Round}";
        yield return Line($"  E(R{previous})", step.Expanded, 48, 6);
        yield return Line($"  K{key}", step.RoundKey, 48, 6);
        yield return Line("  xor K", step.Mixed, 48, 6);
        // Each box's four bits stand below the six that chose them.
        yield return Line("  S1 to S8", step.Substituted, 32, 4, gap: 3);
        yield return Line("  P", step.Permuted, 32, 4);
        yield return Line($"  xor L{previous}", step.Combined, 32, 4);
        yield return Line($"  L{step.Round}", step.Left, 32, 4);
        yield return Line($"  R{step.Round}", step.Right, 32, 4);
    }

    private static string Line(string label, ulong value, int width, int group, int gap = 1) =>
        label.PadRight(LabelWidth)
        + LabText.Bits(value, width, group, gap).PadRight(BitsWidth)
        + "  " + LabText.Hex(value, width);
}
