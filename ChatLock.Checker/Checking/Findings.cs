using System.Runtime.InteropServices;

namespace ChatLock.Checker.Checking;

/// <summary>The violations found: all counted, the first ones kept.</summary>
internal sealed class Findings
{
    private readonly List<Violation> _kept = [];
    private readonly Dictionary<Promise, int> _byPromise = [];
    private readonly SortedDictionary<string, int> _byKind = new(StringComparer.Ordinal);

    public IReadOnlyList<Violation> Kept => _kept;

    public IReadOnlyDictionary<Promise, int> ByPromise => _byPromise;

    public IReadOnlyDictionary<string, int> ByKind => _byKind;

    public void Add(Violation found)
    {
        if (_kept.Count < Verdict.KeptMax)
            _kept.Add(found);
        CollectionsMarshal.GetValueRefOrAddDefault(_byPromise, found.Promise, out _)++;
        _byKind[found.Kind] = _byKind.GetValueOrDefault(found.Kind) + 1;
    }
}
