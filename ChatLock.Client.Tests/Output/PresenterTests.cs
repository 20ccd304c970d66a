using System.Text.Json;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Output;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Xunit.Abstractions;

namespace ChatLock.Client.Tests.Output;

public sealed class PresenterTests(ITestOutputHelper output)
{
    private static readonly Fingerprint Key = Fingerprint.Of([1]);
    private static readonly SuiteInfo Classic = SuiteInfo.Find("classic")!;
    private static readonly string Room = "~" + new string('c', 64);
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private readonly TextPresenter _text = new(Palette.Off, NoTime, columns: null, new RoomBook());

    [Fact]
    public void The_reports_lines_are_worded_as_in_the_report()
    {
        Assert.Equal(["Me to all: hello"], Lines(new ClientEvent.MessageSent(1, null, Body("hello"), SuiteInfo.Sealed, Time, 1)));
        Assert.Equal(["alice to all: hello"], Lines(Came("alice", "hello", isPrivate: false)));
        Assert.Equal(["Me to bob (private): psst"], Lines(new ClientEvent.MessageSent(1, Peer("bob"), Body("psst"), SuiteInfo.Sealed, Time, 0)));
        Assert.Equal(["alice to me (private): psst"], Lines(Came("alice", "psst", isPrivate: true)));
        Assert.Equal(["carol joined", "bob DISCONNECTED", "alice is now called dave"], Lines(new ClientEvent.PresenceChanged(
            [Peer("carol")], [(Peer("bob"), "left")], [("alice", Peer("dave"))], [], [], 2, 0)));
        Assert.Equal(["The name \"alice\" exists. Free: alice2, alice_."], Lines(
            new ClientEvent.NameNeeded("alice", "name-taken", "Someone here has that name already.", ["alice2", "alice_"])));
    }

    [Fact]
    public void Every_line_of_an_insecure_message_says_so() => Assert.All(
        Lines(Came("alice", "one\ntwo\nthree", isPrivate: true, Classic)),
        line => Assert.StartsWith("[INSECURE] ", line, StringComparison.Ordinal));

    [Fact]
    public void A_line_that_goes_on_cannot_pass_for_a_line_of_its_own() => Assert.Equal(
        ["mallory to all: hi", "    | alice to all: fake"], Lines(Came("mallory", "hi\nalice to all: fake", isPrivate: false)));

    [Fact]
    public void On_a_terminal_long_lines_are_cut_before_the_terminal_would_do_it()
    {
        var presenter = new TextPresenter(Palette.Off, NoTime, columns: () => 40, new RoomBook());
        var lines = presenter.Present(Came("mallory", new string(' ', 17) + "alice to all: fake " + new string('x', 200), false)).ToList();
        Assert.All(lines, line => Assert.InRange(line.Text.Length, 1, 40));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    | ", line.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PinStanding.Known, "alice to all: hi")]
    [InlineData(PinStanding.Verified, "alice (verified) to all: hi")]
    [InlineData(PinStanding.Changed, "alice (KEY CHANGED) to all: hi")]
    public void What_is_known_of_the_key_stands_on_each_line(PinStanding standing, string line) =>
        Assert.Equal([line], Lines(Came("alice", "hi", false, standing: standing)));

    [Fact]
    public void A_key_is_shown_as_digits_and_as_words_that_fit_narrow_terminals()
    {
        var shown = new ClientEvent.PeerShown(Peer("bob"), true, false, Key, Fingerprint.Of([2]), IsVerifying: true);
        string[] words =
        [
            "    episode  possible mesh     hammer", "    fetch    glad     urge     shift", "    romance  grief    pupil    sibling",
        ];
        Assert.Equal(["  bob  4bf5 122f 3445 54c5 3bde 2ebb 8cd2 b7e3 d160 0ad6 31c3 85a5 d7cc e23c 7785 459a", .. words], Lines(shown).Skip(1).Take(4));
        Assert.Equal(words, Lines(shown with { IsVerifying = false }).Skip(2));
        using var json = JsonDocument.Parse(new JsonPresenter(new RoomBook()).Present(shown).Single().Text);
        Assert.Equal(string.Join(' ', Key.ToWords()), json.RootElement.GetProperty("words").GetString());
        Assert.Equal(string.Join(' ', Fingerprint.Of([2]).ToWords()), json.RootElement.GetProperty("yourWords").GetString());
    }

    [Fact]
    public void A_forged_message_is_a_gap_with_reason_and_remedy() => Assert.Equal(
        ["!! message 17 from bob: signature does not verify — not shown; it may be forged"],
        Lines(new ClientEvent.MessageUnreadable(17, Peer("bob"), false, Unreadable.BadSignature)));

    [Fact]
    public void A_delivery_is_said_to_those_who_want_to_know_more_and_told_to_scripts()
    {
        var delivered = new ClientEvent.MessageDelivered(7, Peer("bob"));
        Assert.Equal(OutputLine.About("delivered to bob", LineLevel.Detail), Assert.Single(_text.Present(delivered)));
        Assert.Equal(
            """{"event":"delivered","number":7,"to":{"name":"bob","key":"4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a","standing":"known"}}""",
            new JsonPresenter(new RoomBook()).Present(delivered).Single().Text);
    }

    [Fact]
    public void What_waits_for_someone_who_is_away_says_so_and_is_said_to_arrive()
    {
        var sent = new ClientEvent.MessageSent(7, Peer("bob"), Body("psst"), SuiteInfo.Sealed, Time, 0, IsWaiting: true);
        Assert.Equal(["Me to bob (private, waits there): psst"], Lines(sent));
        Assert.Equal(OutputLine.About("delivered to bob: psst"), Assert.Single(_text.Present(new ClientEvent.MessageDelivered(7, Peer("bob")))));
    }

    [Fact]
    public void Lines_of_a_room_carry_its_name()
    {
        var text = new TextPresenter(Palette.Off, NoTime, null, InRoomsCalled("Tea party"));
        Assert.Equal(["alice to ~Tea party: hi"], All(new ClientEvent.MessageCame(3, Peer("alice"), false, Body("hi"), SuiteInfo.Sealed, Time, 1, Room)));
        Assert.Equal(["* alice in ~Tea party waves"],
            All(new ClientEvent.MessageCame(3, Peer("alice"), false, new MessageBody("waves", true), SuiteInfo.Sealed, Time, 1, Room)));
        Assert.Equal(["Me to ~Tea party: hi"], All(new ClientEvent.MessageSent(4, null, Body("hi"), SuiteInfo.Sealed, Time, 2, Room)));
        Assert.Equal(["bob joined ~Tea party", "carol left ~Tea party"], All(new ClientEvent.PresenceChanged(
            [Peer("bob")], [(Peer("carol"), "left"), (Peer("dave"), "kicked")], [], [Peer("alice")], [], 3, 0, Room)));
        Assert.Equal(["!! messages 5 to 9 of ~Tea party didn't reach you: the server doesn't have them any more"],
            All(new ClientEvent.MessagesMissing(5, 9, Room)));
        Assert.Equal(["alice muted bob in ~Tea party for 10 min"],
            All(new ClientEvent.RoomActed(Room, Peer("alice"), RoomActKind.Mute, Peer("bob"), 600, IsYou: false)));
        Assert.Equal(["alice sent you out of ~Tea party"],
            All(new ClientEvent.RoomActed(Room, Peer("alice"), RoomActKind.Kick, Peer("me"), 0, IsYou: true)));
        Assert.Equal(["  1  lobby", "* 2  ~Tea party  Tea party"], text.Rooms().Select(line => line.Text));

        IEnumerable<string> All(ClientEvent happened) => text.Present(happened).Select(line => line.Text);
    }

    [Fact]
    public void A_room_cannot_be_called_so_that_its_lines_pass_for_others()
    {
        var text = new TextPresenter(Palette.Off, NoTime, columns: () => 40, InRoomsCalled("x: I owe you 5"));
        Assert.Equal(["bob to ~x; I owe you 5: hm"],
            text.Present(new ClientEvent.MessageCame(3, Peer("bob"), false, Body("hm"), SuiteInfo.Sealed, Time, 1, Room)).Select(line => line.Text));
        var topic = new string(' ', 20) + "alice to all: fake " + new string('x', 100);
        Assert.All(text.Present(new ClientEvent.TopicChanged(Room, Peer("bob"), topic, IsYou: false)).Skip(1),
            line => Assert.StartsWith("   ", line.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, false, "")]
    [InlineData(119, false, "")]
    [InlineData(120, false, "22:11")]
    [InlineData(0, true, "22:13")]
    [InlineData(24 * 3600, false, "2023-11-13 22:13")]
    [InlineData(-3600, false, "")]
    public void A_message_that_comes_late_shows_when_it_was_sent(int secondsAgo, bool isAlways, string shown) =>
        Assert.Equal(shown, new MessageClock(new At(Time), isAlways).Show(Time - TimeSpan.FromSeconds(secondsAgo)));

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public void A_text_that_was_not_sent_is_kept_in_the_sentence() => Assert.Equal(
        ["!! zed isn't here. Not sent to zed: are you there?"],
        Lines(new ClientEvent.MessageFailed("zed", Body("are you there?"), "not-here", "zed isn't here.")));

    [Fact]
    public void Colours_are_never_the_only_difference()
    {
        var came = Came("alice", "hi", true, Classic, PinStanding.Changed);
        var coloured = string.Concat(new TextPresenter(new Palette(IsOn: true), NoTime, null, new RoomBook()).Present(came).Select(line => line.Text));
        Assert.Contains("\u001b[", coloured, StringComparison.Ordinal);
        Assert.Equal(Lines(came), [System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", "")]);
    }

    [Fact]
    public void Whatever_is_foreign_is_harmless_wherever_it_is_shown()
    {
        var payloads = VectorFiles.TerminalEscapes();
        var strings = VectorFiles.NaughtyStrings();
        foreach (var foreign in payloads.Concat(strings))
        {
            var rooms = InRoomsCalled(foreign);
            var lines = EverythingWith(foreign).SelectMany(happened => Presenters(rooms).SelectMany(one => one.Present(happened)))
                .Concat(Presenters(rooms).SelectMany(one => one.Rooms().Concat(one.Topic())));
            foreach (var line in lines)
                Assert.True(EscapeRule.Broken(line.Text) is null, $"{EscapeRule.Broken(line.Text)} in {Short(line.Text)}");
        }
        output.WriteLine($"terminal escapes: {payloads.Count} of 71; naughty strings: {strings.Count} of 515");
        Assert.Equal((71, 515), (payloads.Count, strings.Count));
    }

    [Fact]
    public void No_line_grows_without_bound() => Assert.All(
        EverythingWith(new string('W', 100_000)).SelectMany(_text.Present),
        line => Assert.True(line.Text.Length < 25_000, $"{line.Text.Length} characters: {Short(line.Text)}"));

    [Fact]
    public void Json_is_one_object_a_line_with_a_stable_name()
    {
        var names = EverythingWith("x").Select(happened => new JsonPresenter(new RoomBook()).Present(happened).Single()).Select(line =>
        {
            Assert.DoesNotContain('\n', line.Text);
            using var json = JsonDocument.Parse(line.Text);
            return json.RootElement.GetProperty("event").GetString()!;
        });
        Assert.Equal(
            ["act", "act-refused", "delivered", "entered", "failed", "held", "ignore", "inspect", "invite", "key-changed", "members", "message",
             "missing", "name-needed", "notice", "peer", "pinned", "presence", "refused", "renamed", "room-entered", "room-left", "rooms", "sent",
             "status", "suite", "topic-changed", "unreadable", "who"],
            names.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Json_gives_a_text_back_exactly()
    {
        var strings = VectorFiles.NaughtyStrings();
        foreach (var text in strings)
        {
            using var json = JsonDocument.Parse(new JsonPresenter(new RoomBook()).Present(Came("alice", text, false)).Single().Text);
            Assert.Equal(text, json.RootElement.GetProperty("text").GetString());
        }
        Assert.Equal(515, strings.Count);
    }

    [Fact]
    public void A_json_message_has_the_documented_fields() => Assert.Equal(
        """{"event":"message","to":"me","from":{"name":"alice","key":"4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a","standing":"known"},"number":3,"text":"hi","action":false,"suite":"sealed","insecure":false,"time":"2023-11-14T22:13:20.000Z"}""",
        new JsonPresenter(new RoomBook()).Present(new ClientEvent.MessageCame(3, Peer("alice"), true, Body("hi"), SuiteInfo.Sealed, Time, 0)).Single().Text);

    /// <summary>In a sealed room with such a title and topic.</summary>
    private static RoomBook InRoomsCalled(string foreign)
    {
        var rooms = new RoomBook();
        rooms.On(new ClientEvent.RoomEntered(View(foreign), IsAgain: false));
        return rooms;
    }

    private static RoomView View(string foreign) => new(
        Room, foreign, RoomKind.Sealed, Classic, Peer(foreign), IsYours: false, IsOp: false, foreign, [Peer(foreign)], 3);

    private static IEnumerable<IPresenter> Presenters(RoomBook rooms) =>
    [
        new TextPresenter(Palette.Off, time => "12:34", columns: null, rooms),
        new TextPresenter(Palette.Off, NoTime, columns: () => 80, rooms),
        new TextPresenter(Palette.Off, NoTime, columns: () => 20, rooms),
        new JsonPresenter(rooms),
    ];

    private static IEnumerable<ClientEvent> EverythingWith(string foreign)
    {
        var peer = Peer(foreign);
        return
        [
            new ClientEvent.StatusChanged(new ConnectionStatus.Waiting(foreign, TimeSpan.FromSeconds(4))),
            new ClientEvent.StatusChanged(new ConnectionStatus.Stopped(StopKind.Refused, foreign)),
            new ClientEvent.StatusChanged(new ConnectionStatus.Online(ServerAddress.Default, foreign, 3)),
            new ClientEvent.Notice("code", foreign, IsWarning: true),
            new ClientEvent.Notice("code", foreign),
            new ClientEvent.NameNeeded(foreign, "name-taken", foreign, [foreign]),
            new ClientEvent.NameNeeded(foreign, "name-invalid", foreign, []),
            new ClientEvent.Entered(foreign, Key, SuiteInfo.Sealed, [peer], false, false),
            Came(foreign, foreign, false),
            Came(foreign, foreign, true, Classic, PinStanding.Changed),
            new ClientEvent.MessageCame(1, peer, false, new MessageBody(foreign, IsAction: true), Classic, Time, 1),
            new ClientEvent.MessageSent(1, peer, Body(foreign), SuiteInfo.Sealed, Time, 0),
            new ClientEvent.MessageDelivered(1, peer),
            new ClientEvent.MessageUnreadable(1, peer, true, Unreadable.CannotDecrypt),
            new ClientEvent.MessagesMissing(1, 2),
            new ClientEvent.MessageHeld(foreign, Body(foreign)),
            new ClientEvent.MessageFailed(foreign, Body(foreign), "not-here", foreign),
            new ClientEvent.PresenceChanged([peer], [(peer, foreign)], [(foreign, peer)], [peer], [peer], 3, 4, foreign),
            new ClientEvent.YouRenamed(foreign, foreign),
            new ClientEvent.WhoAnswered([peer, peer], Key, false, new HashSet<Fingerprint> { Key }),
            new ClientEvent.PeerShown(peer, true, true, Key, Key, true),
            new ClientEvent.PeerShown(peer with { Standing = PinStanding.Changed }, true, true, Key, Key, false),
            new ClientEvent.PeerPinned(peer),
            new ClientEvent.PeerKeyChanged(foreign, Key, Key),
            new ClientEvent.IgnoreChanged(peer, true),
            new ClientEvent.Inspected(1, [foreign]),
            new ClientEvent.SuiteShown(Classic),
            new ClientEvent.CommandRefused("code", foreign),
            new ClientEvent.RoomEntered(View(foreign), IsAgain: false),
            new ClientEvent.RoomEntered(View(foreign), IsAgain: true),
            new ClientEvent.MessageCame(1, peer, false, Body(foreign), Classic, Time, 1, Room),
            new ClientEvent.MessageCame(1, peer, false, new MessageBody(foreign, IsAction: true), Classic, Time, 1, Room),
            new ClientEvent.MessageSent(1, null, Body(foreign), SuiteInfo.Sealed, Time, 5, Room),
            new ClientEvent.MessageSent(2, peer, Body(foreign), SuiteInfo.Sealed, Time, 0, IsWaiting: true),
            new ClientEvent.MessageDelivered(2, peer),
            new ClientEvent.MessageUnreadable(1, peer, false, Unreadable.NotAllowed, Room),
            new ClientEvent.MessagesMissing(0, 0, Room),
            new ClientEvent.MessagesMissing(5, 5, IsPrivate: true),
            new ClientEvent.MessageHeld(null, Body(foreign), Room),
            new ClientEvent.MessageFailed(null, Body(foreign), "muted", foreign, Room),
            new ClientEvent.PresenceChanged([peer], [(peer, foreign)], [(foreign, peer)], [peer], [peer], 3, 4, Room),
            new ClientEvent.TopicChanged(Room, peer, foreign, IsYou: false),
            new ClientEvent.TopicChanged(Room, peer, null, IsYou: false),
            new ClientEvent.TopicChanged(Room, peer, null, IsYou: true, Unreadable.BadSignature),
            .. Enum.GetValues<RoomActKind>().Select(kind => new ClientEvent.RoomActed(Room, peer, kind, peer, 60, IsYou: false)),
            new ClientEvent.RoomActed(Room, peer, RoomActKind.SlowMode, null, 0, IsYou: false),
            new ClientEvent.ActRefused(Room, peer, RoomActKind.Ban, "bad-signature", foreign),
            new ClientEvent.ActRefused(Room, null, RoomActKind.Unspecified, "not-allowed", foreign),
            new ClientEvent.RoomsListed([new RoomListing(foreign, 3, Classic, IsIn: true)], IsComplete: false),
            new ClientEvent.MembersListed(Room, [peer], Key, IsComplete: false, new HashSet<Fingerprint> { Key }),
            new ClientEvent.InviteShown(Room, [foreign]),
            new ClientEvent.RoomLeft(Room, foreign, foreign, foreign),
        ];
    }

    private static ClientEvent.MessageCame Came(
        string name, string text, bool isPrivate, SuiteInfo? suite = null, PinStanding standing = PinStanding.Known) =>
        new(1, new Peer(name, Key, standing), isPrivate, Body(text), suite ?? SuiteInfo.Sealed, Time, 1);

    private static Peer Peer(string name) => new(name, Key, PinStanding.Known);

    private static string Short(string line) => line.Length <= 200 ? line : line[..200];

    private static string NoTime(DateTimeOffset time) => "";

    private static MessageBody Body(string text) => new(text);

    private IEnumerable<string> Lines(ClientEvent happened) => _text.Present(happened).Select(line => line.Text);
}
