using Akka.Actor;

namespace ChatLock.Actors.Storage;

/// <summary>Where owners get their journals from: <c>Context.ActorOf(journals.Props(id), "journal")</c>. The journal tells its
/// parent <see cref="JournalEvent.Recovered"/> unasked.</summary>
public interface IJournals
{
    JournalHealth Health { get; }

    Props Props(JournalId id);
}
