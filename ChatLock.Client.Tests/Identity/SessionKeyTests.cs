using ChatLock.Client.Identity;
using ChatLock.Crypto.Sealing;

namespace ChatLock.Client.Tests.Identity;

public sealed class SessionKeyTests : IDisposable
{
    private const long Day = 24 * 3_600_000;
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("chatlock-test-").FullName, "data");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void A_replaced_key_is_kept_for_eight_days_after_that()
    {
        var keys = Made(0, Day, 3 * Day);
        Assert.Equal([3 * Day, Day, 0], keys.All.Select(key => key.MadeUnixMs));
        Assert.Equal([null, 3 * Day, Day], keys.All.Select(key => key.ReplacedUnixMs));
        Assert.Equal(3, keys.At(9 * Day).All.Count);
        Assert.Equal(2, keys.At(9 * Day + 1).All.Count);
        Assert.Single(keys.At(11 * Day + 1).All);
        Assert.Single(keys.At(100 * Day).All);
    }

    [Fact]
    public void A_key_is_newer_than_the_one_before_whatever_the_clock_says()
    {
        var keys = Made(5 * Day, 2 * Day, 2 * Day);
        Assert.Equal([5 * Day + 2, 5 * Day + 1, 5 * Day], keys.All.Select(key => key.MadeUnixMs));
    }

    [Fact]
    public void A_key_is_due_for_another_after_a_day()
    {
        Assert.True(SessionKeys.None.IsDue(0));
        var keys = Made(10);
        Assert.False(keys.IsDue(10 + Day - 1));
        Assert.True(keys.IsDue(10 + Day));
        Assert.False(keys.IsDue(0));
    }

    [Fact]
    public void So_many_are_kept_and_no_more()
    {
        var keys = Made([.. Enumerable.Range(0, SessionKeys.Max + 10).Select(number => (long)number)]);
        Assert.Equal(SessionKeys.Max, keys.All.Count);
        Assert.Equal(SessionKeys.Max + 9, keys.Current!.MadeUnixMs);
    }

    [Fact]
    public void The_next_run_has_the_keys_of_the_last_one_and_nobody_else_can_read_them()
    {
        byte[][] points;
        using (var profile = Open())
        {
            Assert.Null(profile.Identity.SessionKeys.Renew(100));
            Assert.Null(profile.Identity.SessionKeys.Renew(200));
            points = Points(profile);
        }
        using var again = Open();
        Assert.Equal(points, Points(again));
        Assert.Equal([(200L, (long?)null), (100, 200)], again.Identity.SessionKeys.Keys.All.Select(key => (key.MadeUnixMs, key.ReplacedUnixMs)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void Keys_that_others_can_read_are_refused_with_the_remedy()
    {
        if (OperatingSystem.IsWindows())
            return;
        using (var profile = Open())
            profile.Identity.SessionKeys.Renew(100);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_left_alone()
    {
        using (Open())
            Write("chatlock session keys 2\nwhatever\n");
        Assert.Contains("newer ChatLock", Problem(), StringComparison.Ordinal);
        Assert.Equal("chatlock session keys 2\nwhatever\n", File.ReadAllText(KeyFile));
    }

    [Fact]
    public void A_damaged_file_is_refused_and_not_overwritten()
    {
        string good;
        using (var profile = Open())
        {
            profile.Identity.SessionKeys.Renew(100);
            profile.Identity.SessionKeys.Renew(200);
            good = File.ReadAllText(KeyFile);
        }
        var lines = good.Split('\n');
        string[] damaged =
        [
            "", "\n", "chatlock", good[..^5], good.Replace("current", "now", StringComparison.Ordinal), good + "x\n", $"{lines[0]}\n{lines[2]}\n",
            $"{lines[0]}\n{lines[2]}\n{lines[1]}\n", $"{lines[0]}\n{lines[1]}\n{lines[1]}\n", good.Replace("200 current", "2OO current", StringComparison.Ordinal),
            $"{lines[0]}\n1 current {new string('0', 64)}\n", new string('x', 100_000),
        ];
        foreach (var text in damaged)
        {
            Write(text);
            Assert.Contains("can't be read", Problem(), StringComparison.Ordinal);
            Assert.Equal(text, File.ReadAllText(KeyFile));
        }
        Write(good);
        using var again = Open();
        Assert.Equal(2, again.Identity.SessionKeys.Keys.All.Count);
    }

    [Fact]
    public void A_key_that_cannot_be_saved_is_in_use_and_that_is_said()
    {
        var store = new SessionKeyStore(Path.Combine(_folder, "nowhere", "session_keys"), SessionKeys.None);
        Assert.Contains("can't be saved", store.Renew(1), StringComparison.Ordinal);
        Assert.NotNull(store.Keys.Current);
    }

    private string KeyFile => Path.Combine(_folder, "session_keys");

    private static SessionKeys Made(params long[] times) =>
        times.Aggregate(SessionKeys.None, (keys, time) => keys.Renewed(AgreementKey.Generate(), time));

    private static byte[][] Points(Profile profile) =>
        [.. profile.Identity.SessionKeys.Keys.All.Select(key => key.Pair.Point.ToArray())];

    private Profile Open() => Profile.TryOpen(_folder, out var profile, out var problem) ? profile : throw new InvalidOperationException(problem);

    private string Problem()
    {
        Assert.False(Profile.TryOpen(_folder, out _, out var problem));
        return problem;
    }

    private void Write(string text)
    {
        File.WriteAllText(KeyFile, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
