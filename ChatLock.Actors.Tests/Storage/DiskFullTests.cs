using Akka.Actor;
using ChatLock.Actors.Storage;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>A full disk: nothing acknowledged is lost, and the journal works again by itself.</summary>
public sealed class DiskFullTests
{
    private static readonly JournalLimits Impatient = new()
    {
        Reopening = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200)),
    };

    [Fact]
    public void A_database_at_its_greatest_size_fails_appends_and_takes_them_again_when_something_was_deleted()
    {
        using var place = JournalPlace.In(Directory.CreateTempSubdirectory("chatlock-journal").FullName, sizeMaxBytes: 1024 * 1024);
        using var rig = JournalRig.Start(place, Impatient);
        var journal = rig.OwnRecovered();

        var (safe, sentence) = Fill(rig, journal);
        Assert.Contains("full", sentence, StringComparison.Ordinal);

        journal.Tell(new JournalCommand.DeleteTo(safe / 2));
        WorksAgain(rig, journal, safe, keptFrom: (safe / 2) + 1);
    }

    [TmpfsFact]
    public void A_full_disk_fails_appends_and_takes_them_again_when_there_is_room()
    {
        using var disk = new Tmpfs(megabytes: 12);
        var ballast = Path.Combine(disk.Folder, "ballast");
        File.WriteAllBytes(ballast, new byte[4 * 1024 * 1024]);
        using var place = JournalPlace.In(Directory.CreateDirectory(Path.Combine(disk.Folder, "data")).FullName);
        using var rig = JournalRig.Start(place, Impatient);
        var journal = rig.OwnRecovered();

        var (safe, sentence) = Fill(rig, journal);
        Assert.Contains("full", sentence, StringComparison.Ordinal);

        File.Delete(ballast);
        WorksAgain(rig, journal, safe, keptFrom: 1);
    }

    /// <summary>Appends until the journal fails.</summary>
    /// <returns>The last event that was acknowledged, and why the next one wasn't. Health isn't asked: the journal may be open again.</returns>
    private static (long Safe, string Sentence) Fill(JournalRig rig, IActorRef journal)
    {
        var safe = 0L;
        while (true)
        {
            journal.Tell(new JournalCommand.Append([Event(safe + 1)]));
            switch (rig.Told<JournalEvent>())
            {
                case JournalEvent.Appended appended:
                    safe = appended.Last;
                    break;
                case JournalEvent.Failed failed:
                    return (safe, failed.Sentence);
                case var other:
                    Assert.Fail($"told {other}");
                    break;
            }
        }
    }

    private static void WorksAgain(JournalRig rig, IActorRef journal, long safe, long keptFrom)
    {
        var recovered = rig.Told<JournalEvent.Recovered>();
        Assert.Empty(rig.Health.Failing);
        // The one that failed may be there or not; whoever sent it asks again.
        Assert.InRange(recovered.LastNumber, safe, safe + 1);
        Assert.Equal(
            Enumerable.Range((int)keptFrom, (int)(safe - keptFrom + 1)).Select(number => new StoredEvent(number, Event(number))),
            recovered.Events.Where(stored => stored.Number <= safe));

        journal.Tell(new JournalCommand.Append([Event(0)]));
        Assert.Equal(recovered.LastNumber + 1, rig.Told<JournalEvent.Appended>().First);
    }

    private static ByteString Event(long number)
    {
        var bytes = new byte[20_000];
        BitConverter.TryWriteBytes(bytes, number);
        return ByteString.CopyFrom(bytes);
    }
}
