using System.Reflection;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;

namespace ChatLock.Actors.Storage;

/// <summary>Where a node stores, opened and checked before its actors start, and closed after they have ended.</summary>
public sealed class JournalStorage : IDisposable
{
    private readonly JournalDatabase? _database;

    private JournalStorage(JournalDatabase? database, IJournals journals) => (_database, Journals) = (database, journals);

    public IJournals Journals { get; }

    /// <summary>What an actor system needs to know below its other configuration.</summary>
    public Config Akka => _database is null
        ? ConfigurationFactory.Empty
        : ConfigurationFactory.ParseString(_database.Plugin).WithFallback(Embedded()).WithFallback(SqlPersistence.DefaultConfiguration);

    /// <summary>An actor system in which journals can be.</summary>
    /// <param name="config">What goes before the storage's own.</param>
    /// <param name="setups">What else it is made with.</param>
    public ActorSystem StartActors(string name, Config config, params Setup[] setups)
    {
        var setup = AddTo(setups.Aggregate(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config.WithFallback(Akka))), (all, one) => all.And(one)));
        var system = ActorSystem.Create(name, setup);
        // Whoever asks Akka's timer first starts it, and waits for the pool to run it. When many journals begin at once, each with
        // a timeout, they hold all of the pool's threads with that wait, for 10 s and more; so it is asked here, before.
        system.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => { });
        return system;
    }

    /// <summary>Puts into an actor system what no text can say: how to connect.</summary>
    public ActorSystemSetup AddTo(ActorSystemSetup setup) =>
        _database is null ? setup : setup.And(new DataOptionsSetup(_database.Options));

    /// <param name="dataFolder">Where SQLite's file is unless <see cref="StorageSettings.Folder"/> says otherwise; made when it is missing. A
    /// folder that was set and is missing isn't made: it may be a disk that isn't mounted.</param>
    /// <exception cref="SettingsException">The database can't be used; nothing in it was changed.</exception>
    public static JournalStorage Open(StorageSettings settings, string dataFolder, TimeProvider time, JournalLimits? limits = null)
    {
        JournalDatabase? database = settings switch
        {
            { Durability: StorageDurability.Memory } => null,
            { Provider: StorageProvider.PostgreSql } => PostgreSqlDatabase.Open(settings.PostgreSql),
            { Folder.Length: > 0 } => SqliteDatabase.Open(settings.Folder, settings.SizeMaxBytes, time),
            _ => SqliteDatabase.Open(OwnerOnly.MakeDataFolder(dataFolder), settings.SizeMaxBytes, time),
        };
        return new JournalStorage(database, database is null ? new MemoryJournals() : new SqlJournals(database, limits ?? new JournalLimits()));
    }

    /// <summary>Makes what was deleted unfindable now instead of within a minute.</summary>
    public Task CleanAsync() => _database?.CleanAsync() ?? Task.CompletedTask;

    public void Dispose() => _database?.Dispose();

    private static Config Embedded()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("persistence.conf")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
