namespace ChatLock.Protocol.Names.Data;

/// <summary>Hangul syllables and their jamo by arithmetic (The Unicode Standard, section 3.12).</summary>
internal static class HangulSyllable
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    public static bool Is(int codePoint) => (uint)(codePoint - SyllableBase) < SyllableCount;

    public static void Decompose(int syllable, List<int> into)
    {
        var index = syllable - SyllableBase;
        var (leadAndVowel, tail) = Math.DivRem(index, TailCount);
        into.Add(LeadBase + leadAndVowel / VowelCount);
        into.Add(VowelBase + leadAndVowel % VowelCount);
        if (tail > 0)
            into.Add(TailBase + tail);
    }

    public static bool TryCompose(int first, int second, out int composite)
    {
        if ((uint)(first - LeadBase) < LeadCount && (uint)(second - VowelBase) < VowelCount)
        {
            composite = SyllableBase + ((first - LeadBase) * VowelCount + (second - VowelBase)) * TailCount;
            return true;
        }
        composite = first + (second - TailBase);
        return Is(first) && (first - SyllableBase) % TailCount == 0
            && second is > TailBase and < TailBase + TailCount;
    }
}
