using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.ConsoleClient.Input;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests.Input;

/// <summary>What is typed is meant for the room one is in.</summary>
public sealed class RoomLinesTests
{
    private const string Garden = "#garden";
    private static readonly string Tea = "~" + new string('a', 64);
    private static readonly string OtherTea = "~" + new string('b', 64);
    private readonly RoomBook _rooms = new();
    private readonly LineParser _parser;

    public RoomLinesTests() => _parser = new LineParser(_rooms);

    [Fact]
    public void Who_enters_a_room_speaks_there_and_in_the_lobby_again_after_leaving()
    {
        Assert.Equal(new ClientCommand.Say(new MessageBody("hi"), null), Done("hi"));
        Enter(Garden, RoomKind.Open);
        Assert.Equal(new ClientCommand.Say(new MessageBody("hi"), Garden), Done("hi"));
        Assert.Equal(new ClientCommand.Say(new MessageBody("/x"), Garden), Done("//x"));
        Assert.Equal(new ClientCommand.Say(new MessageBody("waves", IsAction: true), Garden), Done("/me waves"));
        Assert.Equal(new ClientCommand.SayTo("bob", new MessageBody("psst")), Done("/msg bob psst"));
        _rooms.On(new ClientEvent.RoomLeft(Garden, Garden, "left", "You left."));
        Assert.Equal(new ClientCommand.Say(new MessageBody("hi"), null), Done("hi"));
    }

    [Fact]
    public void What_is_typed_for_a_room_one_was_sent_out_of_is_said_nowhere_else()
    {
        Enter(Garden, RoomKind.Open);
        _rooms.On(new ClientEvent.RoomLeft(Garden, Garden, "kicked", "Out."));
        Assert.Equal(new ClientCommand.Say(new MessageBody("hi"), Garden), Done("hi")); // which the client hands back
        Assert.True(_rooms.Current.IsGone);
        Assert.Equal(["lobby"], _rooms.All.Select(room => room.Label));
        Assert.Equal(new ClientCommand.Join("#garden"), Done("/join #garden"));
        Enter(Garden, RoomKind.Open);
        Assert.False(_rooms.Current.IsGone);
        Go("/room 1");
        _rooms.On(new ClientEvent.RoomLeft(Garden, Garden, "kicked", "Out."));
        Assert.Null(_rooms.Current.Id);
    }

    [Fact]
    public void A_reconnect_leaves_one_where_one_was()
    {
        Enter(Garden, RoomKind.Open);
        Enter(Tea, RoomKind.Sealed, "Tea party");
        Go("/room 1");
        _rooms.On(new ClientEvent.RoomEntered(View(Garden, RoomKind.Open, Garden), IsAgain: true));
        Assert.Null(_rooms.Current.Id);
        Assert.Equal(["lobby", "#garden", "~Tea party"], _rooms.All.Select(room => room.Label));
    }

    [Theory]
    [InlineData("/room 3")]
    [InlineData("/room ~tea PARTY")]
    [InlineData("/room tea party")]
    [InlineData("/join ~Tea party")]
    [InlineData("/join tea party")]
    public void A_room_is_gone_to_by_number_or_by_what_it_is_called(string line)
    {
        Enter(Garden, RoomKind.Open);
        Enter(Tea, RoomKind.Sealed, "Tea party");
        Go("/room lobby");
        Go(line);
        Assert.Equal(Tea, _rooms.Current.Id);
    }

    [Fact]
    public void A_room_one_is_not_in_is_joined()
    {
        Enter(Garden, RoomKind.Open);
        Assert.Equal(new ClientCommand.Join("#kitchen"), Done("/join #kitchen"));
        Assert.Equal(new ClientCommand.Join("2"), Done("/join 2"));
        Assert.Equal(new ClientCommand.Join("chatlock://h#sha256=00&room=x"), Done("/j chatlock://h#sha256=00&room=x"));
        Assert.Equal(new ClientCommand.CreateRoom("Tea party"), Done("/create Tea party"));
        Assert.Equal(new ClientCommand.ListRooms(), Done("/list"));
    }

    [Fact]
    public void What_is_done_in_a_room_is_done_in_this_one_or_in_the_one_that_is_named()
    {
        Enter(Tea, RoomKind.Sealed, "Tea party");
        Enter(Garden, RoomKind.Open);
        Assert.Equal(new ClientCommand.Part(Garden), Done("/part"));
        Assert.Equal(new ClientCommand.Part(Tea), Done("/part ~tea party"));
        Assert.Equal(new ClientCommand.ShowInvite(Tea), Done("/invite 2"));
        Assert.Equal(new ClientCommand.SetTopic(Garden, "roses and bees"), Done("/topic roses and bees"));
        Assert.Equal(new ClientCommand.SetTopic(Garden, ""), Done("/topic -"));
        Assert.IsType<LineCommand.ShowTopic>(_parser.Parse("/topic"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Kick, "bob"), Done("/kick bob"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Ban, "bob"), Done("/ban bob"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Unban, "bob"), Done("/unban bob"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Mute, "bob", 600), Done("/mute bob 10m"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Mute, "bob", 0), Done("/mute bob"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Unmute, "bob"), Done("/unmute bob"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Op, "bob"), Done("/op bob"));
        Assert.Equal(new ClientCommand.Moderate(Garden, RoomActKind.Deop, "bob"), Done("/DEOP bob"));
        Assert.Equal(new ClientCommand.SlowMode(Garden, 30), Done("/slow 30"));
        Assert.Equal(new ClientCommand.SlowMode(Garden, 0), Done("/slow off"));
        Assert.Equal(new ClientCommand.Members(Garden), Done("/who"));
        Assert.Equal(new ClientCommand.Who(), Done("/who all"));
    }

    [Fact]
    public void Two_rooms_called_alike_have_labels_of_their_own_and_keep_them()
    {
        Enter(Tea, RoomKind.Sealed, "Tea");
        Enter(OtherTea, RoomKind.Sealed, "tea");
        Assert.Equal(["lobby", "~Tea", "~tea~bbbbbbbb"], _rooms.All.Select(room => room.Label));
        _rooms.On(new ClientEvent.RoomLeft(Tea, "Tea", "left", ""));
        Assert.Equal("~Tea", _rooms.LabelOf(Tea));
        Assert.Equal("lobby", _rooms.LabelOf(null));
    }

    [Fact]
    public void A_topic_that_changes_is_the_topic()
    {
        Enter(Garden, RoomKind.Open);
        var bob = new Peer("bob", default, PinStanding.Known);
        _rooms.On(new ClientEvent.TopicChanged(Garden, bob, "roses", IsYou: false));
        Assert.Equal("roses", _rooms.Current.Topic);
        _rooms.On(new ClientEvent.TopicChanged(Garden, bob, null, IsYou: false, Unreadable.CannotDecrypt));
        Assert.Equal("roses", _rooms.Current.Topic);
        _rooms.On(new ClientEvent.TopicChanged(Garden, bob, null, IsYou: false));
        Assert.Null(_rooms.Current.Topic);
    }

    [Theory]
    [InlineData("90", 90u)]
    [InlineData("90s", 90u)]
    [InlineData("10M", 600u)]
    [InlineData("2h", 7_200u)]
    [InlineData("7d", 604_800u)]
    [InlineData("off", 0u)]
    public void A_time_is_a_number_with_a_unit(string typed, uint seconds)
    {
        Assert.True(SpanOfTime.TryParse(typed, out var read));
        Assert.Equal(seconds, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("1w")]
    [InlineData("8d")]
    [InlineData("604801")]
    [InlineData("99999999999")]
    [InlineData("1.5h")]
    public void Anything_else_is_no_time(string typed) => Assert.False(SpanOfTime.TryParse(typed, out _));

    private void Enter(string id, RoomKind kind, string? title = null) =>
        _rooms.On(new ClientEvent.RoomEntered(View(id, kind, title ?? id), IsAgain: false));

    private void Go(string line) => _rooms.Switch(Assert.IsType<LineCommand.GoTo>(_parser.Parse(line)).Room);

    private ClientCommand Done(string line) => Assert.IsType<LineCommand.Do>(_parser.Parse(line)).Command;

    private static RoomView View(string id, RoomKind kind, string title) =>
        new(id, title, kind, SuiteInfo.Sealed, null, IsYours: false, IsOp: false, null, [], 1);
}
