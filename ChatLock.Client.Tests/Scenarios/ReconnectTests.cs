using ChatLock.Client.Connection;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class ReconnectTests : ClientScenario
{
    [Fact]
    public async Task A_broken_connection_is_said_in_words_and_made_again_under_the_same_name()
    {
        var (session, first) = await EnterAsync();
        session.Break();
        var waiting = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Assert.Equal("Connection lost. Reconnecting, next try in less than 1 s", waiting.Status.Sentence);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await (await Server.AcceptOneAsync()).AdmitAsync();
        Assert.Equal(("alice", first.IdentityKey, first.SessionKey), (second.Name, second.IdentityKey, second.SessionKey));
        Assert.True((await NextAsync<ClientEvent.Entered>()).IsAgain);
    }

    [Fact]
    public async Task A_message_without_an_answer_is_sent_again_as_it_was_and_shown_once()
    {
        var (session, _) = await EnterAsync();
        Say("once");
        var lost = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        var again = await ReconnectAsync(session);
        var repeated = await again.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal((lost.Post.MessageId, lost.Post.Envelope), (repeated.Post.MessageId, repeated.Post.Envelope));
        await again.AcceptAsync(repeated.Ref);
        Say("next");
        await again.AcceptAsync((await again.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await NextAsync<ClientEvent.MessageSent>(sent => sent.Body.Text == "next");
        Assert.Single(Seen.OfType<ClientEvent.MessageSent>(), sent => sent.Body.Text == "once");
    }

    [Fact]
    public async Task What_is_typed_while_offline_goes_out_in_order_afterwards()
    {
        var (session, _) = await EnterAsync();
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Say("one");
        Say("two");
        await NextAsync<ClientEvent.MessageHeld>(held => held.Body.Text == "two");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        await again.AdmitAsync();
        foreach (var expected in new[] { "one", "two" })
        {
            await again.AcceptAsync((await again.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
            Assert.Equal(expected, (await NextAsync<ClientEvent.MessageSent>()).Body.Text);
        }
    }

    [Fact]
    public async Task A_lobby_with_a_new_secret_gets_the_message_encrypted_anew_under_the_same_id()
    {
        var (session, _) = await EnterAsync();
        Say("still me");
        var lost = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        await again.ChallengeAsync();
        await again.WelcomeAsync(await again.ReadHelloAsync(), lobbySecret: new byte[RoomSecret.Length]);
        var repeated = await again.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal(lost.Post.MessageId, repeated.Post.MessageId);
        Assert.NotEqual(lost.Post.Envelope, repeated.Post.Envelope);
    }

    [Fact]
    public async Task A_private_message_to_someone_unknown_while_offline_is_looked_up_afterwards()
    {
        var (session, _) = await EnterAsync();
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        SayTo("bob", "later");
        await NextAsync<ClientEvent.MessageHeld>();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        var hello = await again.AdmitAsync();
        var byName = await again.ReadAsync(ClientFrame.BodyOneofCase.Who);
        Assert.Equal("bob", byName.Who.Name);
        await again.ReplyAsync(new Reply { Ref = byName.Ref, Roster = new Roster { Members = { Bob.Whole } } });
        var byKey = await again.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await again.ReplyAsync(new Reply { Ref = byKey.Ref, Roster = new Roster { Members = { Bob.Whole } } });
        Assert.Equal("later", Bob.Read(hello, (await again.ReadAsync(ClientFrame.BodyOneofCase.Private)).Private.Envelope));
    }

    [Fact]
    public async Task What_is_said_to_a_name_keeps_its_order_however_its_key_becomes_known()
    {
        var (session, _) = await EnterAsync();
        SayTo("bob", "one"); // asks who that is
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.PresenceAsync(new Presence { Joined = { Bob.Public }, Online = 2 });
        await NextAsync<ClientEvent.PresenceChanged>();
        SayTo("Bob", "two"); // by now that is known
        Say("after that");
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        session.Break();
        await NextAsync<ClientEvent.MessageHeld>(held => held.Body.Text == "two");
        SayTo("bob", "three");
        await NextAsync<ClientEvent.MessageHeld>(held => held.Body.Text == "three");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        var hello = await again.AdmitAsync(Bob.Public);
        who = await again.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await again.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { Bob.Whole } } });
        foreach (var text in new[] { "one", "two", "three" })
        {
            var message = await again.ReadAsync(ClientFrame.BodyOneofCase.Private);
            Assert.Equal(text, Bob.Read(hello, message.Private.Envelope));
            await again.AcceptAsync(message.Ref);
        }
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_by_its_silence()
    {
        var (session, _) = await EnterAsync();
        for (var second = 0; second < 20; second++)
            Clock.Advance(TimeSpan.FromSeconds(1));
        await session.ReadAsync(ClientFrame.BodyOneofCase.Ping);
        for (var second = 0; second < 41; second++)
            Clock.Advance(TimeSpan.FromSeconds(1));
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await (await Server.AcceptOneAsync()).AdmitAsync();
        await NextAsync<ClientEvent.Entered>();
    }

    [Fact]
    public async Task The_servers_ping_is_answered()
    {
        var (session, _) = await EnterAsync();
        await session.SendAsync(new ServerFrame { Ping = new Ping { Nonce = 77 } });
        Assert.Equal(77ul, (await session.ReadAsync(ClientFrame.BodyOneofCase.Pong)).Pong.Nonce);
    }

    [Fact]
    public async Task A_flood_of_lines_stays_below_the_servers_rate_limit_and_in_order()
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync(new SessionLimits { PostsPerSecond = 10, PostsBurst = 10 });
        await session.WelcomeAsync(await session.ReadHelloAsync());
        await NextAsync<ClientEvent.Entered>();
        for (var line = 0; line < 12; line++)
            Say($"line {line}");
        var bucket = TokenBucket.Full(burst: 10, NowMs);
        for (var line = 0; line < 8; line++)
            await TakeAsync(session.ReadAsync(ClientFrame.BodyOneofCase.Post), line);
        for (var line = 8; line < 12; line++)
            await TakeAsync(WhileTimePassesAsync(TimeSpan.FromMilliseconds(125), session.ReadAsync(ClientFrame.BodyOneofCase.Post)), line);

        async Task TakeAsync(Task<ClientFrame> reading, int line)
        {
            var post = await reading;
            Assert.True(bucket.TryTake(perSecond: 10, burst: 10, NowMs, out bucket, out _), $"line {line} is too fast");
            await session.AcceptAsync(post.Ref);
            await NextAsync<ClientEvent.MessageSent>(sent => sent.Body.Text == $"line {line}");
        }
    }

    private long NowMs => Clock.Now.ToUnixTimeMilliseconds();

    [Fact]
    public async Task What_is_left_when_the_user_leaves_is_handed_back()
    {
        var (session, _) = await EnterAsync();
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Say("unsent");
        SayTo("bob", "unsent too");
        Do(new ClientCommand.Leave());
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Equal(["unsent", "unsent too"],
            Seen.OfType<ClientEvent.MessageFailed>().Select(failed => failed.Body.Text).Order(StringComparer.Ordinal));
    }

    private async Task<ScriptedSession> ReconnectAsync(ScriptedSession session)
    {
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        await again.AdmitAsync();
        return again;
    }
}
