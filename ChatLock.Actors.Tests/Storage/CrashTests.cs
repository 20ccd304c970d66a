using Akka.Actor;
using ChatLock.Actors.Storage;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>A gateway that is killed leaves its files as they are at that moment; so does a copy of them.</summary>
public sealed class CrashTests
{
    [Fact]
    public void Files_as_they_are_in_the_middle_of_writing_hold_everything_that_was_acknowledged()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = JournalRig.Start(place);
        var journal = rig.OwnRecovered();
        var safe = rig.Append(journal, [.. Enumerable.Range(1, 1000).Select(i => $"{i}")]).Last;
        for (var i = 0; i < 100; i++)
            journal.Tell(new JournalCommand.Append([JournalRig.Bytes($"under way {i}")]));
        using var left = JournalPlace.Make("sqlite");
        foreach (var file in Directory.EnumerateFiles(place.Settings.Folder, $"{SqliteFile.Name}*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            Copy(file, Path.Combine(left.Settings.Folder, Path.GetFileName(file)));

        using var after = JournalRig.Start(left);
        after.Own(JournalRig.Room);
        var recovered = after.Told<JournalEvent.Recovered>();

        Assert.Equal(Enumerable.Range(1, (int)safe).Select(i => $"{i}"), recovered.Events.Take((int)safe).Select(stored => stored.Bytes.ToStringUtf8()));
        Assert.Equal(recovered.LastNumber, recovered.Events.Count);
    }

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
