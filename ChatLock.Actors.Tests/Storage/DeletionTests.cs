using System.Text;
using Akka.Actor;
using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>What is deleted can't be found in SQLite's files any more: not in free pages, not in the last row, not in the log.</summary>
public sealed class DeletionTests
{
    private const string Canary = "canary-3c1f0e7a";

    [Fact]
    public async Task Deleted_events_and_replaced_snapshots_are_in_no_file()
    {
        using var place = JournalPlace.Make("sqlite");
        using (var rig = JournalRig.Start(place))
        {
            var journal = rig.OwnRecovered();
            rig.Append(journal, [.. Enumerable.Range(1, 300).Select(i => $"{Canary} {i} {new string('x', 300)}")]);
            journal.Tell(new JournalCommand.Snapshot(300, JournalRig.Bytes($"{Canary} snapshot")));
            rig.Told<JournalEvent.SnapshotDone>();
            Assert.True(Found(place) > 300, "the search finds what is there");

            journal.Tell(new JournalCommand.Snapshot(300, JournalRig.Bytes("clean")));
            rig.Told<JournalEvent.SnapshotDone>();
            journal.Tell(new JournalCommand.DeleteTo(300));
            rig.Eventually(() => !rig.Read(journal, 1, 300).Any());
            await rig.CleanAsync();
            rig.Eventually(() => Found(place) == 0);
        }

        Assert.Equal(0, Found(place));
    }

    [Fact]
    public async Task An_erased_journal_is_in_no_file()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = JournalRig.Start(place);
        var journal = rig.OwnRecovered(new JournalId("room", Canary));
        rig.Append(journal, Canary);

        journal.Tell(JournalCommand.Erase.Now);
        rig.Told<JournalEvent.Erased>();
        await rig.CleanAsync();

        Assert.Equal(0, Found(place));
    }

    private static int Found(JournalPlace place)
    {
        var needle = Encoding.UTF8.GetBytes(Canary);
        return Directory.EnumerateFiles(place.Settings.Folder, $"{SqliteFile.Name}*").Sum(file => Count(ReadAll(file), needle));
    }

    private static byte[] ReadAll(string file)
    {
        // The lock's holder lets nobody in; there is nothing in it.
        if (file.EndsWith(".lock", StringComparison.Ordinal))
            return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> needle)
    {
        var count = 0;
        for (int at; (at = bytes.IndexOf(needle)) >= 0; bytes = bytes[(at + needle.Length)..])
            count++;
        return count;
    }
}
