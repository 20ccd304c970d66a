using Akka.Actor;
using ChatLock.Actors.Storage;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>What every journal does, wherever it is kept.</summary>
public sealed class JournalTests
{
    private static readonly string[] AllKinds =
        JournalPlace.PostgreSqlServer is null ? ["memory", "sqlite"] : ["memory", "sqlite", "postgresql"];

    public static TheoryData<string> Kinds => [.. AllKinds];

    [PostgreSqlFact]
    public void Journals_on_PostgreSQL_are_among_those_tested_here() => Assert.Contains("postgresql", AllKinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_new_journal_is_empty_and_says_so(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using var rig = JournalRig.Start(place);
        rig.Own(JournalRig.Room);

        var recovered = rig.Told<JournalEvent.Recovered>();
        Assert.Equal((null, 0, 0), (recovered.Snapshot, recovered.SnapshotNumber, recovered.LastNumber));
        Assert.Empty(recovered.Events);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Events_are_numbered_from_one_without_gaps_in_the_order_of_the_appends(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using var rig = JournalRig.Start(place);
        var journal = rig.OwnRecovered();

        for (var i = 0; i < 50; i++)
            journal.Tell(new JournalCommand.Append([JournalRig.Bytes($"a{i}"), JournalRig.Bytes($"b{i}")]));
        for (var i = 0; i < 50; i++)
            Assert.Equal(new JournalEvent.Appended((2 * i) + 1, (2 * i) + 2), rig.Told<JournalEvent.Appended>());

        Assert.Equal(["99:a49", "100:b49"], rig.Read(journal, 99, 1000));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_appended_is_there_after_a_restart(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using (var before = JournalRig.Start(place))
            before.Append(before.OwnRecovered(), "one", "two", "");

        using var rig = JournalRig.Start(place);
        var journal = rig.Own(JournalRig.Room);
        var recovered = rig.Told<JournalEvent.Recovered>();

        Assert.Equal(["one", "two", ""], recovered.Events.Select(stored => stored.Bytes.ToStringUtf8()));
        Assert.Equal([1, 2, 3], recovered.Events.Select(stored => stored.Number));
        Assert.Equal(3, recovered.LastNumber);
        Assert.Equal(new JournalEvent.Appended(4, 4), rig.Append(journal, "four"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_recovery_begins_with_the_last_snapshot_and_goes_on_with_what_came_after_the_event_it_names(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using (var before = JournalRig.Start(place))
        {
            var writing = before.OwnRecovered();
            before.Append(writing, "1", "2", "3");
            writing.Tell(new JournalCommand.Snapshot(1, JournalRig.Bytes("old")));
            before.Told<JournalEvent.SnapshotDone>();
            writing.Tell(new JournalCommand.Snapshot(2, JournalRig.Bytes("state after 2")));
            Assert.Equal(2, before.Told<JournalEvent.SnapshotDone>().Number);
        }

        using var rig = JournalRig.Start(place);
        rig.Own(JournalRig.Room);
        var recovered = rig.Told<JournalEvent.Recovered>();

        Assert.Equal("state after 2", recovered.Snapshot!.ToStringUtf8());
        Assert.Equal(2, recovered.SnapshotNumber);
        Assert.Equal([new StoredEvent(3, JournalRig.Bytes("3"))], recovered.Events);
        Assert.Equal(3, recovered.LastNumber);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_deleted_is_gone_and_its_numbers_are_not_given_again(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using (var before = JournalRig.Start(place))
        {
            var writing = before.OwnRecovered();
            before.Append(writing, [.. Enumerable.Range(1, 1200).Select(i => $"{i}")]);
            writing.Tell(new JournalCommand.DeleteTo(1198));
            before.Eventually(() => before.Read(writing, 1, long.MaxValue).SequenceEqual(["1199:1199", "1200:1200"]));
            writing.Tell(new JournalCommand.DeleteTo(5000));
            before.Eventually(() => !before.Read(writing, 1, long.MaxValue).Any());
        }

        using var rig = JournalRig.Start(place);
        var journal = rig.Own(JournalRig.Room);
        var recovered = rig.Told<JournalEvent.Recovered>();

        Assert.Empty(recovered.Events);
        Assert.Equal(1200, recovered.LastNumber);
        Assert.Equal(1201, rig.Append(journal, "next").First);
        Assert.Equal(["1201:next"], rig.Read(journal, 1, long.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_read_stops_at_the_bytes_asked_for_says_that_there_is_more_and_gives_one_event_at_least(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using var rig = JournalRig.Start(place);
        var journal = rig.OwnRecovered();
        rig.Append(journal, "12345", "12345", "12345", "12345");

        journal.Tell(new JournalCommand.Read(2, 4, MaxBytes: 6, "two"));
        var two = rig.Told<JournalEvent.ReadDone>();
        Assert.Equal((object)"two", two.Tag);
        Assert.Equal([2, 3], two.Events.Select(stored => stored.Number));
        Assert.True(two.More);

        journal.Tell(new JournalCommand.Read(4, 4, MaxBytes: 0, "one"));
        var one = rig.Told<JournalEvent.ReadDone>();
        Assert.Equal([4], one.Events.Select(stored => stored.Number));
        Assert.False(one.More);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_erased_journal_begins_anew(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using var rig = JournalRig.Start(place);
        var journal = rig.OwnRecovered();
        rig.Append(journal, "1", "2");

        journal.Tell(new JournalCommand.Snapshot(1, JournalRig.Bytes("state")));
        journal.Tell(new JournalCommand.Append([JournalRig.Bytes("under way")]));
        journal.Tell(JournalCommand.Erase.Now);
        var told = new[] { rig.Told<JournalEvent>(), rig.Told<JournalEvent>() };
        Assert.Contains(new JournalEvent.SnapshotDone(1), told);
        Assert.Contains(new JournalEvent.Appended(3, 3), told);
        rig.Told<JournalEvent.Erased>();

        rig.Own(JournalRig.Room);
        Assert.Equal((null, 0L), rig.Told<JournalEvent.Recovered>() is var recovered ? (recovered.Snapshot, recovered.LastNumber) : default);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Journals_do_not_mix(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using var rig = JournalRig.Start(place);
        var one = rig.OwnRecovered(new JournalId("room", "#größe"));
        var other = rig.OwnRecovered(new JournalId("mailbox", "#größe"));
        rig.Append(one, "in one");
        Assert.Equal(1, rig.Append(other, "in the other").First);

        Assert.Equal(["1:in one"], rig.Read(one, 1, 10));
        Assert.Equal(["1:in the other"], rig.Read(other, 1, 10));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_of_every_value_and_a_megabyte_of_them_come_back_as_they_were(string kind)
    {
        var bytes = new byte[1024 * 1024];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i ^ (i >> 8));
        var large = ByteString.CopyFrom(bytes);
        using var place = JournalPlace.Make(kind);
        using var rig = JournalRig.Start(place);
        var journal = rig.OwnRecovered();

        journal.Tell(new JournalCommand.Append([large, large, ByteString.Empty]));
        rig.Told<JournalEvent.Appended>();
        journal.Tell(new JournalCommand.Snapshot(3, large));
        rig.Told<JournalEvent.SnapshotDone>();
        journal.Tell(new JournalCommand.Read(1, 3, int.MaxValue, "all"));

        Assert.Equal([large, large, ByteString.Empty], rig.Told<JournalEvent.ReadDone>().Events.Select(stored => stored.Bytes));
        rig.Own(JournalRig.Room);
        Assert.Equal(large, rig.Told<JournalEvent.Recovered>().Snapshot);
    }
}
