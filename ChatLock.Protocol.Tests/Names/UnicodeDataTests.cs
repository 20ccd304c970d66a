using ChatLock.Protocol.Names;
using Xunit.Abstractions;

namespace ChatLock.Protocol.Tests.Names;

/// <summary>The embedded tables against the Unicode files in vectors/unicode.</summary>
public class UnicodeDataTests(ITestOutputHelper output)
{
    private static readonly HashSet<int> Allowed = [.. AllowedStatus()];

    private static readonly string[] OneCharacterNames =
        [.. Allowed.Select(char.ConvertFromUtf32).Where(text => UserName.TryParse(text, out _, out _))];

    [Fact]
    public void Normalization_forms_C_and_D_agree_with_the_Unicode_test()
    {
        var cases = VectorFiles.UnicodeRows("unicode/normalization-cases.txt")
            .Select(row => row.Select(VectorFiles.Text).ToArray()).ToArray();

        output.WriteLine($"normalization cases: {cases.Length}");
        Assert.All(cases, columns =>
        {
            Assert.All(columns, text => Assert.Equal(columns[1], UnicodeForm.ToNfc(text)));
            Assert.All(columns, text => Assert.Equal(columns[2], UnicodeForm.ToNfd(text)));
        });
        Assert.Equal(4957, cases.Length);
    }

    [Fact]
    public void Every_prototype_of_confusables_is_in_the_skeleton()
    {
        var rows = VectorFiles.UnicodeRows("unicode/confusables.txt").ToArray();

        // A source with a canonical decomposition is never looked up: it is decomposed first.
        var sources = rows.Select(row => (From: VectorFiles.Text(row[0]), To: VectorFiles.Text(row[1])))
            .Where(row => UnicodeForm.ToNfd(row.From) == row.From).ToArray();

        output.WriteLine($"confusables: {sources.Length} of {rows.Length}, the others are decomposed first");
        Assert.All(sources, row => Assert.Equal(UnicodeForm.ToNfd(row.To), NameSkeletons.Skeleton(row.From)));
        Assert.Equal(6565, rows.Length);
    }

    [Fact]
    public void An_ASCII_character_without_a_prototype_is_its_own_skeleton()
    {
        var sources = VectorFiles.UnicodeRows("unicode/confusables.txt").Select(row => VectorFiles.Text(row[0]));

        Assert.All(
            Enumerable.Range(0, 128).Select(char.ConvertFromUtf32).Except(sources),
            text => Assert.Equal(text, NameSkeletons.Skeleton(text)));
    }

    [Fact]
    public void No_character_whose_identifier_status_is_restricted_is_in_a_name()
    {
        var others = Enumerable.Range(0, 0x110000).Where(codePoint => codePoint is < 0xD800 or > 0xDFFF)
            .Where(codePoint => !Allowed.Contains(codePoint)).Select(char.ConvertFromUtf32);

        var accepted = others.Where(text => UserName.TryParse("a" + text, out var name, out _)
            && !name.Text.EnumerateRunes().All(rune => Allowed.Contains(rune.Value)));

        Assert.Equal([], accepted);
    }

    [Fact]
    public void Most_allowed_characters_make_a_name_of_one_character()
    {
        output.WriteLine($"names of one character: {OneCharacterNames.Length} of {Allowed.Count} allowed characters");
        Assert.InRange(OneCharacterNames.Length, Allowed.Count * 9 / 10, Allowed.Count);
    }

    [Fact]
    public void A_name_and_its_case_mapped_form_share_a_key_whatever_its_characters()
    {
        Assert.All(OneCharacterNames, text =>
        {
            Assert.True(UserName.TryParse(text, out var name, out _));
            Assert.True(UserName.TryParse(name.CaseMapped, out var mapped, out _));
            Assert.Equal(name, mapped);
            Assert.Equal(name.CaseMapped, mapped.CaseMapped);
            Assert.Equal(name.Keys.FoldedSkeleton, mapped.Keys.FoldedSkeleton);
        });
    }

    private static IEnumerable<int> AllowedStatus() =>
        from row in VectorFiles.UnicodeRows("unicode/IdentifierStatus.txt")
        where row[1] == "Allowed"
        let bounds = row[0].Split("..").Select(hex => Convert.ToInt32(hex, 16)).ToArray()
        from codePoint in Enumerable.Range(bounds[0], bounds[^1] - bounds[0] + 1)
        select codePoint;
}
