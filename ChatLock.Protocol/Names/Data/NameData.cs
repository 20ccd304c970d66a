namespace ChatLock.Protocol.Names.Data;

/// <summary>The Unicode 17.0.0 data that names are judged by, embedded and read when the first name that isn't
/// ASCII comes along.</summary>
/// <remarks>Own data and not the platform's: with InvariantGlobalization <c>string.Normalize</c> changes nothing
/// outside ASCII, and nodes whose data differ would disagree on who holds a name.</remarks>
internal sealed class NameData
{
    private static readonly Lazy<NameData> Shared = new(() => new NameData("names-17.0.0.txt"));

    private readonly RangeTable<NameCharacter> _classes;
    private readonly RangeTable<BidiClass> _bidi;
    private readonly RangeTable<ContextScript> _scripts;
    private readonly RangeTable<bool> _cased;
    private readonly RangeTable<bool> _caseIgnorable;
    private readonly RangeTable<byte> _combiningClasses;

    private NameData(string resource)
    {
        var sections = DataFile.ReadSections(resource);
        _classes = new(sections["class"], Enum.Parse<NameCharacter>);
        _bidi = new(sections["bidi"], Enum.Parse<BidiClass>);
        _scripts = new(sections["script"], Enum.Parse<ContextScript>);
        _cased = new(sections["cased"], _ => true);
        _caseIgnorable = new(sections["case-ignorable"], _ => true);
        _combiningClasses = new(sections["combining"], byte.Parse);
        Decompositions = DataFile.Mappings(sections["canonical"]);
        Compositions = CompositionTable.Of(Decompositions, new RangeTable<bool>(sections["excluded"], _ => true));
        Widths = DataFile.Mappings(sections["width"]);
        Lower = DataFile.Mappings(sections["lower"]);
        Fold = DataFile.Mappings(sections["fold"]);
        Prototypes = DataFile.Mappings(sections["prototype"]);
    }

    public static NameData Instance => Shared.Value;

    /// <summary>Canonical decompositions, one step; Hangul syllables are computed.</summary>
    public IReadOnlyDictionary<int, string> Decompositions { get; }

    /// <summary>Primary composites by their two parts.</summary>
    public IReadOnlyDictionary<(int First, int Second), int> Compositions { get; }

    /// <summary>Full-width and half-width forms to their ordinary ones.</summary>
    public IReadOnlyDictionary<int, string> Widths { get; }

    /// <summary>Full lower case without conditions, of characters that a name may hold.</summary>
    public IReadOnlyDictionary<int, string> Lower { get; }

    /// <summary>Full case folding (CaseFolding.txt, C and F).</summary>
    public IReadOnlyDictionary<int, string> Fold { get; }

    /// <summary>UTS #39 confusables.txt.</summary>
    public IReadOnlyDictionary<int, string> Prototypes { get; }

    public NameCharacter ClassOf(int codePoint) => _classes.Find(codePoint);

    public BidiClass BidiClassOf(int codePoint) => _bidi.Find(codePoint);

    public ContextScript ScriptOf(int codePoint) => _scripts.Find(codePoint);

    public bool IsCased(int codePoint) => _cased.Find(codePoint);

    public bool IsCaseIgnorable(int codePoint) => _caseIgnorable.Find(codePoint);

    public byte CombiningClassOf(int codePoint) => _combiningClasses.Find(codePoint);
}
