using System.Text;
using ChatLock.Protocol.Names;
using CsCheck;

namespace ChatLock.Protocol.Tests.Names;

public class UserNameTests
{
    /// <summary>Text that often is a name: letters of several scripts, marks, punctuation, sometimes anything.</summary>
    private static readonly Gen<string> NearlyNames = Gen.Frequency(
            (8, Gen.Char["abcIlmnoO01'-._"]),
            (2, Gen.Char["\u00e9\u00df\u0130\u0131\u03a3\u03c2\u0430\u0404"]),
            (2, Gen.Char["\u05d0\u05e9\u0639\u0663\uae40\u674e\uff71\uff21"]),
            (1, Gen.Char["\u0301\u0307\u093f\u00b7\u30fb\u05f3\u0375"]),
            (1, Gen.Char))
        .Array[0, 36].Select(characters => new string(characters));

    [Fact]
    public void A_name_is_shown_in_the_case_it_was_typed_in_and_compared_without()
    {
        var typed = Name("Alice_99");

        Assert.Equal("Alice_99", typed.Text);
        Assert.Equal("alice_99", typed.CaseMapped);
        Assert.Equal(Name("ALICE_99"), typed);
        Assert.Equal(Name("ALICE_99").GetHashCode(), typed.GetHashCode());
        Assert.True(Name("alice_99") == typed);
        Assert.True(Name("alice_98") != typed);
    }

    [Theory]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("\uff21\uff4c\uff49\uff43\uff45", "Alice")]
    [InlineData("\uff76\uff9e", "\u30ac")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    public void A_name_is_shown_composed_and_in_ordinary_width(string typed, string shown) =>
        Assert.Equal(shown, Name(typed).Text);

    [Theory]
    [InlineData("\u039d\u0399\u039a\u039f\u03a3", "\u03bd\u03b9\u03ba\u03bf\u03c2")]
    [InlineData("\u03a3\u0391\u03a3\u0391", "\u03c3\u03b1\u03c3\u03b1")]
    [InlineData("\u0391\u03a3.\u0391", "\u03b1\u03c3.\u03b1")]
    [InlineData("\u0130n", "i\u0307n")]
    [InlineData("Stra\u00dfe", "stra\u00dfe")]
    public void Case_mapping_is_the_full_one_and_the_same_everywhere(string typed, string caseMapped) =>
        Assert.Equal(caseMapped, Name(typed).CaseMapped);

    [Theory]
    [InlineData("", NameProblemKind.Empty, 0)]
    [InlineData("al ice", NameProblemKind.ForbiddenCharacter, 0x20)]
    [InlineData("al:ice", NameProblemKind.ForbiddenCharacter, 0x3A)]
    [InlineData("alice\u001b[31m", NameProblemKind.ForbiddenCharacter, 0x1B)]
    [InlineData("al\u200dice", NameProblemKind.ForbiddenCharacter, 0x200D)]
    [InlineData("\ufb01x", NameProblemKind.ForbiddenCharacter, 0xFB01)]
    [InlineData("\U0001F600", NameProblemKind.ForbiddenCharacter, 0x1F600)]
    [InlineData("alice\uff1abob", NameProblemKind.ForbiddenCharacter, 0x3A)]
    [InlineData("-alice", NameProblemKind.BadStart, 0x2D)]
    [InlineData(".alice", NameProblemKind.BadStart, 0x2E)]
    [InlineData("\u0301alice", NameProblemKind.BadStart, 0x301)]
    [InlineData("__", NameProblemKind.NoLetterOrDigit, 0)]
    [InlineData("x\u0301\u0301", NameProblemKind.TooManyMarks, 0x301)]
    [InlineData("x\u0323\u0331\u0302\u0304\u0308", NameProblemKind.TooManyMarks, 0x308)]
    [InlineData("a\u00b7b", NameProblemKind.MisplacedCharacter, 0xB7)]
    [InlineData("\u03b1\u0375\u03b1", NameProblemKind.ForbiddenCharacter, 0x375)]
    [InlineData("a\u05f3", NameProblemKind.MisplacedCharacter, 0x5F3)]
    [InlineData("a\u30fbb", NameProblemKind.MisplacedCharacter, 0x30FB)]
    [InlineData("\u0627\u0661\u06f1", NameProblemKind.MisplacedCharacter, 0x661)]
    [InlineData("\u05d0a\u05d0", NameProblemKind.MixedDirections, 0)]
    [InlineData("a\u05d0", NameProblemKind.MixedDirections, 0)]
    [InlineData("1\u05d0", NameProblemKind.MixedDirections, 0)]
    [InlineData("\u05d0-", NameProblemKind.MixedDirections, 0)]
    [InlineData("\u06271\u0661", NameProblemKind.MixedDirections, 0)]
    [InlineData("SYSTEM", NameProblemKind.Reserved, 0)]
    [InlineData("s\u0435rver", NameProblemKind.Reserved, 0)]
    public void A_refusal_names_what_is_wrong_and_the_character(string typed, NameProblemKind kind, int codePoint)
    {
        Assert.False(UserName.TryParse(typed, out var name, out var problem));
        Assert.Null(name);
        Assert.Equal((kind, codePoint), (problem.Kind, problem.CodePoint));
    }

    [Fact]
    public void Half_a_character_is_no_name()
    {
        Assert.False(UserName.TryParse("a\ud800b", out _, out var problem));
        Assert.Equal((NameProblemKind.LoneSurrogate, 0xD800), (problem.Kind, problem.CodePoint));
    }

    [Theory]
    [InlineData("l\u00b7l")]
    [InlineData("L\u00b7L")]
    [InlineData("\u05d0\u05f3")]
    [InlineData("\u30ab\u30fb\u30ab")]
    [InlineData("\u0639\u0644\u064a\u0661\u0662")]
    [InlineData("\u05d01")]
    [InlineData("_\u043e\u043b\u0435\u043d\u0430_")]
    [InlineData("O'Brien")]
    public void A_character_in_good_company_is_fine(string typed) => Assert.Equal(typed, Name(typed).Text);

    [Fact]
    public void The_limit_counts_characters_after_composing()
    {
        var longest = string.Concat(Enumerable.Repeat("e\u0302\u0323", UserName.MaxCharacters));
        var outsideTheFirstPlane = string.Concat(Enumerable.Repeat("\U0002070E", UserName.MaxCharacters));

        Assert.Equal(new string('\u1ec7', UserName.MaxCharacters), Name(longest).Text);
        Assert.Equal(128, Encoding.UTF8.GetByteCount(Name(outsideTheFirstPlane).Text));
        Assert.False(UserName.TryParse(longest + "e", out _, out var problem));
        Assert.Equal((NameProblemKind.TooLong, 32), (problem.Kind, problem.Limit));
        Assert.False(UserName.TryParse(new string('a', 1_000_000), out _, out problem));
        Assert.Equal(NameProblemKind.TooLong, problem.Kind);
    }

    [Fact]
    public void Every_kind_of_problem_has_its_own_printable_sentence()
    {
        var sentences = Enum.GetValues<NameProblemKind>().Where(kind => kind != NameProblemKind.None)
            .Select(kind => new NameProblem(kind, CodePoint: 0x1B, Limit: 32).Sentence).ToArray();

        Assert.All(sentences, sentence => Assert.Matches(@"^[A-Z][ -~]+\.$", sentence));
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
    }

    [Fact]
    public void No_input_throws_and_no_sentence_echoes_it() => NearlyNames.Sample(typed =>
    {
        var good = UserName.TryParse(typed, out var name, out var problem);
        Assert.Equal((good, good), (name is not null, problem.Kind == NameProblemKind.None));
        Assert.All(problem.Sentence, c => Assert.InRange(c, ' ', '~'));
    });

    [Fact]
    public void A_name_parses_to_itself_again() => NearlyNames.Sample(typed =>
    {
        if (!UserName.TryParse(typed, out var name, out _))
            return;
        Assert.True(UserName.TryParse(name.Text, out var again, out _));
        Assert.Equal((name.Text, name.CaseMapped, name.Keys), (again.Text, again.CaseMapped, again.Keys));
        Assert.InRange(name.Text.EnumerateRunes().Count(), 1, UserName.MaxCharacters);
    });

    [Fact]
    public void Names_that_differ_in_case_only_share_a_key() => NearlyNames.Sample(typed =>
    {
        if (!UserName.TryParse(typed, out var name, out _)
            || !UserName.TryParse(name.CaseMapped, out var mapped, out _))
            return;
        Assert.Equal(name, mapped);
        Assert.True(name.Keys.Meet(mapped.Keys));
        Assert.NotEmpty(name.Keys.Values.Intersect(mapped.Keys.Values));
    });

    [Fact]
    public void A_lower_case_ASCII_name_has_one_key() => Assert.Equal(["bob"], Name("bob").Keys.Values);

    [Fact]
    public void Conflict_is_not_passed_on()
    {
        Assert.True(Name("Ivan").Keys.Meet(Name("ivan").Keys));
        Assert.True(Name("Ivan").Keys.Meet(Name("lvan").Keys));
        Assert.False(Name("ivan").Keys.Meet(Name("lvan").Keys));
    }

    [Fact]
    public void Rosters_are_ordered_by_the_case_mapped_form()
    {
        var names = new[] { "bob", "Alice", "\u043e\u043b\u0435\u043d\u0430", "alice2", "Bob1" }.Select(Name);

        Assert.Equal(
            ["Alice", "alice2", "bob", "Bob1", "\u043e\u043b\u0435\u043d\u0430"],
            names.Order(UserName.RosterOrder).Select(name => name.Text));
    }

    private static UserName Name(string text)
    {
        Assert.True(UserName.TryParse(text, out var name, out var problem), problem.Sentence);
        return name;
    }
}
