using ChatLock.Client.Conversations;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class TalkingTests : ClientScenario
{
    [Fact]
    public async Task What_is_said_to_all_is_shown_when_the_server_has_taken_it()
    {
        var (session, _) = await EnterAsync();
        Say("hello");
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal("lobby", post.Post.Room);
        Assert.Equal(16, post.Post.MessageId.Length);
        Assert.DoesNotContain("hello", post.Post.Envelope.ToStringUtf8(), StringComparison.Ordinal);
        await session.AcceptAsync(post.Ref);
        var sent = await NextAsync<ClientEvent.MessageSent>();
        Assert.Equal((new MessageBody("hello"), 1ul), (sent.Body, sent.Sequence));
        Assert.Null(sent.To);
    }

    [Fact]
    public async Task What_somebody_says_to_all_is_shown_under_their_name()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        await session.PostAsync(Bob.Public, Bob.ToLobby("hi"));
        var came = await NextAsync<ClientEvent.MessageCame>();
        Assert.Equal(("bob", "hi", false), (came.From.Name, came.Body.Text, came.IsPrivate));
    }

    [Fact]
    public async Task A_private_message_goes_to_the_key_and_only_its_holder_can_read_it()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        SayTo("BOB", "psst");
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        Assert.Equal(Bob.Key.ToByteString(), who.Who.Fingerprint);
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { Bob.Whole } } });
        var frame = await session.ReadAsync(ClientFrame.BodyOneofCase.Private);
        Assert.Equal(Bob.Key.ToByteString(), frame.Private.Recipient);
        Assert.Equal("psst", Bob.Read(hello, frame.Private.Envelope));
        await session.AcceptAsync(frame.Ref);
        Assert.Equal("bob", (await NextAsync<ClientEvent.MessageSent>()).To!.Name);
    }

    [Theory]
    [InlineData(SuiteId.Sealed)]
    [InlineData(SuiteId.Classic)]
    public async Task A_private_message_is_read_in_the_senders_suite_and_labelled(SuiteId suite)
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        await session.PrivateAsync(Bob.Public, Bob.To(hello, "psst", suite));
        var came = await NextAsync<ClientEvent.MessageCame>();
        Assert.Equal(("psst", true, suite == SuiteId.Classic), (came.Body.Text, came.IsPrivate, came.Suite.IsInsecure));
    }

    [Fact]
    public async Task The_suite_of_private_messages_is_the_users_choice()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.UseSuite("classic"));
        Assert.True((await NextAsync<ClientEvent.SuiteShown>()).Suite.IsInsecure);
        SayTo("bob", "old times");
        var frame = await AnswerLookUpAsync(session, Bob.Whole);
        Assert.Equal((uint)SuiteId.Classic, Envelope.Parser.ParseFrom(frame.Private.Envelope).Suite);
        Assert.Equal("old times", Bob.Read(hello, frame.Private.Envelope));
    }

    [Fact]
    public async Task A_session_key_that_its_owner_did_not_sign_is_refused_and_the_text_kept()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        using var mallory = new ScriptedPerson("bob");
        SayTo("bob", "psst");
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        var forged = Bob.Whole;
        forged.SessionKey = mallory.Whole.SessionKey;
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { forged } } });
        Assert.Equal("psst", (await NextAsync<ClientEvent.MessageFailed>()).Body.Text);
    }

    [Fact]
    public async Task A_receiver_who_is_not_here_is_named_and_the_text_is_handed_back()
    {
        var (session, _) = await EnterAsync();
        SayTo("zed", "are you there?");
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        Assert.Equal("zed", who.Who.Name);
        await session.RefuseAsync(who.Ref, RefusalCode.NotHere, "Nobody of that name or key is here.");
        var failed = await NextAsync<ClientEvent.MessageFailed>();
        Assert.Equal(("zed", "are you there?", "not-here", "zed isn't here."), (failed.To, failed.Body.Text, failed.Code, failed.Sentence));
    }

    [Fact]
    public async Task A_receiver_who_leaves_in_between_hands_the_text_back_too()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        SayTo("bob", "wait!");
        var frame = await AnswerLookUpAsync(session, Bob.Whole);
        await session.RefuseAsync(frame.Ref, RefusalCode.NotHere, "The receiver isn't here.");
        var failed = await NextAsync<ClientEvent.MessageFailed>();
        Assert.Equal(("bob", "wait!", "bob isn't here."), (failed.To, failed.Body.Text, failed.Sentence));
    }

    [Fact]
    public async Task Someone_who_connected_anew_is_looked_up_again()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        SayTo("bob", "one");
        await session.AcceptAsync((await AnswerLookUpAsync(session, Bob.Whole)).Ref);
        await NextAsync<ClientEvent.MessageSent>();
        await session.PresenceAsync(new Presence { Joined = { Bob.Public }, Online = 2 });
        await NextAsync<ClientEvent.PresenceChanged>();
        SayTo("bob", "two");
        Assert.Equal("two", Bob.Read(hello, (await AnswerLookUpAsync(session, Bob.Whole)).Private.Envelope));
    }

    [Fact]
    public async Task Someone_who_left_and_is_back_within_one_notice_is_here()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        await session.PresenceAsync(new Presence
        {
            Left = { new Departure { Member = Bob.Public } },
            Joined = { Bob.Public },
            Online = 2,
        });
        await NextAsync<ClientEvent.PresenceChanged>();
        SayTo("bob", "welcome back");
        var who = (await session.ReadAsync(ClientFrame.BodyOneofCase.Who)).Who;
        Assert.Equal(("", Bob.Key.ToByteString()), (who.Name, who.Fingerprint));
    }

    [Fact]
    public async Task A_tampered_message_is_shown_as_such_and_never_as_genuine()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        var envelope = Envelope.Parser.ParseFrom(Bob.ToLobby("pay mallory"));
        var signature = envelope.Signature.ToByteArray();
        signature[5] ^= 1;
        envelope.Signature = ByteString.CopyFrom(signature);
        await session.PostAsync(Bob.Public, envelope.ToByteString());
        await session.PostAsync(Bob.Public, Bob.ToLobby("genuine"));
        var gap = await NextAsync<ClientEvent.MessageUnreadable>();
        Assert.Equal((Unreadable.BadSignature, "bob"), (gap.Reason, gap.From.Name));
        Assert.Equal("genuine", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
    }

    [Fact]
    public async Task A_replay_is_dropped_and_said_once()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        var envelope = Bob.ToLobby("pay me");
        foreach (var copy in new[] { envelope, envelope, envelope, Bob.ToLobby("last") })
            await session.PostAsync(Bob.Public, copy);
        await NextAsync<ClientEvent.MessageCame>(came => came.Body.Text == "last");
        Assert.Single(Seen.OfType<ClientEvent.MessageCame>(), came => came.Body.Text == "pay me");
        Assert.Single(Seen.OfType<ClientEvent.Notice>(), notice => notice.Code == "replay-dropped");
    }

    [Fact]
    public async Task Whoever_is_ignored_is_ignored_under_any_name()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Ignore("bob", IsIgnored: true));
        Assert.True((await NextAsync<ClientEvent.IgnoreChanged>()).IsIgnored);
        await session.PostAsync(Bob.Public, Bob.ToLobby("one"));
        Bob.Name = "robert";
        await session.PostAsync(Bob.Public, Bob.ToLobby("two"));
        Say("mine");
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await NextAsync<ClientEvent.MessageSent>();
        Assert.Empty(Seen.OfType<ClientEvent.MessageCame>());
    }

    [Fact]
    public async Task Who_asks_page_after_page()
    {
        var (session, _) = await EnterAsync();
        Do(new ClientCommand.Who());
        var first = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.ReplyAsync(new Reply { Ref = first.Ref, Roster = new Roster { Members = { Bob.Public }, More = true } });
        var second = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        Assert.Equal("bob", second.Who.After);
        using var carol = new ScriptedPerson("carol");
        await session.ReplyAsync(new Reply { Ref = second.Ref, Roster = new Roster { Members = { carol.Public } } });
        Assert.Equal(["bob", "carol"], (await NextAsync<ClientEvent.WhoAnswered>()).People.Select(peer => peer.Name));
    }

    [Fact]
    public async Task Coming_going_and_renaming_are_told_but_not_our_own()
    {
        var (session, hello) = await EnterAsync();
        using var carol = new ScriptedPerson("carol");
        using var dave = new ScriptedPerson("dave");
        await session.PresenceAsync(new Presence
        {
            Joined = { new Member { Name = "alice", IdentityKey = hello.IdentityKey }, Bob.Public },
            Left = { new Departure { Member = carol.Public, Reason = CloseReason.ConnectionLost } },
            Renamed = { new Renaming { From = "david", To = dave.Public } },
            Online = 3,
        });
        var presence = await NextAsync<ClientEvent.PresenceChanged>();
        Assert.Equal("bob", Assert.Single(presence.Joined).Name);
        Assert.Equal(("carol", "connection-lost"), (Assert.Single(presence.Left).Peer.Name, presence.Left[0].Reason));
        Assert.Equal(("david", "dave"), (Assert.Single(presence.Renamed).Before, presence.Renamed[0].Peer.Name));
    }

    [Fact]
    public async Task A_rename_is_asked_for_and_told()
    {
        var (session, hello) = await EnterAsync();
        Do(new ClientCommand.Rename("carol"));
        var rename = await session.ReadAsync(ClientFrame.BodyOneofCase.Rename);
        Assert.Equal("carol", rename.Rename.Name);
        await session.ReplyAsync(new Reply { Ref = rename.Ref, Renamed = new Member { Name = "carol", IdentityKey = hello.IdentityKey } });
        Assert.Equal(new ClientEvent.YouRenamed("alice", "carol"), await NextAsync<ClientEvent.YouRenamed>());

        Do(new ClientCommand.Rename("bob"));
        var again = await session.ReadAsync(ClientFrame.BodyOneofCase.Rename);
        await session.RefuseAsync(again.Ref, RefusalCode.NameTaken, "Someone here has that name already.", "bob2");
        var refused = await NextAsync<ClientEvent.CommandRefused>();
        Assert.Equal(("name-taken", "Someone here has that name already. Free: bob2."), (refused.Code, refused.Sentence));
    }

    [Fact]
    public async Task The_inspector_explains_a_message_by_its_number()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        await session.PostAsync(Bob.Public, Bob.ToLobby("look inside"));
        var came = await NextAsync<ClientEvent.MessageCame>();
        Do(new ClientCommand.Inspect(came.Number));
        var inspected = await NextAsync<ClientEvent.Inspected>();
        Assert.Contains(inspected.Lines, line => line.Contains("look inside", StringComparison.Ordinal));
        Do(new ClientCommand.Inspect(99));
        Assert.Equal("no-such-message", (await NextAsync<ClientEvent.CommandRefused>()).Code);
    }

    [Fact]
    public async Task A_text_that_cannot_be_sent_is_handed_back_with_a_sentence()
    {
        await EnterAsync();
        Say("\u001b[31mred");
        Assert.Equal("text-invalid", (await NextAsync<ClientEvent.MessageFailed>()).Code);
        Say(new string('x', 16 * 1024 + 1));
        Assert.Contains("16384 bytes", (await NextAsync<ClientEvent.MessageFailed>()).Sentence, StringComparison.Ordinal);
    }

    private static async Task<ClientFrame> AnswerLookUpAsync(ScriptedSession session, Member member)
    {
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { member } } });
        return await session.ReadAsync(ClientFrame.BodyOneofCase.Private);
    }
}
