using ChatLock.Actors;
using ChatLock.Gateway.Settings;
using ChatLock.Protocol.Rooms;

namespace ChatLock.Gateway.Tests;

/// <summary>The file behind the secrets of the lobby and of open rooms.</summary>
public sealed class OpenRoomKeyTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("chatlock-test-");

    private string Folder => Path.Combine(_place.FullName, "data");

    private string KeyFile => Path.Combine(Folder, "open-rooms.key");

    public void Dispose() => _place.Delete(recursive: true);

    [Fact]
    public void It_is_made_in_a_data_folder_that_is_missing_and_stays_the_same()
    {
        var first = OpenRoomKey.Load(Settings());

        Assert.Equal(first.Of(RoomId.Lobby, epoch: 1), OpenRoomKey.Load(Settings()).Of(RoomId.Lobby, epoch: 1));
        Assert.Equal(["open-rooms.key"], Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void In_memory_there_is_none_and_each_start_has_secrets_of_its_own()
    {
        var settings = Settings(("storage.durability", "memory"));

        Assert.NotEqual(OpenRoomKey.Load(settings).Of(RoomId.Lobby, epoch: 1), OpenRoomKey.Load(settings).Of(RoomId.Lobby, epoch: 1));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void One_of_another_length_stops_the_start_and_is_left_as_it_is()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(KeyFile, new byte[31]);

        var wrong = Assert.Throws<SettingsException>(() => OpenRoomKey.Load(Settings()));

        Assert.Contains(KeyFile, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(new byte[31], File.ReadAllBytes(KeyFile));
    }

    private GatewaySettings Settings(params (string Key, string Value)[] more)
    {
        var all = more.Append(("data-folder", Folder)).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return GatewaySettings.Read(new SettingsReader(SettingsLayers.Merge(all, [], file: null).GetConfig(SettingsReader.Root)));
    }
}
