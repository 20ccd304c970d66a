using System.Net.Sockets;
using System.Runtime.Serialization;
using Akka.Pattern;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatLock.Actors.Storage;

/// <summary>What went wrong with a database, in a sentence for logs and /readyz: no path, no address, no SQL.</summary>
public static class StorageSentence
{
    private const int SqliteError = 1, SqliteBusy = 5, SqliteLocked = 6, SqliteReadOnly = 8, SqliteIoError = 10,
        SqliteCorrupt = 11, SqliteFull = 13, SqliteCannotOpen = 14, SqliteConstraint = 19, SqliteNotADatabase = 26;

    public static string For(Exception cause)
    {
        // A failed rollback hides what failed before it, so the whole chain is looked at and the plainest cause is said.
        var chain = Chain(cause).ToList();
        return chain.Select(Known).FirstOrDefault(sentence => sentence is not null)
            ?? chain.OfType<SqliteException>().Select(e => $"The database failed with SQLite's code {e.SqliteExtendedErrorCode}.").FirstOrDefault()
            ?? $"The database failed ({chain[^1].GetType().Name}).";
    }

    private static string? Known(Exception cause) => cause switch
    {
        SqliteException { SqliteErrorCode: SqliteError } => null,
        SqliteException sqlite => Sqlite(sqlite.SqliteErrorCode),
        PostgresException postgres => PostgreSql(postgres.SqlState),
        NpgsqlException { InnerException: TimeoutException } => "The database doesn't answer in time.",
        NpgsqlException or SocketException => "The database server can't be reached.",
        SerializationException => "The database holds rows of an unknown version.",
        OpenCircuitException or TimeoutException or OperationCanceledException => "The database doesn't answer in time.",
        _ => null,
    };

    private static string? Sqlite(int code) => code switch
    {
        SqliteFull => "The disk is full, or the database has reached its greatest size.",
        SqliteIoError => "The disk reports an error.",
        SqliteReadOnly => "The database file is read-only.",
        SqliteCorrupt or SqliteNotADatabase => "The database file is damaged.",
        SqliteBusy or SqliteLocked => "Another program holds the database.",
        SqliteCannotOpen => "The database file can't be opened.",
        SqliteConstraint => "Someone else wrote to the same journal.",
        _ => null,
    };

    private static string PostgreSql(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => "The database server's disk is full.",
        PostgresErrorCodes.UniqueViolation => "Someone else wrote to the same journal.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The database server takes no writes.",
        PostgresErrorCodes.InsufficientPrivilege => "The database server doesn't let this user do that.",
        PostgresErrorCodes.QueryCanceled => "The database doesn't answer in time.",
        ['2', '8', ..] => "The database server doesn't let this user in.",
        ['5', '7', 'P', ..] => "The database server is starting or stopping.",
        _ => $"The database server refused with SQLSTATE {state}.",
    };

    private static IEnumerable<Exception> Chain(Exception cause)
    {
        yield return cause;
        var inner = cause is AggregateException many ? many.InnerExceptions : cause.InnerException is { } one ? [one] : [];
        foreach (var next in inner.SelectMany(Chain))
            yield return next;
    }
}
