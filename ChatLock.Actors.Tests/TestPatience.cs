namespace ChatLock;

/// <summary>How long TestKit waits for a message where a test doesn't say: a guard against hanging, not an assertion about speed. Its own
/// defaults are 3 and 5 seconds, which a machine that is busy elsewhere may need.</summary>
internal static class TestPatience
{
    public const string Config = "\nakka.test { default-timeout = 60s, single-expect-default = 60s, startup-timeout = 60s }";
}
