using ChatLock.Client.Connection;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;
using CsCheck;

namespace ChatLock.Client.Tests.Pins;

public sealed class PinTests : IDisposable
{
    private static readonly Fingerprint Key = Fingerprint.Of([1]);
    private static readonly Fingerprint Other = Fingerprint.Of([2]);
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("chatlock-test-").FullName, "known");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void The_first_meeting_pins_and_a_later_one_changes_nothing()
    {
        var pins = PeerPins.Empty;
        Assert.Equal(PinStanding.New, pins.Standing("bob", Key));
        pins = pins.Meet("bob", Key);
        Assert.Equal(PinStanding.Known, pins.Standing("bob", Key));
        Assert.Equal(PinStanding.Changed, pins.Meet("bob", Other).Standing("bob", Other));
    }

    [Fact]
    public void A_name_is_the_same_in_any_case()
    {
        var pins = PeerPins.Empty.Meet("Bob", Key);
        Assert.Equal(PinStanding.Known, pins.Standing("bOB", Key));
        Assert.Equal(PinStanding.Changed, pins.Standing("bob", Other));
    }

    [Fact]
    public void Only_the_users_word_changes_a_pin()
    {
        var pins = PeerPins.Empty.Meet("bob", Key).Accept("bob", Other, isVerified: false);
        Assert.Equal(PinStanding.Known, pins.Standing("bob", Other));
        Assert.Equal(PinStanding.Changed, pins.Standing("bob", Key));
        Assert.Equal(PinStanding.Verified, pins.Accept("bob", Other, isVerified: true).Standing("bob", Other));
    }

    [Fact]
    public void Being_verified_belongs_to_the_name_and_the_key_together()
    {
        var pins = PeerPins.Empty.Accept("bob", Key, isVerified: true);
        Assert.Equal(PinStanding.New, pins.Standing("robert", Key));
    }

    [Fact]
    public void When_too_many_are_known_the_oldest_that_is_not_verified_is_forgotten()
    {
        var pins = PeerPins.Empty.Accept("first", Key, isVerified: true).Meet("second", Key);
        for (var more = 2; more <= PeerPins.Max; more++)
            pins = pins.Meet($"p{more}", Key);
        Assert.Equal(PinStanding.Verified, pins.Standing("first", Key));
        Assert.Equal(PinStanding.New, pins.Standing("second", Key));
        Assert.Equal(PinStanding.Known, pins.Standing($"p{PeerPins.Max}", Key));
    }

    [Fact]
    public void Peers_are_read_back_as_they_were_written() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 10], Gen.Byte, Gen.Bool).Array[0, 20].Sample(met =>
        {
            var pins = met.Aggregate(PeerPins.Empty, (all, one) => all.Accept(one.Item1, Fingerprint.Of([one.Item2]), one.Item3));
            PinFile.Write(_file, PinFile.Text(pins));
            return PinFile.ReadPeers(_file).All.SequenceEqual(pins.All);
        }, iter: 50, threads: 1);

    [Theory]
    [InlineData("bob")]
    [InlineData("bob 00 seen")]
    [InlineData("bob 0000000000000000000000000000000000000000000000000000000000000000 trusted")]
    [InlineData("bob zz00000000000000000000000000000000000000000000000000000000000000 seen")]
    public void A_line_that_cannot_be_read_stops_the_client_and_is_named(string line)
    {
        File.WriteAllText(_file, $"# a remark\n\n{line}\n");
        var problem = Assert.Throws<PinFileException>(() => PinFile.ReadPeers(_file));
        Assert.Contains($"Line 3 of {_file}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_is_pinned_when_it_is_met_and_held_to_it()
    {
        var (shown, changed) = (new string('a', 64), new string('b', 64));
        var pins = ServerPins.Empty;
        Assert.Equal(ServerStanding.New, pins.Standing(Address("host"), shown));
        pins = pins.Set("host:4600", shown);
        Assert.Equal(ServerStanding.Known, pins.Standing(Address("host"), shown));
        Assert.Equal(ServerStanding.Changed, pins.Standing(Address("host"), changed));
        Assert.Equal(ServerStanding.New, pins.Standing(Address("host:5000"), changed));
    }

    [Fact]
    public void A_fingerprint_in_the_address_is_the_users_word_and_outranks_the_pin()
    {
        var (known, shown) = (new string('a', 64), new string('b', 64));
        var pins = ServerPins.Empty.Set("host:4600", known);
        Assert.Equal(ServerStanding.New, pins.Standing(Address($"host#sha256={shown}"), shown));
        Assert.Equal(ServerStanding.Changed, pins.Standing(Address($"host#sha256={shown}"), known));
        Assert.Equal(ServerStanding.Known, pins.Standing(Address($"host#sha256={known}"), known));
    }

    [Fact]
    public void Servers_are_read_back_as_they_were_written()
    {
        var pins = ServerPins.Empty.Set("host:4600", new string('a', 64)).Set("[::1]:1", new string('b', 64));
        PinFile.Write(_file, PinFile.Text(pins));
        Assert.Equal(pins.All, PinFile.ReadServers(_file).All);
    }

    private static ServerAddress Address(string text) =>
        ServerAddress.TryParse(text, out var address, out var problem) ? address : throw new ArgumentException(problem);
}
