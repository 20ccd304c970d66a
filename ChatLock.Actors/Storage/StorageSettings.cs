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

    /// <summary>Npgsql's connection string, without a password.</summary>
    public string PostgreSql { get; init; } = "";

    public static StorageSettings Read(SettingsReader settings) => new()
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
        PostgreSql = settings.Text("storage.postgresql"),
    };
}
