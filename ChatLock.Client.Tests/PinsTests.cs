using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;

namespace ChatLock.Client.Tests;

public sealed class PinsTests
{
    private static readonly Fingerprint First = Fingerprint.Of([1]), Second = Fingerprint.Of([2]);

    [Fact]
    public void The_first_key_of_a_name_is_remembered_and_another_one_is_a_change()
    {
        var pins = PeerPins.Empty.Meet("bob", First);

        Assert.Equal(PinStanding.New, PeerPins.Empty.Standing("bob", First));
        Assert.Equal(PinStanding.Known, pins.Standing("Bob", First));
        Assert.Equal(PinStanding.Changed, pins.Standing("bob", Second));
        Assert.Equal(PinStanding.Changed, pins.Meet("bob", Second).Standing("bob", Second));
    }

    [Fact]
    public void The_users_word_settles_a_change_and_verifying_holds_for_that_key_only()
    {
        var pins = PeerPins.Empty.Meet("bob", First).Accept("bob", Second, isVerified: false);
        Assert.Equal(PinStanding.Known, pins.Standing("bob", Second));

        var verified = pins.Accept("bob", Second, isVerified: true);
        Assert.Equal(PinStanding.Verified, verified.Standing("bob", Second));
        Assert.Equal(PinStanding.Changed, verified.Standing("bob", First));
    }

    [Fact]
    public void Pins_are_bounded()
    {
        var pins = PeerPins.Empty;
        for (var i = 0; i < PeerPins.Max + 10; i++)
            pins = pins.Meet($"user{i}", First);

        Assert.Equal(PeerPins.Max, pins.All.Count());
    }

    [Fact]
    public void Pins_survive_their_file()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "known_peers");
        var pins = PeerPins.Empty.Meet("bob", First).Accept("carol", Second, isVerified: true);

        PinFile.Write(file, PinFile.Text(pins));
        var read = PinFile.ReadPeers(file);

        Assert.Equal(PinStanding.Known, read.Standing("bob", First));
        Assert.Equal(PinStanding.Verified, read.Standing("carol", Second));
        folder.Delete(recursive: true);
    }
}
