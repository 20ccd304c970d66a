using ChatLock.Crypto.Suites;

namespace ChatLock.Protocol.Codes;

/// <summary>The suites' names and numbers, for those who carry the number without knowing what is behind it.</summary>
/// <remarks>docs/PROTOCOL.md section 6.</remarks>
public static class SuiteNumbers
{
    /// <summary>The names, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SuiteList.All.Select(suite => suite.Name)];

    /// <summary>Whether there is a suite with this number.</summary>
    public static bool IsKnown(uint number) => SuiteList.All.Any(suite => (uint)suite.Id == number);

    /// <summary>The number of the suite that is called this way, in lower case.</summary>
    /// <returns><c>false</c> for a name that no suite has.</returns>
    public static bool TryParse(string name, out uint number)
    {
        var suite = SuiteList.All.FirstOrDefault(suite => suite.Name == name);
        number = (uint)(suite?.Id ?? 0);
        return suite is not null;
    }
}
