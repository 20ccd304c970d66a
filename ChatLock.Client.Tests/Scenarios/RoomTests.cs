using ChatLock.Client.Conversations;
using ChatLock.Client.Rooms;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class RoomTests : RoomScenario
{
    [Fact]
    public async Task An_open_room_is_entered_by_its_name_talked_in_and_left()
    {
        var (session, _) = await EnterAsync();
        Do(new ClientCommand.Join("Garden"));
        var join = await JoinedAsync(session, GardenInfo(sequence: 5));
        Assert.Equal((Garden, true, 2u), (join.Room, join.Create, join.Suite));
        var entered = await NextAsync<ClientEvent.RoomEntered>();
        Assert.Equal((Garden, Garden, RoomKind.Open, false, false), (entered.Room.Id, entered.Room.DisplayName, entered.Room.Kind, entered.Room.IsYours, entered.IsAgain));
        Assert.Equal(("bob", "bob"), (entered.Room.Owner?.Name, Assert.Single(entered.Room.Members).Name));
        Assert.Contains("gateway", (await NextAsync<ClientEvent.Notice>(notice => notice.Code == "open-room")).Sentence, StringComparison.Ordinal);

        await session.PostInAsync(Garden, Bob.Public, InGarden("welcome"), 6);
        var came = await NextAsync<ClientEvent.MessageCame>();
        Assert.Equal(("welcome", Garden, 6ul), (came.Body.Text, came.Room, came.Sequence));
        Say("thank you", Garden);
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal(Garden, post.Post.Room);
        await session.AcceptAsync(post.Ref);
        Assert.Equal(("thank you", Garden), ((await NextAsync<ClientEvent.MessageSent>()) is var sent ? (sent.Body.Text, sent.Room) : default));

        Do(new ClientCommand.Part(Garden));
        var leave = await session.ReadAsync(ClientFrame.BodyOneofCase.Leave);
        await session.PostInAsync(Garden, Bob.Public, InGarden("already?"), 8);
        Assert.Equal("already?", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
        await session.AcceptAsync(leave.Ref);
        Assert.Equal((Garden, "left"), ((await NextAsync<ClientEvent.RoomLeft>()) is var left ? (left.Id, left.Code) : default));
        Say("still there?", Garden);
        Assert.Equal(("not-a-member", Garden), ((await NextAsync<ClientEvent.MessageFailed>()) is var failed ? (failed.Code, failed.Room) : default));
    }

    [Fact]
    public async Task A_room_that_cannot_be_entered_is_said_and_can_be_tried_again()
    {
        var (session, _) = await EnterAsync();
        Do(new ClientCommand.Join("#garden"));
        Do(new ClientCommand.Join("#garden"));
        Assert.Equal("already-in", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        var join = await session.ReadAsync(ClientFrame.BodyOneofCase.Join);
        await session.RefuseAsync(join.Ref, RefusalCode.Banned, "You are banned from that room.");
        Assert.Equal("banned", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        Do(new ClientCommand.Join("#garden"));
        await JoinedAsync(session, GardenInfo());
        await NextAsync<ClientEvent.RoomEntered>();
    }

    [Fact]
    public async Task A_sealed_rooms_secret_is_made_here_and_never_sent()
    {
        var (session, hello) = await EnterAsync();
        Do(new ClientCommand.CreateRoom(" Tea party "));
        var join = await session.ReadAsync(ClientFrame.BodyOneofCase.Join);
        Assert.True(RoomId.TryParse(join.Join.Room, out var id));
        Assert.Equal((RoomKind.Sealed, true, 2u), (id.Kind, join.Join.Create, join.Join.Suite));
        await session.ReplyAsync(new Reply
        {
            Ref = join.Ref,
            Joined = new RoomInfo { Position = new Position { Room = id.Text, Epoch = 1 }, Suite = 2, OwnerKey = hello.IdentityKey, MemberCount = 1 },
        });
        var entered = await NextAsync<ClientEvent.RoomEntered>();
        Assert.Equal(("Tea party", true), (entered.Room.DisplayName, entered.Room.IsYours));
        var invite = await NextAsync<ClientEvent.InviteShown>();
        Assert.True(InviteLink.TryParse(invite.Links[^1], out var link, out _));
        Assert.Equal((id, Me, "Tea party"), (link.Room, link.Code!.Owner, link.Title));
        Assert.DoesNotContain(Seen.OfType<ClientEvent.Notice>(), notice => notice.Code == "open-room");

        Say("for members", id.Text);
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.True(Crypto.Suites.RoomSecret.TryImport(link.Code.Secret, out var secret));
        var envelope = Envelope.Parser.ParseFrom(post.Post.Envelope);
        Assert.True(P256PublicKey.TryImport(hello.IdentityKey.Span, out var sender));
        var header = new Crypto.Suites.MessageHeader(
            Crypto.Suites.MessageKind.Post, id.Target(), sender.Fingerprint, envelope.Salt.Memory, envelope.Counter);
        Assert.True(Crypto.Suites.SuiteList.TryGet(2, out var suite));
        var opened = suite.OpenFromRoom(secret, sender, header, new Crypto.Suites.SealedMessage(envelope.Ciphertext.Memory, envelope.Signature.Memory));
        Assert.Equal("for members"u8, opened.Plaintext.Span);
    }

    [Fact]
    public async Task An_invite_leads_into_a_sealed_room()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Join($"{Server.AddressText}#room={Tea.ToText()}&name=Tea%20party"));
        Assert.Equal((Tea.Room.Text, false), (await JoinedAsync(session, TeaInfo())) is var join ? (join.Room, join.Create) : default);
        Assert.Equal("Tea party", (await NextAsync<ClientEvent.RoomEntered>()).Room.DisplayName);
        await session.PostInAsync(Tea.Room.Text, Bob.Public, Bob.ToRoom(Tea.Room.Text, Tea.Secret, "tea?"), 1);
        Assert.Equal(("tea?", Tea.Room.Text), (await NextAsync<ClientEvent.MessageCame>()) is var came ? (came.Body.Text, came.Room) : default);
    }

    [Theory]
    [InlineData("suite")]
    [InlineData("owner")]
    public async Task A_room_that_is_passed_off_as_the_invites_is_not_entered(string what)
    {
        var (session, _) = await EnterAsync(Bob.Public);
        using var mallory = new ScriptedPerson("mallory");
        Do(new ClientCommand.Join(Tea.ToText()));
        var info = TeaInfo();
        if (what == "suite")
            info.Suite = 1;
        else
            info.OwnerKey = mallory.Public.IdentityKey;
        await JoinedAsync(session, info);
        Assert.Equal("room-forged", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        Assert.Equal(Tea.Room.Text, (await session.ReadAsync(ClientFrame.BodyOneofCase.Leave)).Leave.Room);
        Assert.Empty(Seen.OfType<ClientEvent.RoomEntered>());
    }

    [Fact]
    public async Task An_invite_for_another_server_or_a_damaged_one_asks_the_server_nothing()
    {
        var (session, _) = await EnterAsync();
        Do(new ClientCommand.Join($"chatlock://elsewhere#sha256={new string('a', 64)}&room={Tea.ToText()}"));
        Assert.Contains("another server", (await NextAsync<ClientEvent.CommandRefused>()).Sentence, StringComparison.Ordinal);
        Do(new ClientCommand.Join(Tea.ToText()[..90]));
        Assert.Contains("not whole", (await NextAsync<ClientEvent.CommandRefused>()).Sentence, StringComparison.Ordinal);
        Do(new ClientCommand.Join(Tea.Room.Text));
        Assert.Contains("invite", (await NextAsync<ClientEvent.CommandRefused>()).Sentence, StringComparison.Ordinal);
        Say("nothing before this");
        await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
    }

    [Fact]
    public async Task The_topic_is_read_at_the_door_and_when_it_changes()
    {
        var topic = Bob.Act(Garden, 1, 3, RoomActKind.Topic, topic: InGarden("roses"));
        var session = await EnterGardenAsync(GardenInfo(lastAct: 3, acts: topic));
        Assert.Equal("roses", Seen.OfType<ClientEvent.RoomEntered>().Single().Room.Topic);
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 4, RoomActKind.Topic, topic: InGarden("bees")), 1);
        Assert.Equal(("bees", "bob", false), (await NextAsync<ClientEvent.TopicChanged>()) is var changed ? (changed.Topic, changed.By.Name, changed.IsYou) : default);
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 5, RoomActKind.Topic, topic: ByteString.CopyFromUtf8("?")), 2);
        Assert.Equal(Unreadable.Malformed, (await NextAsync<ClientEvent.TopicChanged>()).Unreadable);
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 6, RoomActKind.Topic), 3);
        Assert.Equal((null, null), (await NextAsync<ClientEvent.TopicChanged>()) is var gone ? (gone.Topic, gone.Unreadable) : default);
    }

    [Fact]
    public async Task An_act_that_is_forged_or_not_allowed_is_said_and_does_not_count()
    {
        var session = await EnterGardenAsync();
        using var mallory = new ScriptedPerson("mallory");
        var forged = Bob.Act(Garden, 1, 1, RoomActKind.Mute, mallory.Key);
        forged.Seconds = 5;
        await session.ActInAsync(Garden, forged, 1);
        Assert.Equal(("bad-signature", RoomActKind.Mute, "bob"), (await NextAsync<ClientEvent.ActRefused>()) is var bad ? (bad.Code, bad.Kind, bad.By?.Name) : default);
        await session.ActInAsync(Garden, Bob.Act(Garden, 2, 1, RoomActKind.Mute, mallory.Key), 2);
        Assert.Equal("bad-signature", (await NextAsync<ClientEvent.ActRefused>()).Code); // of a log of another epoch
        await session.ActInAsync(Garden, Bob.Act("#kitchen", 1, 1, RoomActKind.Mute, mallory.Key), 3);
        Assert.Equal("bad-signature", (await NextAsync<ClientEvent.ActRefused>()).Code);
        await session.ActInAsync(Garden, mallory.Act(Garden, 1, 1, RoomActKind.Kick, Bob.Key), 4);
        Assert.Equal("not-allowed", (await NextAsync<ClientEvent.ActRefused>()).Code);
        await session.PostInAsync(Garden, mallory.Public, mallory.ToRoom(Garden, GardenSecret, "I may speak"), 5);
        await NextAsync<ClientEvent.MessageCame>();
        Assert.Empty(Seen.OfType<ClientEvent.RoomActed>());
    }

    [Fact]
    public async Task What_a_muted_or_banned_one_says_is_a_named_gap()
    {
        using var mallory = new ScriptedPerson("mallory");
        using var banned = new ScriptedPerson("banned");
        var session = await EnterGardenAsync();
        await session.PostInAsync(Garden, mallory.Public, mallory.ToRoom(Garden, GardenSecret, "before"), 1);
        await NextAsync<ClientEvent.MessageCame>();
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 1, RoomActKind.Mute, mallory.Key, seconds: 3600), 2);
        Assert.Equal(("mallory", 3600u), (await NextAsync<ClientEvent.RoomActed>()) is var acted ? (acted.Target?.Name, acted.Seconds) : default);
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 2, RoomActKind.Ban, banned.Key), 3);
        foreach (var (who, number) in new[] { (mallory, 4ul), (banned, 5ul) })
        {
            await session.PostInAsync(Garden, who.Public, who.ToRoom(Garden, GardenSecret, "after"), number);
            Assert.Equal((Unreadable.NotAllowed, Garden), (await NextAsync<ClientEvent.MessageUnreadable>()) is var gap ? (gap.Reason, gap.Room) : default);
        }
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 3, RoomActKind.Unmute, mallory.Key), 6);
        await session.PostInAsync(Garden, mallory.Public, mallory.ToRoom(Garden, GardenSecret, "again"), 7);
        Assert.Equal("again", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
    }

    [Fact]
    public async Task Who_is_sent_out_is_told_and_what_waits_is_handed_back()
    {
        var session = await EnterGardenAsync();
        Say("one", Garden);
        Say("two", Garden);
        await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 1, RoomActKind.Kick, Me), 1);
        await session.SendAsync(new ServerFrame { LeftRoom = new RoomLeft { Room = Garden, Why = new Refused { Code = RefusalCode.Kicked, Sentence = "You were sent out of the room." } } });
        Assert.True((await NextAsync<ClientEvent.RoomActed>()).IsYou);
        var left = await NextAsync<ClientEvent.RoomLeft>();
        Assert.Equal((Garden, "kicked"), (left.Id, left.Code));
        Assert.Equal(["one", "two"], Seen.OfType<ClientEvent.MessageFailed>().Select(failed => failed.Body.Text));
        Do(new ClientCommand.Join("#garden"));
        await JoinedAsync(session, GardenInfo());
        Assert.False((await NextAsync<ClientEvent.RoomEntered>()).IsAgain);
    }

    [Fact]
    public async Task Presence_of_a_room_is_that_rooms()
    {
        var session = await EnterGardenAsync();
        using var carol = new ScriptedPerson("carol");
        await session.SendAsync(new ServerFrame
        {
            Presence = new Presence { Room = Garden, Joined = { carol.Public }, Left = { new Departure { Member = Bob.Public, Reason = CloseReason.Kicked } }, Online = 2 },
        });
        var room = await NextAsync<ClientEvent.PresenceChanged>();
        Assert.Equal((Garden, "carol", "kicked"), (room.Room, room.Joined.Single().Name, room.Left.Single().Reason));
        await session.PresenceAsync(new Presence { Away = { Bob.Public }, Back = { carol.Public }, Online = 3 });
        var all = await NextAsync<ClientEvent.PresenceChanged>();
        Assert.Equal((null, "bob", "carol"), (all.Room, all.Away.Single().Name, all.Back.Single().Name));
    }

    [Fact]
    public async Task The_owner_moderates_with_signed_acts_under_rising_numbers()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Join("#garden"));
        var info = GardenInfo(lastAct: 4);
        info.OwnerKey = hello.IdentityKey;
        await JoinedAsync(session, info);
        Assert.True((await NextAsync<ClientEvent.RoomEntered>()).Room.IsYours);

        Do(new ClientCommand.Moderate(Garden, RoomActKind.Mute, "bob", 60));
        var mute = await ReadActAsync(session, 5);
        Assert.Equal((RoomActKind.Mute, 60u, Bob.Key.ToByteString()), (mute.Moderate.Act.Kind, mute.Moderate.Act.Seconds, mute.Moderate.Act.Target));
        await session.AcceptAsync(mute.Ref);
        Assert.Equal(("alice", "bob"), (await NextAsync<ClientEvent.RoomActed>()) is var acted ? (acted.By.Name, acted.Target?.Name) : default);

        Do(new ClientCommand.SetTopic(Garden, "roses\nand bees"));
        var topic = await ReadActAsync(session, 6);
        await session.ActInAsync(Garden, topic.Moderate.Act, 9); // it comes to us too
        await session.AcceptAsync(topic.Ref);
        Assert.Equal(("roses and bees", true), (await NextAsync<ClientEvent.TopicChanged>()) is var changed ? (changed.Topic, changed.IsYou) : default);

        Do(new ClientCommand.SlowMode(Garden, 30));
        var slow = await ReadActAsync(session, 7);
        await session.RefuseAsync(slow.Ref, RefusalCode.StaleAct, "Something else was done in that room meanwhile; try again.");
        Do(new ClientCommand.Moderate(Garden, RoomActKind.Kick, "zed"));
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.RefuseAsync(who.Ref, RefusalCode.NotHere, "Nobody of that name or key is here.");
        Assert.Equal("not-here", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        Say("what came before this is known", Garden);
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await NextAsync<ClientEvent.MessageSent>();
        Clock.Advance(RoomLaw.OvertakerIn);
        await session.AcceptAsync((await ReadActAsync(session, 7)).Ref);
        Assert.Equal((RoomActKind.SlowMode, 30u), (await NextAsync<ClientEvent.RoomActed>()) is var slowed ? (slowed.Kind, slowed.Seconds) : default);
        Assert.Single(Seen.OfType<ClientEvent.TopicChanged>());
    }

    [Fact]
    public async Task Who_has_no_right_is_told_at_once()
    {
        var session = await EnterGardenAsync();
        Do(new ClientCommand.SetTopic(Garden, "mine now"));
        Assert.Equal("not-allowed", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        Do(new ClientCommand.SetTopic("lobby", "mine now"));
        Assert.Equal("unsupported", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        Do(new ClientCommand.Part("#kitchen"));
        Assert.Equal("not-a-member", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        await session.ActInAsync(Garden, Bob.Act(Garden, 1, 1, RoomActKind.Op, Me), 1);
        Assert.True((await NextAsync<ClientEvent.RoomActed>()).IsYou);
        Do(new ClientCommand.SetTopic(Garden, new string('x', 513)));
        Assert.Equal("text-invalid", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        Do(new ClientCommand.SetTopic(Garden, "ours"));
        await ReadActAsync(session, 2);
    }

    [Fact]
    public async Task Rooms_and_their_members_are_listed_page_by_page()
    {
        var session = await EnterGardenAsync();
        Do(new ClientCommand.ListRooms());
        var first = await session.ReadAsync(ClientFrame.BodyOneofCase.List);
        Assert.Equal("", first.List.After);
        await session.ReplyAsync(new Reply { Ref = first.Ref, Rooms = new RoomList { Rooms = { new RoomSummary { Room = Garden, MemberCount = 2, Suite = 2 } }, More = true } });
        var second = await session.ReadAsync(ClientFrame.BodyOneofCase.List);
        Assert.Equal(Garden, second.List.After);
        await session.ReplyAsync(new Reply { Ref = second.Ref, Rooms = new RoomList { Rooms = { new RoomSummary { Room = "#zoo", MemberCount = 9, Suite = 1 } } } });
        var listed = await NextAsync<ClientEvent.RoomsListed>();
        Assert.Equal([(Garden, true, false), ("#zoo", false, true)], listed.Rooms.Select(room => (room.Id, room.IsIn, room.Suite.IsInsecure)));

        Do(new ClientCommand.Members(Garden));
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        Assert.Equal(Garden, who.Who.Room);
        var away = Bob.Public;
        away.Away = true;
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { away }, Online = 1 } });
        var members = await NextAsync<ClientEvent.MembersListed>();
        Assert.Equal((Garden, "bob", true), (members.Room, members.People.Single().Name, members.Away.Contains(Bob.Key)));
    }

    private static async Task<ClientFrame> ReadActAsync(ScriptedSession session, ulong number)
    {
        var frame = await session.ReadAsync(ClientFrame.BodyOneofCase.Moderate);
        Assert.Equal(number, frame.Moderate.Act.Number);
        Assert.True(RoomActs.Verify(Garden, 1, frame.Moderate.Act));
        return frame;
    }
}
