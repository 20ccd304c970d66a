namespace ChatLock.Actors.Tests;

/// <summary>How long TestKit waits for a message where a test doesn't say: a guard against hanging, not an assertion about speed. Its own
/// defaults are 3 and 5 seconds, which a machine that is busy elsewhere may need.</summary>
public static class TestPatience
{
    public const string Config = "akka.test { default-timeout = 30s, single-expect-default = 30s, startup-timeout = 30s }";
}
