namespace ChatLock.ConsoleClient.Input;

/// <summary>What Tab offers for the word before the cursor.</summary>
internal static class WordCompletion
{
    /// <param name="before">The line up to the cursor.</param>
    /// <param name="names">Who is here.</param>
    /// <param name="rooms">Labels of the rooms we are in.</param>
    public static IReadOnlyList<string> For(string before, IEnumerable<string> names, IEnumerable<string> rooms)
    {
        var start = before.LastIndexOfAny([' ', '\n', '\t']) + 1;
        var word = before[start..];
        if (start == 0 && word.StartsWith('/'))
            return Matching(CommandList.All.Select(command => "/" + command.Name), word, " ");
        if (start == 0 && word.StartsWith("private:", StringComparison.OrdinalIgnoreCase))
            return Matching(names.Select(name => "private:" + name), word, ":");
        return WhatItTakes(before[..start]) switch
        {
            FirstWord.Name => Matching(names, word, " "),
            FirstWord.Room => Matching(rooms, word, " "),
            _ => word.Length == 0 ? [] : Matching(names, word, start == 0 ? ": " : " "),
        };
    }

    private static FirstWord WhatItTakes(string before) =>
        before.StartsWith('/') && before.Trim() is var command && !command.Contains(' ', StringComparison.Ordinal)
            ? CommandList.Find(command[1..])?.Takes ?? FirstWord.Anything
            : FirstWord.Anything;

    private static IReadOnlyList<string> Matching(IEnumerable<string> words, string begun, string ending) =>
        [.. words.Where(word => word.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Select(word => word + ending)];
}
