using ChatLock.Protocol.Names;
using CsCheck;

namespace ChatLock.Protocol.Tests.Names;

public class NameSuggestionsTests
{
    [Fact]
    public void The_nearest_free_names_come_first() =>
        Assert.Equal(["alice2", "alice3", "alice_"], Texts("alice", _ => true, 3));

    [Fact]
    public void A_taken_name_is_passed_over() =>
        Assert.Equal(["Alice3", "Alice4"], Texts("Alice", name => name.Text is not "Alice2" and not "Alice_", 2));

    [Fact]
    public void A_thousand_holders_in_a_row_do_not_use_them_up()
    {
        static bool IsFree(UserName name) =>
            !int.TryParse(name.Text["alice".Length..], out var number) || number > 1000;

        Assert.Equal(["alice_", "alice1280"], Texts("alice", IsFree, 2));
    }

    [Fact]
    public void A_name_is_shortened_between_whole_characters()
    {
        var start = new string('\u0e01', 28) + "\u0e01\u0e34";

        Assert.Equal(start + "2", Texts(start + "\u0e01\u0e34", _ => true, 1).Single());
    }

    [Fact]
    public void A_longest_name_that_ends_like_a_suggestion_is_not_suggested_to_itself()
    {
        var longest = new string('a', UserName.MaxCharacters - 1) + "_";

        Assert.DoesNotContain(longest, Texts(longest, _ => true, 5));
    }

    [Fact]
    public void Nobody_is_asked_without_end()
    {
        var asked = 0;

        Assert.Empty(Texts("alice", _ => ++asked < 0, 3));
        Assert.Equal(29, asked);
    }

    [Fact]
    public void Every_suggestion_is_a_name_and_another_one() =>
        Gen.Char["abz09._-\u0430\u05d0\u0e01\u0e34\uac00\u00e9"].Array[1, 32].Sample(characters =>
        {
            if (!UserName.TryParse(new string(characters), out var wanted, out _))
                return;
            var suggestions = NameSuggestions.For(wanted, _ => true, 5);
            Assert.Equal(5, suggestions.Distinct().Count());
            Assert.DoesNotContain(wanted, suggestions);
        });

    private static IEnumerable<string> Texts(string wanted, Func<UserName, bool> isFree, int count)
    {
        Assert.True(UserName.TryParse(wanted, out var name, out var problem), problem.Sentence);
        return NameSuggestions.For(name, isFree, count).Select(suggestion => suggestion.Text);
    }
}
