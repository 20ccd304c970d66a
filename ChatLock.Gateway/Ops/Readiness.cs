using ChatLock.Actors.Storage;

namespace ChatLock.Gateway.Ops;

/// <summary>Whether this node can do what it is for, and why not.</summary>
public sealed class Readiness(JournalHealth journals)
{
    private volatile bool _stopping;

    /// <summary>From here on nobody should be sent here any more.</summary>
    public void Stop() => _stopping = true;

    /// <returns>What keeps this node from being ready, each a sentence without names of rooms or people; none when it is.</returns>
    public IReadOnlyList<string> Reasons()
    {
        var failing = journals.Failing.Values
            .GroupBy(sentence => sentence, StringComparer.Ordinal)
            .OrderByDescending(same => same.Count())
            .Select(same => $"{(same.Count() == 1 ? "1 journal" : $"{same.Count()} journals")} can't be written. {same.Key}");
        return _stopping ? ["This gateway is stopping.", .. failing] : [.. failing];
    }
}
