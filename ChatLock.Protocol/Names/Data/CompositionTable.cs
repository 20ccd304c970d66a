using System.Text;

namespace ChatLock.Protocol.Names.Data;

/// <summary>Primary composites: the pairs that decompositions name, less Full_Composition_Exclusion.</summary>
internal static class CompositionTable
{
    public static Dictionary<(int First, int Second), int> Of(
        IReadOnlyDictionary<int, string> decompositions, RangeTable<bool> excluded)
    {
        var pairs = new Dictionary<(int, int), int>(decompositions.Count);
        foreach (var (composite, parts) in decompositions)
        {
            if (excluded.Find(composite))
                continue;
            var first = Rune.GetRuneAt(parts, 0);
            pairs.Add((first.Value, Rune.GetRuneAt(parts, first.Utf16SequenceLength).Value), composite);
        }
        return pairs;
    }
}
