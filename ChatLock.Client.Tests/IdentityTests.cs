using ChatLock.Client.Identity;

namespace ChatLock.Client.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class IdentityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatlock-test-");

    [Fact]
    public void A_key_is_made_once_for_its_owner_only_and_stays_the_same()
    {
        var file = Path.Combine(_folder.FullName, "identity");

        var made = IdentityFile.ReadOrCreate(file, out var isNew);
        var read = IdentityFile.ReadOrCreate(file, out var isNewAgain);

        Assert.True(isNew);
        Assert.False(isNewAgain);
        Assert.Equal(made.Key!.PublicKey.Point.ToArray(), read.Key!.PublicKey.Point.ToArray());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_key_that_others_can_read_or_that_is_broken_is_refused_with_a_sentence()
    {
        var file = Path.Combine(_folder.FullName, "identity");
        IdentityFile.ReadOrCreate(file, out _);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var open = IdentityFile.ReadOrCreate(file, out _);
        Assert.Null(open.Key);
        Assert.Contains("chmod", open.Problem, StringComparison.Ordinal);

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, "not a key");
        var broken = IdentityFile.ReadOrCreate(file, out _);
        Assert.Null(broken.Key);
        Assert.NotEmpty(broken.Problem);
        Assert.Equal("not a key", File.ReadAllText(file));
    }

    [Fact]
    public void Two_clients_of_one_folder_are_two_people()
    {
        Assert.True(Profile.TryOpen(_folder.FullName, out var first, out _));
        Assert.True(Profile.TryOpen(_folder.FullName, out var second, out _));

        Assert.NotEqual(first.Identity.Fingerprint, second.Identity.Fingerprint);
        Assert.Equal((1, 2), (first.Number, second.Number));
        first.Dispose();
        second.Dispose();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
