using Npgsql;

namespace ChatLock.Actors.Storage;

public enum StorageDurability
{
    /// <summary>An acknowledgement means on disk.</summary>
    Disk,

    /// <summary>Nothing is written; everything is gone with the process.</summary>
    Memory,
}

public enum StorageProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where journals are kept. HOCON/reference.conf, chatlock.storage.</summary>
public sealed record StorageSettings
{
    public StorageDurability Durability { get; init; } = StorageDurability.Disk;

    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    /// <summary>The folder of the SQLite file; empty for the data folder.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The SQLite file's length at most, without the log before it.</summary>
    public long SizeMaxBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Npgsql's connection string, without a password.</summary>
    public string PostgreSql { get; init; } = "";

    public static StorageSettings Read(SettingsReader settings)
    {
        var read = new StorageSettings
        {
            Durability = settings.Text("storage.durability") switch
            {
                "disk" => StorageDurability.Disk,
                "memory" => StorageDurability.Memory,
                _ => throw settings.Wrong("storage.durability", "disk or memory"),
            },
            Provider = settings.Text("storage.provider") switch
            {
                "sqlite" => StorageProvider.Sqlite,
                "postgresql" => StorageProvider.PostgreSql,
                _ => throw settings.Wrong("storage.provider", "sqlite or postgresql"),
            },
            Folder = settings.Text("storage.folder"),
            SizeMaxBytes = settings.Bytes("storage.size-max", 1024 * 1024, 1L << 44),
            PostgreSql = settings.Text("storage.postgresql"),
        };
        CheckPostgreSql(read);
        return read;
    }

    /// <summary>The text may hold a password, so no sentence quotes it.</summary>
    private static void CheckPostgreSql(StorageSettings read)
    {
        const string key = $"{SettingsReader.Root}.storage.postgresql";
        if (read.PostgreSql.Length == 0)
        {
            if (read is { Provider: StorageProvider.PostgreSql, Durability: StorageDurability.Disk })
                throw new SettingsException($"The setting {key} is empty; with storage.provider = postgresql it must be such as \"Host=127.0.0.1;Username=chatlock;Database=chatlock\".");
            return;
        }

        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(read.PostgreSql);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            throw new SettingsException($"The setting {key} isn't a connection string; it must be such as \"Host=127.0.0.1;Username=chatlock;Database=chatlock\".");
        }

        if (parts.Password is { Length: > 0 })
        {
            throw new SettingsException($"The setting {key} has a password in it, where others can read it. Take it out, and put it into "
                + "~/.pgpass or a file named with Passfile=, or into the environment variable PGPASSWORD.");
        }
    }
}
