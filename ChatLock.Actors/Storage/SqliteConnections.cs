using System.Data.Common;
using LinqToDB.Interceptors;
using Microsoft.Data.Sqlite;

namespace ChatLock.Actors.Storage;

/// <summary>How every connection to the file is opened: ours and the plugin's.</summary>
public sealed class SqliteConnections(string file, long sizeMaxBytes, StorageThreads threads) : ConnectionInterceptor
{
    /// <summary>How long one waits for another's write before it fails.</summary>
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>SQLite's own default, and so the file's.</summary>
    private const int PageBytes = 4096;

    /// <summary>
    /// FULL: an acknowledgement means on disk, power loss included. secure_delete: what is deleted is overwritten with zeros. The
    /// log before the file is written back at 1,000 pages (4 MiB) and cut to that length.
    /// </summary>
    private readonly string _pragmas =
        $"PRAGMA busy_timeout = {(int)BusyTimeout.TotalMilliseconds}; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; "
        + "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 4194304; "
        + $"PRAGMA max_page_count = {sizeMaxBytes / PageBytes}";

    /// <summary>The timeout here is that of the provider's own waiting, in steps of 150 ms, after SQLite's.</summary>
    public string Text { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = true,
        DefaultTimeout = 1,
    }.ToString();

    public async Task<DbConnection> OpenAsync()
    {
        await threads.SwitchAsync();
        var connection = new SqliteConnection(Text);
        connection.Open();
        Prepare(connection);
        return connection;
    }

    public override async Task ConnectionOpeningAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken) => await threads.SwitchAsync();

    public override Task ConnectionOpenedAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        Prepare(connection);
        return Task.CompletedTask;
    }

    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection) => Prepare(connection);

    private void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }
}
