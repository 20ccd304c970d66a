using System.Collections.Immutable;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Rooms;

/// <summary>Frames for someone who was away, and the number up to which they are complete.</summary>
public readonly record struct LogPage(IReadOnlyList<EncodedFrame> Frames, int Bytes, ulong Through);

/// <summary>What a room has stored: the latest in memory, where the older ones are in the journal, and which are kept no longer.</summary>
public sealed record RoomLog(RoomSettings Settings)
{
    /// <summary>The number of the last posting, stored and maybe deleted already; 0: there never was one.</summary>
    public ulong Last { get; private init; }

    /// <summary>The journal's last number.</summary>
    public long Journaled { get; private init; }

    /// <summary>The latest postings, without gaps up to <see cref="Last"/>.</summary>
    private ImmutableList<LogEntry> Ring { get; init; } = [];

    private int RingBytes { get; init; }

    /// <summary>All that is kept, without gaps up to <see cref="Last"/>.</summary>
    public ImmutableList<LogSegment> Segments { get; private init; } = [];

    /// <summary>The first posting that is kept; one more than <see cref="Last"/> if none is.</summary>
    public ulong First => Segments.IsEmpty ? Last + 1 : Segments[0].First;

    /// <summary>The first posting in memory; one more than <see cref="Last"/> if none is.</summary>
    public ulong RingFirst => Ring.IsEmpty ? Last + 1 : Ring[0].Sequence;

    /// <summary>A log as a snapshot has it: nothing of it is in memory.</summary>
    public static RoomLog Of(RoomSettings settings, ulong last, long journaled, IEnumerable<LogSegment> segments) =>
        new(settings) { Last = last, Journaled = journaled, Segments = [.. segments] };

    /// <summary>One more event of the journal.</summary>
    /// <param name="number">The journal's.</param>
    /// <param name="entries">At least one; the first follows <see cref="Last"/>.</param>
    public RoomLog With(long number, IReadOnlyList<LogEntry> entries, long firstUnixMs, long lastUnixMs)
    {
        var bytes = entries.Sum(entry => entry.Frame.Length);
        var first = entries[0].Sequence;
        var next = this with
        {
            Last = entries[^1].Sequence,
            Journaled = number,
            Ring = Ring.AddRange(entries),
            RingBytes = RingBytes + bytes,
            Segments = Segments.IsEmpty || Segments[^1].IsFull(first, firstUnixMs, Settings.KeepFor)
                ? Segments.Add(new LogSegment(first, number, firstUnixMs, lastUnixMs, bytes))
                : Segments.SetItem(
                    Segments.Count - 1,
                    Segments[^1] with { LastUnixMs = Math.Max(Segments[^1].LastUnixMs, lastUnixMs), Bytes = Segments[^1].Bytes + bytes }),
        };
        return next.Trimmed();
    }

    /// <summary>What the ring has after a number, of what is for this key.</summary>
    /// <param name="after">Not below the number before <see cref="RingFirst"/>.</param>
    /// <param name="maxBytes">A first frame is taken whatever its size.</param>
    public LogPage Page(ulong after, int maxBytes, Fingerprint key)
    {
        var frames = new List<EncodedFrame>();
        var bytes = 0;
        var through = after;
        for (var i = (int)(after + 1 - RingFirst); i < Ring.Count; i++)
        {
            var entry = Ring[i];
            if (entry.IsFor(key))
            {
                if (frames.Count > 0 && bytes + entry.Frame.Length > maxBytes)
                    break;
                frames.Add(entry.Frame);
                bytes += entry.Frame.Length;
            }

            through = entry.Sequence;
        }

        return new LogPage(frames, bytes, through);
    }

    /// <summary>The journal's number from which on a posting is to be looked for.</summary>
    public long NumberFor(ulong sequence) => Segments.FindLast(segment => segment.First <= sequence)?.Number ?? 1;

    /// <summary>Older postings that were read from the journal, to be had in memory: as many as the ring takes. The last one
    /// is the one before <see cref="RingFirst"/>.</summary>
    public RoomLog Preceded(IReadOnlyList<LogEntry> entries)
    {
        var next = this with { Ring = Ring.InsertRange(0, entries), RingBytes = RingBytes + entries.Sum(entry => entry.Frame.Length) };
        return next.Trimmed();
    }

    /// <summary>Where to read from so that the ring becomes about full; null: there is nothing older, or no room.</summary>
    public (long From, ulong FirstSequence)? WarmUp()
    {
        var bytes = (long)RingBytes;
        LogSegment? from = null;
        foreach (var segment in Enumerable.Reverse(Segments).Where(segment => segment.First < RingFirst))
        {
            bytes += segment.Bytes;
            if (bytes > Settings.RingMaxBytes)
                break;
            from = segment;
        }

        return from is null ? null : (from.Number, from.First);
    }

    /// <summary>Without what is kept no longer. Only whole segments go, so a few more may stay than have to.</summary>
    public RoomLog Kept(long nowUnixMs)
    {
        var over = 0;
        for (; over < Segments.Count; over++)
        {
            var next = over + 1 < Segments.Count ? Segments[over + 1].First : Last + 1;
            var isOld = nowUnixMs - Segments[over].LastUnixMs > Settings.KeepFor.TotalMilliseconds;
            if (!isOld && Last + 1 - next < (ulong)Settings.KeepMessages)
                break;
        }

        return over == 0 ? this : (this with { Segments = Segments.RemoveRange(0, over) }).Trimmed();
    }

    /// <summary>The last number of the journal that holds nothing of what is kept; 0 if there is none.</summary>
    public long Deletable => Segments.IsEmpty ? Journaled : Segments[0].Number - 1;

    /// <summary>Whether <see cref="Kept"/> is due by count: putting it off makes it cheap.</summary>
    public bool HasTooMany => Last + 1 - First > (ulong)(Settings.KeepMessages + Settings.KeepMessages / 10 + LogSegment.PostingsMax);

    /// <summary>When the oldest postings will have to go; null if there are none.</summary>
    public long? OldestOverUnixMs => Segments.IsEmpty ? null : Segments[0].LastUnixMs + (long)Settings.KeepFor.TotalMilliseconds;

    /// <summary>The journal lost what it had: numbers go on, but nothing before is there any more.</summary>
    public RoomLog Lost(long journaled) => new(Settings) { Last = Last, Journaled = journaled };

    private RoomLog Trimmed()
    {
        if (RingBytes <= Settings.RingMaxBytes && RingFirst >= First)
            return this;

        var bytes = RingBytes;
        var over = 0;
        while (over < Ring.Count && (bytes > Settings.RingMaxBytes || Ring[over].Sequence < First))
            bytes -= Ring[over++].Frame.Length;
        return this with { Ring = Ring.RemoveRange(0, over), RingBytes = bytes };
    }
}
