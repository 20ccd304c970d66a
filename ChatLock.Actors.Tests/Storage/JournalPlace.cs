using ChatLock.Actors.Storage;
using Npgsql;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>A folder or a PostgreSQL database of a test's own; gone afterwards.</summary>
public sealed class JournalPlace : IDisposable
{
    /// <summary>Npgsql's connection string of a server on which tests may make databases; its password comes from elsewhere.</summary>
    public const string PostgreSqlVariable = "CHATLOCK_TEST_POSTGRESQL";

    private readonly JournalStorage? _memory;

    private JournalPlace(StorageSettings settings)
    {
        Settings = settings;
        // In memory a restart of the gateway is the end, so the tests' one keeps it.
        _memory = settings.Durability == StorageDurability.Memory ? JournalStorage.Open(settings, "", TimeProvider.System) : null;
    }

    public static string? PostgreSqlServer => Environment.GetEnvironmentVariable(PostgreSqlVariable) is { Length: > 0 } server ? server : null;

    public StorageSettings Settings { get; }

    public string File => Path.Combine(Settings.Folder, SqliteFile.Name);

    public static JournalPlace Make(string kind) => kind switch
    {
        "memory" => new JournalPlace(new StorageSettings { Durability = StorageDurability.Memory }),
        "sqlite" => new JournalPlace(new StorageSettings { Folder = Directory.CreateTempSubdirectory("chatlock-journal").FullName }),
        "postgresql" => new JournalPlace(new StorageSettings { Provider = StorageProvider.PostgreSql, PostgreSql = NewDatabase() }),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>SQLite in a folder that is there and stays.</summary>
    public static JournalPlace In(string folder, long? sizeMaxBytes = null)
    {
        var settings = new StorageSettings { Folder = folder };
        return new JournalPlace(sizeMaxBytes is { } most ? settings with { SizeMaxBytes = most } : settings);
    }

    public JournalStorage Open(JournalLimits? limits = null) => _memory ?? JournalStorage.Open(Settings, "", TimeProvider.System, limits);

    public void Dispose()
    {
        if (Settings.Folder is { Length: > 0 } folder)
            Directory.Delete(folder, recursive: true);
        if (Settings.PostgreSql is { Length: > 0 } database)
            OnServer($"DROP DATABASE {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");
    }

    private static string NewDatabase()
    {
        var name = $"journal_{Guid.NewGuid():N}";
        OnServer($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(PostgreSqlServer) { Database = name }.ToString();
    }

    private static void OnServer(string sql)
    {
        using var source = NpgsqlDataSource.Create(PostgreSqlServer!);
        using var command = source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }
}
