using ChatLock.Protocol.Names.Data;

namespace ChatLock.Protocol.Names;

/// <summary>RFC 5893 section 2, which RFC 8265 asks of names that hold a right-to-left character. Such a name can't
/// start left to right (rules 1 and 5), so rules 2 to 4 are what remains.</summary>
internal static class BidiRule
{
    public static bool Allows(string name)
    {
        var classes = name.EnumerateRunes().Select(rune => NameData.Instance.BidiClassOf(rune.Value)).ToArray();
        return !classes.Any(IsRightToLeft)
            || (classes[0] is BidiClass.R or BidiClass.AL
                && classes.All(class_ => class_ != BidiClass.L)
                && EndsWell(classes)
                && !(classes.Contains(BidiClass.EN) && classes.Contains(BidiClass.AN)));
    }

    private static bool IsRightToLeft(BidiClass class_) => class_ is BidiClass.R or BidiClass.AL or BidiClass.AN;

    private static bool EndsWell(BidiClass[] classes) =>
        classes.Last(class_ => class_ != BidiClass.NSM) is BidiClass.R or BidiClass.AL or BidiClass.EN or BidiClass.AN;
}
