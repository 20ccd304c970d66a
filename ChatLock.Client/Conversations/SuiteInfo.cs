using ChatLock.Crypto.Suites;

namespace ChatLock.Client.Conversations;

/// <summary>What a user is told about a suite.</summary>
/// <param name="Number">On the wire; docs/PROTOCOL.md section 6.</param>
/// <param name="Name">For command lines: "sealed", "classic".</param>
/// <param name="Label">What stands beside messages: "INSECURE" where it keeps nothing secret.</param>
/// <param name="IsInsecure">Whether every message under it must carry the label.</param>
public sealed record SuiteInfo(uint Number, string Name, string Label, bool IsInsecure)
{
    /// <summary>The suite that private messages use unless the user says otherwise.</summary>
    public static SuiteInfo Sealed { get; } = Of((uint)SuiteId.Sealed);

    /// <summary>All suites, by rising number.</summary>
    public static IReadOnlyList<SuiteInfo> All { get; } = [.. SuiteList.All.Select(suite => Of((uint)suite.Id))];

    /// <summary>The suite of that name, whatever its case; <c>null</c> if there is none.</summary>
    public static SuiteInfo? Find(string name) =>
        All.FirstOrDefault(suite => suite.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A suite by its number; one that this version doesn't know counts as insecure.</summary>
    public static SuiteInfo Of(uint number) => SuiteList.TryGet(number, out var suite)
        ? new SuiteInfo(number, suite.Name, suite.Label, suite.Insecure)
        : new SuiteInfo(number, $"suite {number}", "UNKNOWN", IsInsecure: true);
}
