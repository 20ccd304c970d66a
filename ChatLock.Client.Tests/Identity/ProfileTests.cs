using ChatLock.Client.Identity;

namespace ChatLock.Client.Tests.Identity;

public sealed class ProfileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("chatlock-test-").FullName, "data");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void The_first_run_makes_an_identity_that_nobody_else_can_read()
    {
        using var profile = Open();
        Assert.True(profile.IsNew);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(KeyFile), StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_run_is_the_same_person()
    {
        using var first = Open();
        var key = first.Identity.Fingerprint;
        first.Dispose();
        using var second = Open();
        Assert.False(second.IsNew);
        Assert.Equal(key, second.Identity.Fingerprint);
    }

    [Fact]
    public void A_second_client_at_the_same_time_is_a_second_person_and_keeps_its_own_pins()
    {
        using var first = Open();
        using var second = Open();
        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.NotEqual(first.Identity.Fingerprint, second.Identity.Fingerprint);
        Assert.NotEqual(first.KnownPeersPath, second.KnownPeersPath);
        Assert.Equal(first.KnownServersPath, second.KnownServersPath);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_can_read_is_refused_with_the_remedy(UnixFileMode more)
    {
        if (OperatingSystem.IsWindows())
            return;
        Open().Dispose();
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        Assert.False(Profile.TryOpen(_folder, out _, out var problem));
        Assert.Contains($"chmod 600 '{KeyFile}'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_damaged_key_is_refused_and_left_as_it_is(string content)
    {
        Open().Dispose();
        File.WriteAllText(KeyFile, content);
        Assert.False(Profile.TryOpen(_folder, out _, out var problem));
        Assert.Contains("is not an identity key", problem, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(KeyFile));
    }

    [Fact]
    public void A_folder_that_cannot_be_one_is_refused_with_the_remedy()
    {
        File.WriteAllText(_folder, "a file");
        Assert.False(Profile.TryOpen(_folder, out _, out var problem));
        Assert.Contains("--data FOLDER", problem, StringComparison.Ordinal);
    }

    private string KeyFile => Path.Combine(_folder, "identity.pem");

    private Profile Open() =>
        Profile.TryOpen(_folder, out var profile, out var problem) ? profile : throw new InvalidOperationException(problem);
}
