namespace ChatLock.Actors.Storage;

/// <summary>The tables: the plugin's own columns (HOCON/persistence.conf, table-mapping "default"), made here rather than by the
/// plugin, without the indexes that nothing of ours asks for.</summary>
/// <param name="Prefix">Before each table's name: nothing, or a schema with a dot.</param>
public sealed record JournalTables(string Prefix)
{
    /// <summary>Of the tables below. A gateway opens files of its own version only; a later one will know how to change them.</summary>
    public const int SchemaVersion = 1;

    public string Journal => $"{Prefix}journal";

    public string Snapshot => $"{Prefix}snapshot";

    /// <summary>What is ours: the schema's version and what <see cref="JournalDatabase.ProbeAsync"/> writes.</summary>
    public string Meta => $"{Prefix}chatlock";

    public string Create(string ordering, string bytes, string flag) =>
        $"""
        CREATE TABLE {Journal} (
          ordering {ordering}, created BIGINT NOT NULL, deleted {flag} NOT NULL, persistence_id VARCHAR(255) NOT NULL,
          sequence_number BIGINT NOT NULL, message {bytes} NOT NULL, tags VARCHAR(100), manifest VARCHAR(500), identifier INTEGER,
          CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number));
        CREATE TABLE {Snapshot} (
          persistence_id VARCHAR(255) NOT NULL, sequence_number BIGINT NOT NULL, created BIGINT NOT NULL,
          snapshot {bytes}, manifest VARCHAR(500), serializer_id INTEGER, PRIMARY KEY (persistence_id, sequence_number));
        CREATE TABLE {Meta} (name VARCHAR(32) PRIMARY KEY, number BIGINT NOT NULL, bytes {bytes});
        INSERT INTO {Meta} VALUES ('schema', {SchemaVersion}, NULL);
        """;

    public string LastSnapshot => $"SELECT sequence_number, snapshot, manifest FROM {Snapshot} WHERE persistence_id = @id "
        + "ORDER BY sequence_number DESC LIMIT 1";

    public string Read => $"SELECT sequence_number, message, manifest FROM {Journal} WHERE persistence_id = @id AND sequence_number >= @from "
        + "AND sequence_number <= @to AND deleted = @kept ORDER BY sequence_number";

    public string Span => $"SELECT MIN(sequence_number), MAX(sequence_number) FROM {Journal} WHERE persistence_id = @id";

    public string Delete => $"DELETE FROM {Journal} WHERE persistence_id = @id AND sequence_number <= @to";

    /// <summary>The last row of a journal stays without its bytes: the plugin counts on from it.</summary>
    public string Empty => $"UPDATE {Journal} SET deleted = @gone, message = @nothing WHERE persistence_id = @id AND sequence_number = @to";

    public string Erase => $"DELETE FROM {Journal} WHERE persistence_id = @id; DELETE FROM {Snapshot} WHERE persistence_id = @id";

    public string Probe => $"INSERT INTO {Meta} VALUES ('probe', 0, @bytes) ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes";
}
