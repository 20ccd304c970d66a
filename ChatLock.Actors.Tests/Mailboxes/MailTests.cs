using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Tests.Report;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Mailboxes;

/// <summary>Private messages, as their senders and receivers see them.</summary>
public sealed class MailTests() : ServerRig(mailbox: new MailboxSettings { MessagesMax = 30, SenderMax = 20 })
{
    [Fact]
    public async Task A_message_to_someone_who_is_away_waits_and_comes_with_the_time_at_which_it_was_sent()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        bob.Vanish();
        await bob.ReleasedAsync();

        var reply = await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "waiting"));
        Assert.True(reply.Accepted.Waiting);

        var again = await bob.ResumeAsync(Server, bob.Welcome.Mailbox);
        Assert.Equal(["waiting"], await again.PrivateTextsAsync(1));
        Assert.Equal(reply.Accepted.TimeUnixMs, again.Private().Single().TimeUnixMs);
        Assert.False((await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "at once"))).Accepted.Waiting);
    }

    [Fact]
    public async Task A_message_to_someone_who_is_absent_waits_as_long_as_the_name_is_kept()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        bob.Send(new ClientFrame { Bye = new Bye() });
        await bob.ReleasedAsync();

        Assert.True((await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "for later"))).Accepted.Waiting);

        var again = await TestClient.EnterAsync(Server, "bob", bob.Key);
        Assert.Equal(["for later"], await again.PrivateTextsAsync(1));
    }

    [Fact]
    public async Task What_was_acknowledged_does_not_come_again()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        foreach (var text in (string[])["one", "two", "three"])
            await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, text));
        await bob.PrivateTextsAsync(3);
        Assert.NotNull((await bob.ReplyToAsync(bob.Acknowledge(bob.Private().ElementAt(1).Position))).Accepted);
        bob.Vanish();

        var again = await TestClient.EnterAsync(Server, "bob", bob.Key); // it doesn't say where it stands

        Assert.Equal(["three"], await again.PrivateTextsAsync(1));
    }

    [Fact]
    public async Task A_message_that_is_sent_again_comes_once_and_is_answered_with_the_first_time()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        var id = TestClient.NewId();

        var first = (await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "once", id))).Accepted;
        var again = (await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "once", id))).Accepted;
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "next"));

        Assert.Equal(first, again);
        Assert.Equal(["once", "next"], await bob.PrivateTextsAsync(2));
    }

    [Fact]
    public async Task A_stranger_can_not_fill_a_mailbox_alone_and_all_together_only_to_its_bound()
    {
        var bob = await EnterAsync("bob");
        bob.Vanish();
        var stranger = await EnterAsync("stranger");
        var other = await EnterAsync("other");

        var strangers = await SendAsync(stranger, 25);
        var others = await SendAsync(other, 15);

        Assert.Equal(20, strangers.Count(reply => reply.Accepted is not null));
        Assert.Equal(10, others.Count(reply => reply.Accepted is not null));
        Assert.All(
            strangers.Concat(others).Where(reply => reply.Refused is not null),
            reply => Assert.Equal(RefusalCode.MailboxFull, reply.Refused.Code));

        async Task<List<Reply>> SendAsync(TestClient from, int count)
        {
            var replies = new List<Reply>();
            for (var i = 0; i < count; i++)
                replies.Add(await from.ReplyToAsync(from.SendPrivate(bob.Fingerprint, $"{i}")));
            return replies;
        }
    }

    [Fact]
    public async Task Two_talk_in_order_while_both_lose_their_connections_again_and_again()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        var got = new List<string>();
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 4; i++)
                await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, $"{round}.{i}"));
            got.AddRange(await bob.PrivateTextsAsync(4));
            var at = bob.Private().Last().Position;
            await bob.ReplyToAsync(bob.Acknowledge(at));
            bob.Vanish();
            alice.Vanish();
            alice = await alice.ResumeAsync(Server);
            bob = await bob.ResumeAsync(Server, at);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n / 4}.{n % 4}"), got);
        await bob.SettleAsync();
        Assert.Empty(bob.Private());
    }
}
