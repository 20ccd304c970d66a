using System.Reflection;
using ChatLock.Checker.Checking;
using Xunit.Abstractions;

namespace ChatLock.Checker.Tests.Checking;

/// <summary>A checker that says nothing proves nothing, unless it speaks when something is wrong.</summary>
public sealed class CorruptionTests(ITestOutputHelper output)
{
    private const int Seeds = 20;

    public static TheoryData<string> All => [.. Methods.Keys.Order(StringComparer.Ordinal)];

    private static IReadOnlyDictionary<string, MethodInfo> Methods { get; } = typeof(Corruptions)
        .GetMethods(BindingFlags.Public | BindingFlags.Static).ToDictionary(method => method.Name);

    [Theory]
    [MemberData(nameof(All))]
    public void Each_corruption_is_named_and_nothing_else_is(string corruption)
    {
        var corrupt = Methods[corruption].CreateDelegate<Func<EditedHistory, Violation?>>();
        var tried = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var history = new EditedHistory(GoodHistory.Make(seed), new Random(seed));
            if (corrupt(history) is not { } expected)
                continue;
            var found = Assert.Single(Judge.One(history.Records).Violations);
            Assert.Equal(expected, found);
            Assert.Contains(expected.Sentence, found.Sentence, StringComparison.Ordinal);
            tried++;
        }
        Assert.True(tried >= Seeds / 2, $"{tried} of {Seeds} histories could be corrupted so.");
        output.WriteLine($"{corruption}: {tried} of {tried}");
    }

    [Fact]
    public void Every_kind_of_violation_has_a_corruption_that_it_answers()
    {
        var provoked = Methods.Values.Select(method => method.CreateDelegate<Func<EditedHistory, Violation?>>()).Select(corrupt =>
            Enumerable.Range(0, Seeds).Select(seed => corrupt(new EditedHistory(GoodHistory.Make(seed), new Random(seed))))
                .FirstOrDefault(expected => expected is not null)?.GetType()).ToHashSet();
        // A plaintext is found in files, not in histories: CanaryScanTests.
        Assert.Equal(
            typeof(Violation).GetNestedTypes().Where(type => type != typeof(Violation.CanaryFound)).Select(type => type.Name).Order(),
            provoked.OfType<Type>().Select(type => type.Name).Order());
    }
}
