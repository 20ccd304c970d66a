using System.Data.Common;
using Google.Protobuf;
using LinqToDB;

namespace ChatLock.Actors.Storage;

/// <summary>
/// A database as journals use it beside the plugin, which appends and saves snapshots: reading what is stored, deleting so that the bytes
/// are gone (the plugin keeps those of the last row that it deletes), and finding out whether it takes writes.
/// </summary>
public abstract class JournalDatabase(JournalTables tables) : IDisposable
{
    /// <summary>Rows deleted in one transaction, so that appends needn't wait long for their turn.</summary>
    private const int DeleteRowsMax = 500;

    /// <summary>Bytes that a probe writes: a disk with less room isn't ready.</summary>
    private const int ProbeBytes = 64 * 1024;

    /// <summary>Reads and deletions under way at once, of all journals.</summary>
    private const int TurnsMax = 16;

    private readonly SemaphoreSlim _turns = new(TurnsMax);
    private readonly Lock _probing = new();
    private Task _probe = Task.CompletedTask;

    /// <summary>How the plugin connects.</summary>
    public abstract DataOptions Options { get; }

    /// <summary>HOCON for the plugin: what differs from one database to another.</summary>
    public abstract string Plugin { get; }

    /// <summary>What is stored: the last snapshot and the events after it.</summary>
    public async Task<JournalEvent.Recovered> LoadAsync(JournalId id, long lastNumber)
    {
        using var turn = await TurnAsync();
        await using var connection = await OpenAsync();
        var (snapshot, number) = await LastSnapshotAsync(connection, id);
        var (events, _) = await EventsAsync(connection, id, number + 1, long.MaxValue, long.MaxValue);
        return new JournalEvent.Recovered(snapshot, number, events, Math.Max(number, lastNumber));
    }

    public async Task<JournalEvent.ReadDone> ReadAsync(JournalId id, JournalCommand.Read read)
    {
        using var turn = await TurnAsync();
        await using var connection = await OpenAsync();
        var (events, more) = await EventsAsync(connection, id, read.From, read.To, read.MaxBytes);
        return new JournalEvent.ReadDone(read.Tag, events, more);
    }

    /// <summary>The bytes of events up to <paramref name="number"/> are gone, and so are their rows, but for a journal's last.</summary>
    public async Task DeleteToAsync(JournalId id, long number)
    {
        using var turn = await TurnAsync();
        await using var connection = await OpenAsync();
        var (first, last) = await SpanAsync(connection, id);
        var end = Math.Min(number, last - 1);
        while (first > 0 && first <= end)
        {
            var to = Math.Min(first + DeleteRowsMax - 1, end);
            await ExecuteAsync(connection, tables.Delete, ("id", id.ToString()), ("to", to));
            first = to + 1;
        }

        if (last > 0 && number >= last)
        {
            await ExecuteAsync(connection, tables.Empty,
                ("id", id.ToString()), ("to", last), ("gone", true), ("nothing", Array.Empty<byte>()));
        }

        OnDeleted();
    }

    public async Task EraseAsync(JournalId id)
    {
        using var turn = await TurnAsync();
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, tables.Erase, ("id", id.ToString()));
        OnDeleted();
    }

    /// <summary>Writes something and deletes it again. Whoever asks while one is under way waits for that one.</summary>
    public Task ProbeAsync()
    {
        lock (_probing)
            return _probe = _probe.IsCompleted ? ProbeOnceAsync() : _probe;
    }

    /// <summary>Makes what was deleted unfindable, as far as that is not so already.</summary>
    public virtual Task CleanAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>An open connection; what follows may block the thread.</summary>
    protected abstract Task<DbConnection> OpenAsync();

    /// <summary>After each deletion.</summary>
    protected virtual void OnDeleted()
    {
    }

    protected static async Task ExecuteAsync(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = Command(connection, sql, parameters);
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private async Task ProbeOnceAsync()
    {
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, tables.Probe, ("bytes", new byte[ProbeBytes]));
        await ExecuteAsync(connection, tables.Probe, ("bytes", Array.Empty<byte>()));
    }

    private async Task<(List<StoredEvent> Events, bool More)> EventsAsync(
        DbConnection connection, JournalId id, long from, long to, long maxBytes)
    {
        await using var command = Command(connection, tables.Read, ("id", id.ToString()), ("from", from), ("to", to), ("kept", false));
        await using var rows = await command.ExecuteReaderAsync();
        var events = new List<StoredEvent>();
        var bytes = 0L;
        while (await rows.ReadAsync())
        {
            if (bytes >= maxBytes && events.Count > 0)
                return (events, true);
            var message = JournalSerializer.Read((byte[])rows.GetValue(1), rows.GetString(2));
            events.Add(new StoredEvent(rows.GetInt64(0), message));
            bytes += message.Length;
        }

        return (events, false);
    }

    private async Task<(ByteString? State, long Number)> LastSnapshotAsync(DbConnection connection, JournalId id)
    {
        await using var command = Command(connection, tables.LastSnapshot, ("id", id.ToString()));
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync()
            ? (JournalSerializer.Read((byte[])row.GetValue(1), row.GetString(2)), row.GetInt64(0))
            : (null, 0);
    }

    /// <summary>Journals ask all at once after a restart; a server has only so many connections.</summary>
    private async Task<Turn> TurnAsync()
    {
        await _turns.WaitAsync();
        return new Turn(_turns);
    }

    private async Task<(long First, long Last)> SpanAsync(DbConnection connection, JournalId id)
    {
        await using var command = Command(connection, tables.Span, ("id", id.ToString()));
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() && !await row.IsDBNullAsync(0) ? (row.GetInt64(0), row.GetInt64(1)) : (0, 0);
    }

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private readonly struct Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
