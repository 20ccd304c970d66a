namespace ChatLock.Actors.Tests.Storage;

/// <summary>A test that needs a PostgreSQL server, and is counted as skipped without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute()
    {
        if (JournalPlace.PostgreSqlServer is null)
            Skip = $"No PostgreSQL server: {JournalPlace.PostgreSqlVariable} isn't set (ChatLock.Actors.Tests/postgresql-for-tests starts one; ./test does).";
    }
}
