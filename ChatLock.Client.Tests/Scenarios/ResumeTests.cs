using ChatLock.Client.Connection;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class ResumeTests : RoomScenario
{
    [Fact]
    public async Task A_cut_connection_is_resumed_with_the_token_and_from_where_everything_had_come()
    {
        var session = await EnterGardenAsync(GardenInfo(sequence: 10));
        await session.PostInAsync(Garden, Bob.Public, InGarden("one"), 11);
        await session.PostAsync(Bob.Public, Bob.ToLobby("hello"));
        await NextAsync<ClientEvent.MessageCame>(came => came.Body.Text == "hello");
        var (again, hello) = await CutAsync(session);
        Assert.Equal(session.Token, hello.Hello.ResumeToken);
        Assert.Equal(" 1/0, #garden 1/11, lobby 1/1", Positions(hello));

        again.Sequence = 1;
        await again.WelcomeAsync(hello);
        Assert.True((await NextAsync<ClientEvent.Entered>()).IsResumed);
        await again.SendAsync(new ServerFrame { Entered = GardenInfo(sequence: 11) });
        await again.PostInAsync(Garden, Bob.Public, InGarden("two"), 12);
        Assert.True((await NextAsync<ClientEvent.RoomEntered>()).IsAgain);
        Assert.Equal("two", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
        Assert.Single(Seen.OfType<ClientEvent.MessageCame>(), came => came.Body.Text == "one");
    }

    [Fact]
    public async Task What_cannot_be_resumed_begins_anew_without_a_question_and_with_the_same_positions()
    {
        var session = await EnterGardenAsync(GardenInfo(sequence: 10));
        var (again, first) = await CutAsync(session);
        await again.RefuseAsync(first.Ref, RefusalCode.CannotResume, "That session can't go on; begin a new one.");
        var second = await again.ReadHelloAsync();
        Assert.Equal(("alice", ByteString.Empty, Positions(first)), (second.Hello.Name, second.Hello.ResumeToken, Positions(second)));
        await again.WelcomeAsync(second);
        Assert.False((await NextAsync<ClientEvent.Entered>()).IsResumed);
        Assert.Empty(Seen.OfType<ClientEvent.NameNeeded>());
    }

    [Fact]
    public async Task A_message_typed_for_a_room_before_or_after_the_cut_is_sent_when_the_room_is_there_again()
    {
        var session = await EnterGardenAsync();
        Say("one", Garden);
        var lost = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Say("two", Garden);
        await NextAsync<ClientEvent.MessageHeld>(held => held.Body.Text == "two");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        await again.AdmitAsync();
        Say("in the lobby");
        Assert.Equal("lobby", (await again.ReadAsync(ClientFrame.BodyOneofCase.Post)).Post.Room); // the garden waits for its door
        await again.SendAsync(new ServerFrame { Entered = GardenInfo() });
        var repeated = await again.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal((Garden, lost.Post.MessageId, lost.Post.Envelope), (repeated.Post.Room, repeated.Post.MessageId, repeated.Post.Envelope));
        await again.AcceptAsync(repeated.Ref);
        await again.AcceptAsync((await again.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await NextAsync<ClientEvent.MessageSent>(sent => sent.Body.Text == "two");
        Assert.Single(Seen.OfType<ClientEvent.MessageSent>(), sent => sent.Body.Text == "one");
    }

    [Fact]
    public async Task What_the_server_does_not_have_any_more_is_said_in_its_place()
    {
        var session = await EnterGardenAsync(GardenInfo(sequence: 10));
        await session.PostInAsync(Garden, Bob.Public, InGarden("before"), 11);
        await session.SendAsync(new ServerFrame { Gap = new Gap { Room = Garden, Epoch = 1, FromSequence = 12, ToSequence = 20 } });
        await session.PostInAsync(Garden, Bob.Public, InGarden("after"), 21);
        await NextAsync<ClientEvent.MessageCame>(came => came.Body.Text == "before");
        Assert.Equal((12ul, 20ul, Garden), (await NextAsync<ClientEvent.MessagesMissing>()) is var gap ? (gap.From, gap.To, gap.Room) : default);
        await NextAsync<ClientEvent.MessageCame>(came => came.Body.Text == "after");
        await session.SendAsync(new ServerFrame { Gap = new Gap { Epoch = 1, FromSequence = 1, ToSequence = 4 } });
        Assert.Equal((4ul, null, true), (await NextAsync<ClientEvent.MessagesMissing>()) is var mail ? (mail.To, mail.Room, mail.IsPrivate) : default);
    }

    [Fact]
    public async Task A_log_that_began_anew_is_said_and_goes_on()
    {
        var session = await EnterGardenAsync(GardenInfo(sequence: 10));
        var (again, hello) = await CutAsync(session);
        await again.WelcomeAsync(hello);
        var info = GardenInfo();
        info.Position.Epoch = 2;
        await again.SendAsync(new ServerFrame { Entered = info });
        await again.SendAsync(new ServerFrame { Gap = new Gap { Room = Garden, Epoch = 2 } });
        Assert.Equal((0ul, 0ul, Garden), (await NextAsync<ClientEvent.MessagesMissing>()) is var gap ? (gap.From, gap.To, gap.Room) : default);
        await again.SendAsync(new ServerFrame
        {
            Posted = new Posted
            {
                Position = new Position { Room = Garden, Epoch = 2, Sequence = 1 },
                From = Bob.Public,
                Envelope = InGarden("a new beginning"),
                MessageId = ByteString.CopyFrom(new byte[16]),
            },
        });
        Assert.Equal("a new beginning", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
    }

    [Fact]
    public async Task A_room_that_one_cannot_come_back_to_is_left()
    {
        var session = await EnterGardenAsync();
        var (again, hello) = await CutAsync(session);
        await again.WelcomeAsync(hello);
        await again.SendAsync(new ServerFrame { LeftRoom = new RoomLeft { Room = Garden, Why = new Refused { Code = RefusalCode.NoSuchRoom, Sentence = "There is no room of that name here." } } });
        Assert.Equal("no-such-room", (await NextAsync<ClientEvent.RoomLeft>()).Code);
    }

    [Fact]
    public async Task A_room_left_while_there_was_no_connection_is_left_when_there_is_one()
    {
        var session = await EnterGardenAsync();
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Do(new ClientCommand.Part(Garden));
        await NextAsync<ClientEvent.RoomLeft>();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        await again.AdmitAsync();
        await again.SendAsync(new ServerFrame { Entered = GardenInfo() });
        Assert.Equal(Garden, (await again.ReadAsync(ClientFrame.BodyOneofCase.Leave)).Leave.Room);
    }

    [Fact]
    public async Task A_join_or_a_part_without_an_answer_is_asked_again()
    {
        var (session, _) = await EnterAsync();
        Do(new ClientCommand.Join("#garden"));
        await session.ReadAsync(ClientFrame.BodyOneofCase.Join);
        var (again, hello) = await CutAsync(session);
        await again.WelcomeAsync(hello);
        await JoinedAsync(again, GardenInfo());
        await NextAsync<ClientEvent.RoomEntered>();
        Do(new ClientCommand.Part(Garden));
        await again.ReadAsync(ClientFrame.BodyOneofCase.Leave);
        var (third, second) = await CutAsync(again);
        await third.WelcomeAsync(second);
        await third.SendAsync(new ServerFrame { Entered = GardenInfo() });
        await third.AcceptAsync((await third.ReadAsync(ClientFrame.BodyOneofCase.Leave)).Ref);
        Assert.Equal("left", (await NextAsync<ClientEvent.RoomLeft>()).Code);
    }

    [Fact]
    public async Task Acts_that_were_missed_are_followed_and_the_own_one_that_had_no_answer_is_not_done_twice()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Join("#garden"));
        var mine = GardenInfo();
        mine.OwnerKey = hello.IdentityKey;
        await JoinedAsync(session, mine);
        await NextAsync<ClientEvent.RoomEntered>();
        Do(new ClientCommand.Moderate(Garden, RoomActKind.Mute, "bob"));
        var lost = await session.ReadAsync(ClientFrame.BodyOneofCase.Moderate);
        var (again, second) = await CutAsync(session);
        await again.WelcomeAsync(second);
        mine.LastAct = 1;
        mine.Acts.Add(lost.Moderate.Act);
        await again.SendAsync(new ServerFrame { Entered = mine });
        var repeated = await again.ReadAsync(ClientFrame.BodyOneofCase.Moderate);
        Assert.Equal(lost.Moderate, repeated.Moderate);
        await again.RefuseAsync(repeated.Ref, RefusalCode.StaleAct, "Something else was done in that room meanwhile; try again.");
        await again.ActInAsync(Garden, lost.Moderate.Act, 1);
        await NextAsync<ClientEvent.RoomActed>();
        Clock.Advance(TimeSpan.FromSeconds(5));
        Say("nothing before this");
        await again.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Single(Seen.OfType<ClientEvent.RoomActed>());
    }

    [Fact]
    public async Task A_message_that_is_not_stored_is_said_to_wait_and_goes_out_later_in_its_order()
    {
        var (session, _) = await EnterAsync();
        Say("one");
        Say("two");
        var first = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        await session.ReplyAsync(new Reply { Ref = first.Ref, Refused = new Refused { Code = RefusalCode.NotStored, Sentence = "No.", RetryAfterMs = 1_000 } });
        await NextAsync<ClientEvent.MessageHeld>(held => held.Body.Text == "one");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal(first.Post.MessageId, again.Post.MessageId);
        await session.AcceptAsync(again.Ref);
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        Assert.Equal("one", (await NextAsync<ClientEvent.MessageSent>()).Body.Text);
        Assert.Equal("two", (await NextAsync<ClientEvent.MessageSent>()).Body.Text);
    }

    [Fact]
    public async Task The_session_key_is_another_one_after_a_day_without_a_word()
    {
        var (session, hello) = await EnterAsync();
        Say("under way");
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Clock.Advance(TimeSpan.FromDays(1));
        var again = await Server.AcceptOneAsync();
        await again.ChallengeAsync();
        var renewed = await again.ReadHelloAsync();
        Assert.NotEqual(hello.SessionKey, renewed.Hello.SessionKey);
        Assert.True(renewed.Hello.SessionKeyMadeUnixMs - hello.SessionKeyMadeUnixMs >= TimeSpan.FromDays(1).TotalMilliseconds);
        Assert.Equal(session.Token, renewed.Hello.ResumeToken);
        await again.WelcomeAsync(renewed);
        Assert.Equal(post.Post, (await again.ReadAsync(ClientFrame.BodyOneofCase.Post)).Post);
        await again.PrivateAsync(Bob.Public, Bob.To(hello, "to yesterday's key"));
        Assert.Equal("to yesterday's key", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
        Assert.DoesNotContain(Seen.OfType<ClientEvent.StatusChanged>(), status => status.Status is ConnectionStatus.Waiting);
    }
}
