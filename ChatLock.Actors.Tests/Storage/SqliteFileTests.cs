using System.Text;
using ChatLock.Actors.Storage;
using Microsoft.Data.Sqlite;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>A file that can't be the database is told in a sentence that names it, and stays as it is.</summary>
public sealed class SqliteFileTests
{
    [Fact]
    public void A_file_that_is_something_else_is_left_as_it_is()
    {
        using var place = JournalPlace.Make("sqlite");
        File.WriteAllText(place.File, "This is a letter and no database, long enough to look like something of weight.");

        AssertRefused(place, "is damaged: it doesn't begin as a SQLite file does", "Put a backup in its place");
    }

    [Fact]
    public void A_file_of_a_few_bytes_is_left_as_it_is()
    {
        using var place = JournalPlace.Make("sqlite");
        File.WriteAllText(place.File, "SQLite");

        AssertRefused(place, "is damaged", "Put a backup in its place");
    }

    [Fact]
    public void A_database_with_a_damaged_page_is_left_as_it_is()
    {
        using var place = WithContent();
        using (var file = File.OpenWrite(place.File))
        {
            for (var page = 2; page < 20; page++)
            {
                file.Position = page * 4096;
                file.Write(Encoding.ASCII.GetBytes("damaged damaged damaged damaged"));
            }
        }

        AssertRefused(place, "is damaged", "Put a backup in its place");
    }

    [Fact]
    public void A_database_that_was_cut_is_left_as_it_is()
    {
        using var place = WithContent();
        using (var file = File.OpenWrite(place.File))
            file.SetLength(file.Length / 2);

        AssertRefused(place, "is damaged", "Put a backup in its place");
    }

    [Fact]
    public void A_database_of_a_newer_version_is_left_as_it_is()
    {
        using var place = WithContent();
        Execute(place, "PRAGMA user_version = 99");

        AssertRefused(place, "was written by a newer ChatLock (version 99 of the tables, this one knows 1)", "Start that one");
    }

    [Fact]
    public void Another_programs_database_is_left_as_it_is()
    {
        using var place = JournalPlace.Make("sqlite");
        Execute(place, "CREATE TABLE recipes (name TEXT)");

        AssertRefused(place, "belongs to another program", "Move it away");
    }

    [Fact]
    public void A_read_only_file_is_left_as_it_is()
    {
        using var place = WithContent();
        File.SetAttributes(place.File, FileAttributes.ReadOnly);

        AssertRefused(place, "is read-only", "Make it writable");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_not_made()
    {
        using var parent = JournalPlace.Make("sqlite");
        var missing = Path.Combine(parent.Settings.Folder, "mount-point");

        var wrong = Assert.Throws<SettingsException>(() => JournalStorage.Open(new StorageSettings { Folder = missing }, "", TimeProvider.System));

        Assert.Equal($"The folder {missing} for the database isn't there. Make it, or set chatlock.storage.folder to one that is.", wrong.Message);
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public void A_second_gateway_is_not_let_in()
    {
        using var place = WithContent();
        using var first = place.Open();

        var wrong = Assert.Throws<SettingsException>(() => place.Open());

        Assert.Contains("Is another gateway running on it?", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_and_a_file_of_ones_own_are_fine()
    {
        using var place = JournalPlace.Make("sqlite");
        File.WriteAllBytes(place.File, []);
        place.Open().Dispose();
        place.Open().Dispose();

        using var rig = JournalRig.Start(place);
        Assert.Equal(1, rig.Append(rig.OwnRecovered(), "works").First);
    }

    [Fact]
    public void Nobody_but_the_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var place = WithContent();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(place.File));
    }

    private static JournalPlace WithContent()
    {
        var place = JournalPlace.Make("sqlite");
        using var rig = JournalRig.Start(place);
        rig.Append(rig.OwnRecovered(), [.. Enumerable.Range(0, 100).Select(i => $"{i} {new string('x', 1000)}")]);
        return place;
    }

    private static void AssertRefused(JournalPlace place, params string[] words)
    {
        var before = Content(place);
        var wrong = Assert.Throws<SettingsException>(() => place.Open());
        Assert.Contains(place.File, wrong.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, wrong.Message, StringComparison.Ordinal));
        Assert.EndsWith(".", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(before, Content(place));
    }

    private static string Content(JournalPlace place) => Convert.ToHexString(File.ReadAllBytes(place.File));

    private static void Execute(JournalPlace place, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={place.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
