using System.Data.Common;
using LinqToDB;
using Npgsql;

namespace ChatLock.Actors.Storage;

/// <summary>A database of a PostgreSQL server, in a schema of its own, held by one gateway.</summary>
public sealed class PostgreSqlDatabase : JournalDatabase
{
    private const string Schema = "chatlock";

    /// <summary>Any number that nothing else locks: "ChLk".</summary>
    private const long LockKey = 0x43684C6B;

    private static readonly JournalTables Tables = new($"{Schema}.");
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _held;

    private PostgreSqlDatabase(NpgsqlDataSource source, NpgsqlConnection held)
        : base(Tables)
    {
        (_source, _held) = (source, held);
        // A data source, rather than a text: Npgsql finds the password by itself and never tells it.
        Options = new DataOptions().UseConnectionString(ProviderName.PostgreSQL15, source.ConnectionString);
    }

    public override DataOptions Options { get; }

    /// <summary>Two writes at a time: the server commits one while the next is on its way.</summary>
    public override string Plugin =>
        $$"""
        akka.persistence {
          journal.sql { provider-name = "{{ProviderName.PostgreSQL15}}", connection-string = "set by code", parallelism = 2, default.schema-name = {{Schema}} }
          snapshot-store.sql { provider-name = "{{ProviderName.PostgreSQL15}}", connection-string = "set by code", default.schema-name = {{Schema}} }
        }
        """;

    /// <exception cref="SettingsException">The database can't be used; nothing in it was changed.</exception>
    public static PostgreSqlDatabase Open(string text)
    {
        var source = NpgsqlDataSource.Create(Completed(text));
        NpgsqlConnection? held = null;
        try
        {
            held = source.OpenConnection();
            Check(held);
            return new PostgreSqlDatabase(source, held);
        }
        catch (Exception e)
        {
            held?.Dispose();
            source.Dispose();
            if (e is NpgsqlException)
                throw Unusable($"can't be used: {StorageSentence.For(e)} Change chatlock.storage.postgresql, or see to the server");
            throw;
        }
    }

    protected override async Task<DbConnection> OpenAsync() => await _source.OpenConnectionAsync();

    protected override void Dispose(bool disposing)
    {
        _held.Dispose();
        _source.Dispose();
    }

    /// <summary>What an operator needn't know to set. The server may be set to acknowledge before it has written; here it isn't.</summary>
    private static string Completed(string text)
    {
        var options = new NpgsqlConnectionStringBuilder(text)
        {
            ApplicationName = "chatlock",
            Timeout = 5,
            CommandTimeout = 10,
            KeepAlive = 30,
            MaxPoolSize = 20, // for the plugin and as many for us; a server's default is 100 in all
        };
        options.Options = $"{options.Options} -c synchronous_commit=on".Trim();
        return options.ToString();
    }

    private static void Check(NpgsqlConnection connection)
    {
        Hold(connection);
        if (Ask<bool>(connection, "SELECT pg_is_in_recovery()"))
            throw Unusable("takes no writes, since it is a standby. Set the primary in chatlock.storage.postgresql");
        if (!Ask<bool>(connection, $"SELECT EXISTS (SELECT FROM information_schema.schemata WHERE schema_name = '{Schema}')"))
        {
            using var create = new NpgsqlCommand(
                $"BEGIN; CREATE SCHEMA {Schema}; {Tables.Create("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA", "BOOLEAN")} COMMIT", connection);
            create.ExecuteNonQuery();
            return;
        }

        if (!Ask<bool>(connection, $"SELECT EXISTS (SELECT FROM information_schema.tables WHERE table_schema = '{Schema}' AND table_name = 'chatlock')"))
            throw Unusable($"has a schema \"{Schema}\" of another program. Set another database in chatlock.storage.postgresql");
        var version = Ask<long>(connection, $"SELECT number FROM {Tables.Meta} WHERE name = 'schema'");
        if (version > JournalTables.SchemaVersion)
        {
            throw Unusable($"was written by a newer ChatLock (version {version} of the tables, this one knows {JournalTables.SchemaVersion}). "
                + "Start that one, or set another database in chatlock.storage.postgresql");
        }
    }

    /// <summary>Waits a little: a server may take its time to notice that the last gateway is gone.</summary>
    private static void Hold(NpgsqlConnection connection)
    {
        try
        {
            using var hold = new NpgsqlCommand($"SET lock_timeout = '3s'; SELECT pg_advisory_lock({LockKey}); RESET lock_timeout", connection);
            hold.ExecuteNonQuery();
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Unusable("is held by another gateway. Stop that one, or set another database in chatlock.storage.postgresql");
        }
    }

    private static SettingsException Unusable(string how) => new($"The PostgreSQL database {how}.");

    private static T Ask<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }
}
