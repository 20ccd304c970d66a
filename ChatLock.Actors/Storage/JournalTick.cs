using Akka.Actor;

namespace ChatLock.Actors.Storage;

/// <summary>What a <see cref="JournalActor"/> tells itself: that time has passed, or how something ended.</summary>
internal abstract record JournalTick : INoSerializationVerificationNeeded
{
    private JournalTick()
    {
    }

    /// <param name="Writer">Whose recovery it belongs to.</param>
    public sealed record Loaded(IActorRef Writer, JournalEvent.Recovered Told) : JournalTick;

    public sealed record NotLoaded(IActorRef Writer, Exception Cause) : JournalTick;

    public sealed record Reopen : JournalTick
    {
        public static readonly Reopen Now = new();
    }

    public sealed record Writable : JournalTick
    {
        public static readonly Writable Now = new();
    }

    public sealed record NotWritable(Exception Cause) : JournalTick;

    /// <param name="Answered">What <see cref="JournalState.Answered"/> was.</param>
    public sealed record Watch(long Answered) : JournalTick;

    public sealed record Deleted(long Number) : JournalTick;

    public sealed record DeleteFailed(Exception Cause) : JournalTick;

    public sealed record DeleteAgain : JournalTick
    {
        public static readonly DeleteAgain Now = new();
    }

    public sealed record EraseDone : JournalTick
    {
        public static readonly EraseDone Now = new();
    }

    public sealed record EraseFailed(Exception Cause) : JournalTick;

    public sealed record EraseAgain : JournalTick
    {
        public static readonly EraseAgain Now = new();
    }
}
