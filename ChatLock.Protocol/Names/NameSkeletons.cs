using System.Buffers;
using System.Text;
using ChatLock.Protocol.Names.Data;

namespace ChatLock.Protocol.Names;

/// <summary>What a name looks like, by UTS #39 version 17.0.0.</summary>
public static class NameSkeletons
{
    private static readonly SearchValues<char> AsciiWithPrototype = SearchValues.Create("I1|0m`\"%");

    /// <summary>The keys that a name is held under.</summary>
    public static NameKeys Of(UserName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Keys;
    }

    /// <summary>UTS #39 section 4: NFD, each character replaced by its prototype, NFD.</summary>
    /// <param name="text">NFC or NFD, without default-ignorable characters (a name has none): they aren't
    /// removed.</param>
    public static string Skeleton(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text)
            ? AsciiSkeleton(text)
            : UnicodeForm.ToNfd(Casing.Map(UnicodeForm.ToNfd(text), NameData.Instance.Prototypes));
    }

    /// <summary>No character of a name has a compatibility decomposition, so NFKC would change nothing here.</summary>
    internal static NameKeys KeysOf(string shown)
    {
        var folded = Casing.Fold(shown);
        var foldedSkeleton = Casing.Fold(Skeleton(folded));
        return new(folded == shown ? foldedSkeleton : Casing.Fold(Skeleton(shown)), foldedSkeleton);
    }

    /// <summary>ASCII's few prototypes by hand: an ASCII name doesn't load the table.</summary>
    private static string AsciiSkeleton(string text)
    {
        if (text.AsSpan().IndexOfAny(AsciiWithPrototype) < 0)
            return text;
        var skeleton = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            _ = character switch
            {
                'I' or '1' or '|' => skeleton.Append('l'),
                '0' => skeleton.Append('O'),
                'm' => skeleton.Append("rn"),
                '`' => skeleton.Append('\''),
                '"' => skeleton.Append("''"),
                '%' => skeleton.Append("\u00BA/\u2080"),
                _ => skeleton.Append(character),
            };
        }
        return skeleton.ToString();
    }
}
