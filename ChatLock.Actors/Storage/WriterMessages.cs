using Akka.Actor;

namespace ChatLock.Actors.Storage;

/// <summary>What a <see cref="JournalWriter"/> tells the journal that it belongs to.</summary>
public abstract record WriterEvent : INoSerializationVerificationNeeded
{
    private WriterEvent()
    {
    }

    /// <param name="LastNumber">From which it counts on.</param>
    public sealed record Recovered(long LastNumber) : WriterEvent;

    public sealed record Appended(long First, long Last) : WriterEvent;

    /// <summary>Its last word.</summary>
    public sealed record Failed(Exception Cause) : WriterEvent;

    public sealed record SnapshotDone(long Number) : WriterEvent;

    public sealed record SnapshotFailed(Exception Cause) : WriterEvent;
}
