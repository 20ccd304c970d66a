using Akka.Actor;
using ChatLock.Actors.Storage;
using Npgsql;

namespace ChatLock.Actors.Tests.Storage;

public sealed class PostgreSqlTests
{
    [Fact]
    public void A_server_that_is_not_there_is_told_without_its_address()
    {
        var settings = new StorageSettings { Provider = StorageProvider.PostgreSql, PostgreSql = "Host=/nowhere;Username=u;Database=d" };

        var wrong = Assert.Throws<SettingsException>(() => JournalStorage.Open(settings, "", TimeProvider.System));

        Assert.Equal(
            "The PostgreSQL database can't be used: The database server can't be reached. Change chatlock.storage.postgresql, or see to the server.",
            wrong.Message);
    }

    [PostgreSqlFact]
    public void A_second_gateway_is_not_let_in()
    {
        using var place = JournalPlace.Make("postgresql");
        using (place.Open())
            Assert.Contains("is held by another gateway", Refusal(place), StringComparison.Ordinal);
        place.Open().Dispose();
    }

    [PostgreSqlFact]
    public void A_newer_version_and_another_programs_schema_are_left_as_they_are()
    {
        using var place = JournalPlace.Make("postgresql");
        place.Open().Dispose();
        Execute(place, "UPDATE chatlock.chatlock SET number = 99 WHERE name = 'schema'");
        Assert.Contains("written by a newer ChatLock (version 99", Refusal(place), StringComparison.Ordinal);

        Execute(place, "DROP TABLE chatlock.chatlock");
        Assert.Contains("schema \"chatlock\" of another program", Refusal(place), StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public void A_server_that_ends_its_connections_fails_appends_and_everything_acknowledged_is_there_afterwards()
    {
        using var place = JournalPlace.Make("postgresql");
        using var rig = JournalRig.Start(place, new JournalLimits { Reopening = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200)) });
        var journal = rig.OwnRecovered();
        rig.Append(journal, "before");
        Execute(place, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        journal.Tell(new JournalCommand.Append([JournalRig.Bytes("during")]));
        rig.Told<JournalEvent.Failed>();
        var recovered = rig.Told<JournalEvent.Recovered>();

        Assert.Equal("before", recovered.Events[0].Bytes.ToStringUtf8());
        Assert.Empty(rig.Health.Failing);
        Assert.Equal(recovered.LastNumber + 1, rig.Append(journal, "after").First);
    }

    [PostgreSqlFact]
    public void An_acknowledgement_means_on_disk_whatever_the_server_is_set_to()
    {
        using var place = JournalPlace.Make("postgresql");
        Execute(place, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(place.Settings.PostgreSql).Database} SET synchronous_commit = off");
        using var rig = JournalRig.Start(place);
        var journal = rig.OwnRecovered();
        Execute(place, "CREATE TABLE seen (setting TEXT); "
            + "CREATE FUNCTION see() RETURNS trigger AS $$ BEGIN INSERT INTO public.seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$ LANGUAGE plpgsql; "
            + "CREATE TRIGGER see AFTER INSERT ON chatlock.journal FOR EACH ROW EXECUTE FUNCTION see()");

        rig.Append(journal, "safe");

        Assert.Equal("on", Execute(place, "SELECT setting FROM seen"));
    }

    private static string Refusal(JournalPlace place) => Assert.Throws<SettingsException>(() => place.Open()).Message;

    private static object? Execute(JournalPlace place, string sql)
    {
        using var source = NpgsqlDataSource.Create(place.Settings.PostgreSql);
        using var command = source.CreateCommand(sql);
        return command.ExecuteScalar();
    }
}
