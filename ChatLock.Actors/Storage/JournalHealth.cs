using System.Collections.Immutable;

namespace ChatLock.Actors.Storage;

/// <summary>Which journals can't write, and why. Written by journals, read by whoever asks; safe from any thread.</summary>
public sealed class JournalHealth
{
    private ImmutableDictionary<JournalId, string> _failing = ImmutableDictionary<JournalId, string>.Empty;

    /// <summary>The last sentence of each journal that fails now.</summary>
    public IReadOnlyDictionary<JournalId, string> Failing => Volatile.Read(ref _failing);

    /// <returns>Whether none failed before this one: the moment to log.</returns>
    public bool Fails(JournalId id, string sentence)
    {
        var isFirst = Failing.Count == 0;
        ImmutableInterlocked.AddOrUpdate(ref _failing, id, sentence, (_, _) => sentence);
        return isFirst;
    }

    /// <returns>Whether this one was the last that failed.</returns>
    public bool Works(JournalId id) => ImmutableInterlocked.TryRemove(ref _failing, id, out _) && Failing.Count == 0;
}
