using Akka.Actor;
using Google.Protobuf;

namespace ChatLock.Actors.Storage;

/// <summary>One event as it stands in a journal.</summary>
/// <param name="Number">Its place, from 1 without gaps.</param>
/// <param name="Bytes">A message of storage.proto, which only the journal's owner reads.</param>
public sealed record StoredEvent(long Number, ByteString Bytes);

/// <summary>What an owner asks its journal, a child of its own. Until <see cref="JournalEvent.Recovered"/>, and between
/// <see cref="JournalEvent.Failed"/> and the next, nothing is taken: an append is answered with Failed again.</summary>
public abstract record JournalCommand : INoSerializationVerificationNeeded
{
    private JournalCommand()
    {
    }

    /// <summary>All of these or none, in this order; answered with <see cref="JournalEvent.Appended"/>. Several may be
    /// under way and are answered in the order in which they came. At least one event.</summary>
    public sealed record Append(IReadOnlyList<ByteString> Events) : JournalCommand;

    /// <summary>What the owner is after the event <paramref name="Number"/>. It takes the place of older snapshots; a
    /// recovery begins with it and goes on with the events after it. Answered with <see cref="JournalEvent.SnapshotDone"/>,
    /// or not at all if it fails: then the older one stays.</summary>
    /// <param name="Number">An event that was answered with Appended or told by Recovered. Others may be under way.</param>
    public sealed record Snapshot(long Number, ByteString State) : JournalCommand;

    /// <summary>Events up to this one, inclusive, are deleted, bytes and all; whether a snapshot has them is the owner's
    /// business. Not answered; one that fails is tried again.</summary>
    public sealed record DeleteTo(long Number) : JournalCommand;

    /// <summary>Events from one to another, inclusive; answered with <see cref="JournalEvent.ReadDone"/>, with at least one event
    /// if there is one, and no more once <paramref name="MaxBytes"/> are reached.</summary>
    public sealed record Read(long From, long To, int MaxBytes, object Tag) : JournalCommand;

    /// <summary>Everything goes: events, snapshot, count. Answered with <see cref="JournalEvent.Erased"/>; then the journal
    /// stops. The last command: what comes after it is lost.</summary>
    public sealed record Erase : JournalCommand
    {
        public static readonly Erase Now = new();
    }
}

/// <summary>What a journal tells its owner.</summary>
public abstract record JournalEvent : INoSerializationVerificationNeeded
{
    private JournalEvent()
    {
    }

    /// <summary>Once at the start, and once after each Failed. Appends are taken from here on.</summary>
    /// <param name="Snapshot">The last one, or null.</param>
    /// <param name="SnapshotNumber">The last event that it contains, 0 without a snapshot.</param>
    /// <param name="Events">Those after the snapshot that weren't deleted.</param>
    /// <param name="LastNumber">The last event's, whether it is still there or not; 0 if there never was one.</param>
    public sealed record Recovered(
        ByteString? Snapshot, long SnapshotNumber, IReadOnlyList<StoredEvent> Events, long LastNumber) : JournalEvent;

    /// <summary>The next Append is safe: its events have these numbers.</summary>
    public sealed record Appended(long First, long Last) : JournalEvent;

    /// <summary>What was appended and not answered is of unknown fate; the next Recovered tells it.</summary>
    /// <param name="Sentence">Why, without a secret.</param>
    public sealed record Failed(string Sentence) : JournalEvent;

    /// <param name="More">Whether there are events in the range that weren't read yet.</param>
    public sealed record ReadDone(object Tag, IReadOnlyList<StoredEvent> Events, bool More) : JournalEvent;

    public sealed record ReadFailed(object Tag) : JournalEvent;

    /// <param name="Number">The last event that it contains.</param>
    public sealed record SnapshotDone(long Number) : JournalEvent;

    public sealed record Erased : JournalEvent
    {
        public static readonly Erased Done = new();
    }
}
