using ChatLock.Client.Mailbox;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class MailTests : RoomScenario
{
    [Fact]
    public async Task A_private_message_is_acknowledged_once_whoever_reads_the_events_asks_for_the_next()
    {
        var (session, _) = await EnterAsync();
        await session.PrivateAsync(Bob.Public, Damaged);
        await NextAsync<ClientEvent.MessageUnreadable>(); // and is still being shown
        Clock.Advance(MailboxState.CollectFor);
        Say("nothing before this");
        var post = await session.ReadAsync();
        Assert.Equal(ClientFrame.BodyOneofCase.Post, post!.BodyCase);
        await session.AcceptAsync(post.Ref);
        await NextAsync<ClientEvent.MessageSent>();
        await SayAsync(session, "by now the client knows");
        Clock.Advance(MailboxState.CollectFor);
        var ack = await session.ReadAsync(ClientFrame.BodyOneofCase.Ack);
        Assert.Equal(("", 1ul, 1ul), ack.Ack.Positions.Single() is var upTo ? (upTo.Room, upTo.Epoch, upTo.Sequence) : default);
    }

    [Fact]
    public async Task Sixteen_are_acknowledged_at_once()
    {
        var (session, _) = await EnterAsync();
        for (var number = 0; number < MailboxState.CollectMax; number++)
            await session.PrivateAsync(Bob.Public, Damaged);
        for (var number = 0; number < MailboxState.CollectMax; number++)
            await NextAsync<ClientEvent.MessageUnreadable>();
        await SayAsync(session, "the last one was dealt with");
        var ack = await session.ReadAsync(ClientFrame.BodyOneofCase.Ack);
        Assert.Equal((ulong)MailboxState.CollectMax, ack.Ack.Positions.Single().Sequence);
    }

    [Fact]
    public async Task The_next_hello_tells_how_far_the_mailbox_was_received()
    {
        var (session, _) = await EnterAsync();
        await session.PrivateAsync(Bob.Public, Damaged);
        await NextAsync<ClientEvent.MessageUnreadable>();
        var (_, hello) = await CutAsync(session);
        Assert.Equal(" 1/1, lobby 1/0", Positions(hello));
    }

    [Fact]
    public async Task A_run_that_shows_no_mail_leaves_it_where_it_is_and_keeps_the_session_key()
    {
        Start(takesMail: false);
        var session = await Server.AcceptOneAsync();
        var first = await session.AdmitAsync(Bob.Public);
        await NextAsync<ClientEvent.Entered>();
        await session.PrivateAsync(Bob.Public, Bob.To(first, "psst"));
        await session.PostAsync(Bob.Public, Bob.ToLobby("hello"));
        await NextAsync<ClientEvent.MessageCame>(came => !came.IsPrivate);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Say("neither Ack nor receipt before this");
        Assert.Equal(ClientFrame.BodyOneofCase.Post, (await session.ReadAsync())!.BodyCase);
        Assert.DoesNotContain(Seen.OfType<ClientEvent.MessageCame>(), came => came.IsPrivate);
        await StopAsync();

        Start(takesMail: false);
        var second = await (await Server.AcceptOneAsync()).AdmitAsync();
        Assert.Equal(first.SessionKey, second.SessionKey);
        await StopAsync();
        Start();
        var session3 = await Server.AcceptOneAsync();
        var third = await session3.AdmitAsync();
        Assert.NotEqual(first.SessionKey, third.SessionKey);
        await session3.PrivateAsync(Bob.Public, Bob.To(first, "psst"));
        Assert.Equal("psst", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
    }

    [Fact]
    public async Task Someone_who_is_away_or_absent_gets_it_later_and_the_sender_is_told()
    {
        var (session, hello) = await EnterAsync();
        SayTo("bob", "for later");
        var absent = Bob.Whole;
        absent.Absent = true;
        for (var time = 0; time < 2; time++) // by name, then the session key by the identity key
        {
            var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
            await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { absent } } });
        }
        var message = await session.ReadAsync(ClientFrame.BodyOneofCase.Private);
        Assert.Equal("for later", Bob.Read(hello, message.Private.Envelope));
        await session.ReplyAsync(new Reply { Ref = message.Ref, Accepted = new Accepted { TimeUnixMs = 1, Waiting = true } });
        Assert.True((await NextAsync<ClientEvent.MessageSent>()).IsWaiting);
    }

    [Fact]
    public async Task A_session_key_older_than_one_seen_is_refused_with_a_notice()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        Bob.MadeUnixMs = 1_000;
        SayTo("bob", "one");
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { Bob.Whole } } });
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Private)).Ref);
        await session.PresenceAsync(new Presence { Back = { Bob.Public }, Online = 2 });
        await NextAsync<ClientEvent.PresenceChanged>();
        Bob.MadeUnixMs = 999;
        SayTo("bob", "two");
        who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { Bob.Whole } } });
        Assert.True((await NextAsync<ClientEvent.Notice>(notice => notice.Code == "older-key")).IsWarning);
        Assert.Equal("two", (await NextAsync<ClientEvent.MessageFailed>()).Body.Text);
    }

    private static ByteString Damaged => ByteString.CopyFromUtf8("damaged");

    private async Task SayAsync(ScriptedSession session, string text)
    {
        Say(text);
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await NextAsync<ClientEvent.MessageSent>();
    }
}
