namespace ChatLock.Protocol.Text;

/// <summary>UTF-16 that isn't text.</summary>
internal static class LoneSurrogates
{
    public static bool TryFind(string text, out int surrogate)
    {
        surrogate = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }
            surrogate = text[i];
            return true;
        }
        return false;
    }
}
