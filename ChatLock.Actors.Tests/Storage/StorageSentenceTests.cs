using ChatLock.Actors.Storage;
using Microsoft.Data.Sqlite;

namespace ChatLock.Actors.Tests.Storage;

public sealed class StorageSentenceTests
{
    [Fact]
    public void The_cause_is_said_and_not_the_failed_rollback_that_hides_it() => Assert.StartsWith(
        "The disk is full",
        StorageSentence.For(new AggregateException(
            "rollback", new SqliteException("cannot rollback - no transaction is active", 1), new SqliteException("database or disk is full", 13))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(8, "The database file is read-only.")]
    [InlineData(10, "The disk reports an error.")]
    [InlineData(11, "The database file is damaged.")]
    [InlineData(5, "Another program holds the database.")]
    [InlineData(1, "The database failed with SQLite's code 1.")]
    public void What_SQLite_reports_is_said_in_words(int code, string sentence) =>
        Assert.Equal(sentence, StorageSentence.For(new InvalidOperationException("outer", new SqliteException("/secret/path", code))));

    [Fact]
    public void What_is_not_known_is_named_by_its_type_alone() =>
        Assert.Equal("The database failed (FormatException).", StorageSentence.For(new FormatException("Password=hunter2")));
}
