using System.Text.Json;
using ChatLock.Protocol.Names;
using Xunit.Abstractions;

namespace ChatLock.Protocol.Tests.Names;

/// <summary>vectors/unicode/names-cases.json: 28 pairs, 39 names to refuse, 11 to accept.</summary>
public class NamesCasesTests(ITestOutputHelper output)
{
    private static readonly JsonElement Cases = VectorFiles.Json("unicode/names-cases.json");

    [Fact]
    public void All_78_cases_of_the_list_come_out_as_it_says()
    {
        var results = PairResults().Concat(RefuseResults()).Concat(AcceptResults()).ToArray();

        output.WriteLine($"names: {results.Count(result => result.Right)}/{results.Length}");
        Assert.Equal([], results.Where(result => !result.Right).Select(result => result.Case));
        Assert.Equal(78, results.Length);
    }

    [Fact]
    public void Of_the_pairs_that_conflict_eighteen_do_so_between_two_good_names()
    {
        var byKeys = Pairs().Count(pair => pair.Rejected
            && Parse(pair.First) is { } first && Parse(pair.Second) is { } second && first.Keys.Meet(second.Keys));

        // The other two hold a ligature and a zero width space: those names are refused by themselves.
        Assert.Equal(18, byKeys);
    }

    private static IEnumerable<(string Case, bool Right)> PairResults() =>
        from pair in Pairs()
        select ($"{pair.First} and {pair.Second}", BothCanBeHeld(pair.First, pair.Second) != pair.Rejected);

    private static IEnumerable<(string Case, bool Right)> RefuseResults() =>
        from name in Cases.GetProperty("reject").EnumerateArray().Select(test => test.GetProperty("name").GetString()!)
        select ($"refuse {name}", Parse(name) is null);

    private static IEnumerable<(string Case, bool Right)> AcceptResults() =>
        from name in Cases.GetProperty("accept").EnumerateArray().Select(test => test.GetString()!)
        select ($"accept {name}", Parse(name)?.Text == name);

    private static IEnumerable<(string First, string Second, bool Rejected)> Pairs() =>
        from pair in Cases.GetProperty("pairs").EnumerateArray()
        select (pair.GetProperty("first").GetString()!, pair.GetProperty("second").GetString()!,
            pair.GetProperty("expect").GetString() == "second-rejected");

    /// <summary>As a registry decides it: one dictionary, key to holder.</summary>
    private static bool BothCanBeHeld(string first, string second)
    {
        var holders = new HashSet<string>();
        return Claim(holders, first) && Claim(holders, second);
    }

    private static bool Claim(HashSet<string> holders, string text)
    {
        if (Parse(text) is not { } name || name.Keys.Values.Any(holders.Contains))
            return false;
        holders.UnionWith(name.Keys.Values);
        return true;
    }

    private static UserName? Parse(string text) => UserName.TryParse(text, out var name, out _) ? name : null;
}
