using System.Security.Cryptography;
using ChatLock.Client.Conversations;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class ReceiptTests : ClientScenario
{
    private const byte ReceiptMark = 0x02;

    [Theory]
    [InlineData(SuiteId.Sealed)]
    [InlineData(SuiteId.Classic)]
    public async Task A_private_message_that_is_shown_is_told_to_its_sender_in_its_own_suite(SuiteId suite)
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        var id = await session.PrivateAsync(Bob.Public, Bob.To(hello, "psst", suite));
        var receipt = await ReadPrivateAsync(session);
        Assert.Equal(Bob.Key.ToByteString(), receipt.Private.Recipient);
        Assert.Equal(16, receipt.Private.MessageId.Length);
        Assert.NotEqual(id, receipt.Private.MessageId);
        Assert.Equal((uint)suite, Envelope.Parser.ParseFrom(receipt.Private.Envelope).Suite);
        Assert.Equal(Receipt(id), Bob.ReadBytes(hello, receipt.Private.Envelope).AsSpan(0, 17));
        await session.AcceptAsync(receipt.Ref);
        await NothingFollowsAsync(session);
        Assert.DoesNotContain(Seen.OfType<ClientEvent.MessageSent>(), sent => sent.To is not null);
    }

    [Fact]
    public async Task What_comes_within_half_a_second_is_told_in_one()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        await session.PrivateAsync(Bob.Public, Bob.To(hello, "one"));
        var first = await ReadPrivateAsync(session);
        var two = await session.PrivateAsync(Bob.Public, Bob.To(hello, "two"));
        var three = await session.PrivateAsync(Bob.Public, Bob.To(hello, "three"));
        await NextAsync<ClientEvent.MessageCame>(came => came.Body.Text == "three");
        await session.AcceptAsync(first.Ref);
        await NothingFollowsAsync(session);

        Clock.Advance(ReceiptState.Rest);
        var second = await session.ReadAsync(ClientFrame.BodyOneofCase.Private);
        Assert.Equal(Receipt(two, three), Bob.ReadBytes(hello, second.Private.Envelope));
    }

    [Fact]
    public async Task Nobody_else_s_message_and_none_that_is_not_shown_is_told()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        await session.PostAsync(Bob.Public, Bob.ToLobby("to all"));
        var envelope = Bob.To(hello, "once");
        await session.PrivateAsync(Bob.Public, envelope, RandomId());
        var receipt = await ReadPrivateAsync(session);
        await session.AcceptAsync(receipt.Ref);
        Clock.Advance(ReceiptState.Rest);

        await session.PrivateAsync(Bob.Public, envelope, RandomId()); // a replay
        await session.PrivateAsync(Bob.Public, ByteString.CopyFromUtf8("no envelope"));
        await session.PrivateAsync(Bob.Public, Bob.To(hello, [0xFF])); // no text
        await session.PrivateAsync(Bob.Public, Bob.To(hello, "an id of two bytes"), ByteString.CopyFrom(1, 2));
        await session.PrivateAsync(Bob.Public, Bob.To(hello, Receipt(RandomId()))); // no receipt answers a receipt
        await NextAsync<ClientEvent.MessageCame>(came => came.Body.Text == "an id of two bytes");
        await NothingFollowsAsync(session);
        Assert.Equal(2, Seen.OfType<ClientEvent.MessageCame>().Count(came => came.IsPrivate));
    }

    [Fact]
    public async Task Whoever_is_ignored_is_told_nothing()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Ignore("bob", IsIgnored: true));
        await NextAsync<ClientEvent.IgnoreChanged>();
        await session.PrivateAsync(Bob.Public, Bob.To(hello, "psst"));
        await NothingFollowsAsync(session);
    }

    [Fact]
    public async Task A_changed_key_is_told_nothing_before_the_user_has_answered()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        await session.PostAsync(Bob.Public, Bob.ToLobby("hello"));
        await NextAsync<ClientEvent.MessageCame>();
        using var mallory = new ScriptedPerson("bob");
        await session.PrivateAsync(mallory.Public, mallory.To(hello, "I lost my phone"));
        await NextAsync<ClientEvent.MessageCame>();
        await NothingFollowsAsync(session);
    }

    [Fact]
    public async Task What_waits_for_someone_who_left_is_told_when_they_are_back()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        await session.PrivateAsync(Bob.Public, Bob.To(hello, "one"));
        var first = await ReadPrivateAsync(session);
        await session.PrivateAsync(Bob.Public, Bob.To(hello, "two"));
        await NextAsync<ClientEvent.MessageCame>(came => came.Body.Text == "two");
        await session.PresenceAsync(new Presence { Left = { new Departure { Member = Bob.Public } }, Online = 1 });
        await NextAsync<ClientEvent.PresenceChanged>();
        await session.AcceptAsync(first.Ref);
        Clock.Advance(ReceiptState.Rest);
        await NothingFollowsAsync(session);
        await session.PresenceAsync(new Presence { Joined = { Bob.Public }, Online = 2 });
        await ReadPrivateAsync(session);
    }

    [Fact]
    public async Task Someone_the_server_does_not_know_is_told_nothing_and_others_are()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        using var carol = new ScriptedPerson("carol");
        await session.PrivateAsync(Bob.Public, Bob.To(hello, "one"));
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.PrivateAsync(carol.Public, carol.To(hello, "two"));
        await session.RefuseAsync(who.Ref, RefusalCode.NotHere, "Nobody of that name or key is here.");
        var receipt = await ReadPrivateAsync(session, carol);
        Assert.Equal(carol.Key.ToByteString(), receipt.Private.Recipient);
        await session.RefuseAsync(receipt.Ref, RefusalCode.NotHere, "The receiver isn't here.");
        await NothingFollowsAsync(session);
    }

    [Fact]
    public async Task A_receipt_keeps_no_message_waiting()
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync(new SessionLimits { PostsPerSecond = 10, PostsBurst = 10 });
        var hello = await session.ReadHelloAsync();
        await session.WelcomeAsync(hello, Bob.Public);
        await NextAsync<ClientEvent.Entered>();
        for (var line = 0; line < 4; line++)
            await SayAsync(session, $"line {line}");

        // Four of eight are left: a receipt goes when there are five.
        await session.PrivateAsync(Bob.Public, Bob.To(hello.Hello, "psst"));
        await NextAsync<ClientEvent.MessageCame>();
        for (var line = 4; line < 8; line++)
            await SayAsync(session, $"line {line}");
        Clock.Advance(TimeSpan.FromMilliseconds(5 * 125 - 1));
        await SayAsync(session, "the next");
        await WhileTimePassesAsync(TimeSpan.FromMilliseconds(126), ReadPrivateAsync(session));
    }

    [Fact]
    public async Task A_message_is_delivered_when_the_receiver_s_client_says_so_and_only_once()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        var (number, id) = await SayToBobAsync(session, "psst");
        await session.PrivateAsync(Bob.Public, Bob.To(hello, Receipt(RandomId(), id, id)));
        await session.PrivateAsync(Bob.Public, Bob.To(hello, Receipt(id)));
        var delivered = await NextAsync<ClientEvent.MessageDelivered>();
        Assert.Equal((number, Bob.Key), (delivered.Number, delivered.To.Key));
        await NothingFollowsAsync(session);
        Assert.Single(Seen.OfType<ClientEvent.MessageDelivered>());
        Assert.Empty(Seen.OfType<ClientEvent.MessageCame>());
        Assert.Empty(Seen.OfType<ClientEvent.MessageUnreadable>());
    }

    [Fact]
    public async Task A_receipt_that_overtakes_the_server_s_answer_counts_after_it()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        SayTo("bob", "psst");
        var message = await ReadPrivateAsync(session);
        await session.PrivateAsync(Bob.Public, Bob.To(hello, Receipt(message.Private.MessageId)));
        await NothingFollowsAsync(session);
        Assert.Empty(Seen.OfType<ClientEvent.MessageDelivered>());
        await session.AcceptAsync(message.Ref);
        var sent = await NextAsync<ClientEvent.MessageSent>(sent => sent.To is not null);
        Assert.Equal(sent.Number, (await NextAsync<ClientEvent.MessageDelivered>()).Number);
    }

    [Fact]
    public async Task A_receipt_for_a_message_to_somebody_else_says_nothing()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        var (_, id) = await SayToBobAsync(session, "psst");
        using var carol = new ScriptedPerson("carol");
        await session.PrivateAsync(carol.Public, carol.To(hello, Receipt(id)));
        await NothingFollowsAsync(session);
        Assert.Empty(Seen.OfType<ClientEvent.MessageDelivered>());
    }

    [Fact]
    public async Task A_receipt_of_another_length_or_in_the_lobby_is_a_gap()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        await session.PrivateAsync(Bob.Public, Bob.To(hello, Receipt()));
        Assert.Equal(Unreadable.Malformed, (await NextAsync<ClientEvent.MessageUnreadable>()).Reason);
        await session.PrivateAsync(Bob.Public, Bob.To(hello, [.. Receipt(RandomId()), 0]));
        Assert.Equal(Unreadable.Malformed, (await NextAsync<ClientEvent.MessageUnreadable>()).Reason);
        await session.PostAsync(Bob.Public, Bob.ToLobby(Receipt(RandomId())));
        Assert.Equal(Unreadable.Malformed, (await NextAsync<ClientEvent.MessageUnreadable>()).Reason);
        await NothingFollowsAsync(session);
    }

    [Fact]
    public async Task What_waits_when_the_connection_breaks_is_told_on_the_next()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        var id = await session.PrivateAsync(Bob.Public, Bob.To(hello, "one"));
        await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is Client.Connection.ConnectionStatus.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        var second = await again.AdmitAsync(Bob.Public);
        await NextAsync<ClientEvent.Entered>();
        var receipt = await ReadPrivateAsync(again);
        Assert.Equal(Receipt(id), Bob.ReadBytes(second, receipt.Private.Envelope));
    }

    /// <summary>What is said now are the next frames that the client sends. Several: a receipt has a longer way through
    /// the client than what is said.</summary>
    private async Task NothingFollowsAsync(ScriptedSession session)
    {
        for (var time = 1; time <= 3; time++)
            await SayAsync(session, $"nothing before this, {time}");
    }

    private async Task SayAsync(ScriptedSession session, string text)
    {
        Say(text);
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        await session.AcceptAsync(post.Ref);
        await NextAsync<ClientEvent.MessageSent>(sent => sent.Body.Text == text);
    }

    private async Task<(int Number, ByteString Id)> SayToBobAsync(ScriptedSession session, string text)
    {
        SayTo("bob", text);
        var message = await ReadPrivateAsync(session);
        await session.AcceptAsync(message.Ref);
        return ((await NextAsync<ClientEvent.MessageSent>()).Number, message.Private.MessageId);
    }

    /// <summary>The next private message or receipt, after the look-up that goes before the first.</summary>
    private async Task<ClientFrame> ReadPrivateAsync(ScriptedSession session, ScriptedPerson? person = null)
    {
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { (person ?? Bob).Whole } } });
        return await session.ReadAsync(ClientFrame.BodyOneofCase.Private);
    }

    private static byte[] Receipt(params ByteString[] ids) => [ReceiptMark, .. ids.SelectMany(id => id)];

    private static ByteString RandomId() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SessionLimits.MessageIdBytes));
}
