using System.Diagnostics.CodeAnalysis;

namespace ChatLock.Crypto.Suites;

/// <summary>Every suite there is. Being in this list is what makes a suite usable, and tested by the
/// contract.</summary>
public static class SuiteList
{
    /// <summary>All suites, by rising number.</summary>
    public static IReadOnlyList<Suite> All { get; } = [new ClassicSuite(), new SealedSuite()];

    /// <summary>The suite of a number from the wire.</summary>
    /// <param name="id">Any number.</param>
    /// <param name="suite">The suite, or null when the answer is <see langword="false"/>.</param>
    public static bool TryGet(uint id, [NotNullWhen(true)] out Suite? suite)
    {
        suite = All.FirstOrDefault(candidate => (uint)candidate.Id == id);
        return suite is not null;
    }
}
