using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatLock.Actors.Storage;

/// <summary>The database file before anyone opens it for good: is it there, ours, whole, and may it be written?</summary>
public sealed class SqliteFile(string folder)
{
    public const string Name = "chatlock.db";

    public static readonly JournalTables Tables = new("");

    /// <summary>"ChLk": what SQLite files of ours say they are.</summary>
    private const int ApplicationId = 0x43684C6B;

    /// <summary>How long the pages may be looked through at a start; a longer file is checked as far as that goes.</summary>
    private static readonly TimeSpan CheckMax = TimeSpan.FromSeconds(5);

    private static readonly byte[] Magic = [.. "SQLite format 3\0"u8];

    public string Path { get; } = System.IO.Path.Combine(folder, Name);

    /// <summary>A second gateway on the same file would number the same messages differently, so the first one holds it.</summary>
    public FileStream Hold()
    {
        if (!Directory.Exists(folder))
            throw new SettingsException($"The folder {folder} for the database isn't there. Make it, or set chatlock.storage.folder to one that is.");
        try
        {
            return new FileStream($"{Path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new SettingsException($"The folder {folder} for the database can't be written. Give this user the right to, or set chatlock.storage.folder to another.");
        }
        catch (IOException inUse)
        {
            throw new SettingsException($"The database {Path} can't be held ({inUse.Message}). Is another gateway running on it? Stop that one, or set chatlock.storage.folder to another folder.");
        }
    }

    /// <exception cref="SettingsException">It can't be used; nothing in it was changed.</exception>
    public void Check()
    {
        try
        {
            if (IsNew())
                Create();
            else
                CheckContent();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw Damaged(e.SqliteErrorCode == raw.SQLITE_NOTADB ? "its pages can't be read" : "a page can't be read");
        }
        catch (SqliteException e)
        {
            throw new SettingsException($"The database {Path} can't be opened: {StorageSentence.For(e)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The database {Path} can't be read and written: {e.Message} Give this user the right to, or set chatlock.storage.folder to another folder.");
        }
    }

    private bool IsNew()
    {
        if (!File.Exists(Path))
            return true;
        // Root may write what nobody should: the file's own word counts.
        if (File.GetAttributes(Path).HasFlag(FileAttributes.ReadOnly))
            throw new SettingsException($"The database {Path} is read-only. Make it writable (chmod u+w), or set chatlock.storage.folder to another folder.");
        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (file.Length == 0)
            return true;
        var head = new byte[Magic.Length];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.SequenceEqual(Magic)
            ? throw Damaged("it doesn't begin as a SQLite file does")
            : false;
    }

    private void Create()
    {
        if (!File.Exists(Path))
            new FileStream(Path, OwnerOnly.NewFile(FileMode.CreateNew)).Dispose(); // SQLite gives its other files the rights of this one
        using var connection = Open(SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, $"BEGIN; {Tables.Create("INTEGER PRIMARY KEY", "BLOB", "INTEGER")} PRAGMA application_id = {ApplicationId}; "
            + $"PRAGMA user_version = {JournalTables.SchemaVersion}; COMMIT");
    }

    private void CheckContent()
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        if (Number(connection, "PRAGMA application_id") != ApplicationId)
            throw new SettingsException($"The database {Path} belongs to another program. Move it away, or set chatlock.storage.folder to another folder.");
        var version = Number(connection, "PRAGMA user_version");
        if (version > JournalTables.SchemaVersion)
        {
            throw new SettingsException($"The database {Path} was written by a newer ChatLock (version {version} of the tables, this one knows {JournalTables.SchemaVersion}). "
                + "Start that one, or set chatlock.storage.folder to another folder.");
        }

        if (version < JournalTables.SchemaVersion)
            throw Damaged($"its tables are of version {version}, which never was");
        if (FirstDamage(connection) is { } damage)
            throw Damaged(damage);
    }

    /// <returns>What is wrong with the first page that is, or null.</returns>
    private static string? FirstDamage(SqliteConnection connection)
    {
        const int instructions = 100_000; // Between two looks at the clock; some milliseconds.
        var started = Stopwatch.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, instructions, _ => Stopwatch.GetElapsedTime(started) > CheckMax ? 1 : 0, null);
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            return command.ExecuteScalar() as string is { } found and not "ok" ? $"SQLite finds {Quoted(found)}" : null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return null; // Long and whole so far.
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    private static string Quoted(string found) => $"\"{found.ReplaceLineEndings(" ").Trim()}\"";

    private SettingsException Damaged(string how) => new(
        $"The database {Path} is damaged: {how}. Put a backup in its place, or move it away to start anew without what was stored.");

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
