namespace ChatLock.Protocol.Names.Data;

/// <summary>A value for each of many code points, kept as sorted ranges.</summary>
internal sealed class RangeTable<T>
{
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly T[] _value;

    public RangeTable(IReadOnlyList<string> lines, Func<string, T> parseValue)
    {
        _first = new int[lines.Count];
        _last = new int[lines.Count];
        _value = new T[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            var (range, value) = DataFile.SplitOnce(lines[i], ";");
            var (first, last) = DataFile.SplitOnce(range, "..");
            (_first[i], _last[i], _value[i]) =
                (DataFile.CodePoint(first), DataFile.CodePoint(last), parseValue(value));
        }
    }

    public T? Find(int codePoint)
    {
        var at = Array.BinarySearch(_first, codePoint);
        if (at < 0)
            at = ~at - 1;
        return at >= 0 && codePoint <= _last[at] ? _value[at] : default;
    }
}
