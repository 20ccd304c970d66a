namespace ChatLock.ConsoleClient.Input;

/// <summary>What Tab offers for the word before the cursor.</summary>
internal static class WordCompletion
{
    /// <param name="before">The line up to the cursor.</param>
    /// <param name="names">Who is here.</param>
    public static IReadOnlyList<string> For(string before, IEnumerable<string> names)
    {
        var start = before.LastIndexOfAny([' ', '\n', '\t']) + 1;
        var word = before[start..];
        if (start == 0 && word.StartsWith('/'))
            return Matching(CommandList.All.Select(command => "/" + command.Name), word, " ");
        if (start == 0 && word.StartsWith("private:", StringComparison.OrdinalIgnoreCase))
            return Matching(names.Select(name => "private:" + name), word, ":");
        if (IsNameOfCommand(before[..start]))
            return Matching(names, word, " ");
        return word.Length == 0 ? [] : Matching(names, word, start == 0 ? ": " : " ");
    }

    private static bool IsNameOfCommand(string before) =>
        before.StartsWith('/') && before.Trim() is var command && !command.Contains(' ', StringComparison.Ordinal)
        && CommandList.Find(command[1..]) is { TakesName: true };

    private static IReadOnlyList<string> Matching(IEnumerable<string> words, string begun, string ending) =>
        [.. words.Where(word => word.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Select(word => word + ending)];
}
