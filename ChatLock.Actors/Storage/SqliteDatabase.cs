using System.Data.Common;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace ChatLock.Actors.Storage;

/// <summary>One file in a folder, held by one gateway.</summary>
public sealed class SqliteDatabase : JournalDatabase
{
    /// <summary>How long deleted bytes may stay in the log before the file.</summary>
    private static readonly TimeSpan LogLeftFor = TimeSpan.FromSeconds(60);

    private readonly FileStream _held;
    private readonly StorageThreads _threads = new();
    private readonly SqliteConnections _connections;
    private readonly ITimer _cleaning;
    private volatile bool _hasDeleted;

    private SqliteDatabase(SqliteFile file, FileStream held, long sizeMaxBytes, TimeProvider time)
        : base(SqliteFile.Tables)
    {
        _held = held;
        _connections = new SqliteConnections(file.Path, sizeMaxBytes, _threads);
        Options = new DataOptions().UseConnectionString(ProviderName.SQLiteMS, _connections.Text).UseInterceptor(_connections);
        _cleaning = time.CreateTimer(_ => _ = CleanAsync(), null, LogLeftFor, LogLeftFor);
    }

    public override DataOptions Options { get; }

    /// <summary>One write at a time: SQLite has one writer, and what waits becomes the next batch. Read-uncommitted is the provider's
    /// word for a transaction that begins without the writer's lock; what it reads is committed all the same.</summary>
    public override string Plugin =>
        $$"""
        akka.persistence {
          journal.sql { provider-name = "{{ProviderName.SQLiteMS}}", connection-string = "set by code", parallelism = 1, read-isolation-level = read-uncommitted }
          snapshot-store.sql { provider-name = "{{ProviderName.SQLiteMS}}", connection-string = "set by code", read-isolation-level = read-uncommitted }
        }
        """;

    /// <exception cref="SettingsException">The file can't be used; nothing in it was changed.</exception>
    public static SqliteDatabase Open(string folder, long sizeMaxBytes, TimeProvider time)
    {
        var file = new SqliteFile(folder);
        var held = file.Hold();
        try
        {
            file.Check();
            return new SqliteDatabase(file, held, sizeMaxBytes, time);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>What was deleted is overwritten in the file, but its old pages may be in the log before it: they are cut off.</summary>
    public override async Task CleanAsync()
    {
        if (!_hasDeleted)
            return;
        _hasDeleted = false;
        try
        {
            await using var connection = await OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }
        catch (SqliteException)
        {
            _hasDeleted = true; // The next tick tries again; journals tell what is wrong.
        }
    }

    protected override Task<DbConnection> OpenAsync() => _connections.OpenAsync();

    protected override void OnDeleted() => _hasDeleted = true;

    protected override void Dispose(bool disposing)
    {
        _cleaning.Dispose();
        _threads.Dispose();
        using (var connection = new SqliteConnection(_connections.Text))
            SqliteConnection.ClearPool(connection);
        _held.Dispose();
    }
}
