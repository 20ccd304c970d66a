namespace ChatLock.Actors.Rooms;

/// <summary>Where a part of a room's log is in its journal: from these numbers up to where the next segment begins.</summary>
/// <param name="First">Its first posting.</param>
/// <param name="Number">The journal's number of the event with that posting at its beginning.</param>
/// <param name="FirstUnixMs">When its first posting was taken.</param>
/// <param name="LastUnixMs">When its last one was.</param>
/// <param name="Bytes">Of its frames.</param>
public sealed record LogSegment(ulong First, long Number, long FirstUnixMs, long LastUnixMs, long Bytes)
{
    /// <summary>Postings after which a new segment begins with the next event.</summary>
    public const int PostingsMax = 64;

    /// <summary>Bytes after which a new segment begins with the next event.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>Segments by which an age limit is told: postings go at most this part of the time too late.</summary>
    public const int SegmentsOfAge = 144;

    /// <summary>Whether the next event begins a new segment.</summary>
    public bool IsFull(ulong next, long nextUnixMs, TimeSpan keepFor) =>
        next - First >= PostingsMax || Bytes >= BytesMax || nextUnixMs - FirstUnixMs >= keepFor.TotalMilliseconds / SegmentsOfAge;
}
