using Akka.Actor;
using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>What the shell adds: who is told what when a bound is passed.</summary>
public sealed class JournalBoundTests
{
    private static readonly JournalLimits Narrow = new()
    {
        AppendsMax = 3,
        ReadsMax = 1,
        Reopening = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)),
    };

    [Fact]
    public void An_owner_that_passes_the_bound_is_told_Failed_and_then_what_is_true()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = JournalRig.Start(place, Narrow);
        var journal = rig.OwnRecovered();
        for (var i = 0; i < 50; i++)
            journal.Tell(new JournalCommand.Append([JournalRig.Bytes($"{i}")]));

        var told = new List<JournalEvent>();
        do
            told.Add(rig.Told<JournalEvent>());
        while (told[^1] is not JournalEvent.Recovered);

        Assert.Contains(told, one => one is JournalEvent.Failed);
        var recovered = (JournalEvent.Recovered)told[^1];
        Assert.True(recovered.LastNumber >= told.Count(one => one is JournalEvent.Appended));
        Assert.Equal(recovered.LastNumber, recovered.Events.Count);
        Assert.Equal(recovered.LastNumber + 1, rig.Append(journal, "goes on").First);
    }

    [Fact]
    public void An_append_before_Recovered_is_answered_with_Failed()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = JournalRig.Start(place);
        var journal = rig.Own(JournalRig.Room);
        journal.Tell(new JournalCommand.Append([JournalRig.Bytes("too early")]));

        rig.Told<JournalEvent.Failed>();
        Assert.Equal(0, rig.Told<JournalEvent.Recovered>().LastNumber);
    }

    [Fact]
    public void A_read_beyond_the_bound_is_answered_with_ReadFailed()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = JournalRig.Start(place, Narrow);
        var journal = rig.OwnRecovered();
        for (var i = 0; i < 20; i++)
            journal.Tell(new JournalCommand.Read(1, 10, 1000, i));

        var told = Enumerable.Range(0, 20).Select(_ => rig.Told<JournalEvent>()).ToList();
        Assert.Contains(told, one => one is JournalEvent.ReadDone);
        Assert.Contains(told, one => one is JournalEvent.ReadFailed);
    }
}
