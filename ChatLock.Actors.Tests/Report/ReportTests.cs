using ChatLock.Protocol.Wire;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Actors.Tests.Report;

/// <summary>The original report's promises, line by line, at the server. What the clients make of them is tested with them.</summary>
public sealed class ReportTests : ServerRig
{
    [Fact]
    public async Task A_connection_is_challenged_without_asking()
    {
        var client = await TestClient.ConnectAsync(Server);

        Assert.Equal(32, client.Challenge.Nonce.Length);
        Assert.Equal(65536u, client.Challenge.Limits.FrameMaxBytes);
    }

    [Fact]
    public async Task A_name_that_exists_is_refused_and_another_is_taken_on_the_same_connection()
    {
        await EnterAsync("alice");
        var second = await TestClient.ConnectAsync(Server);

        var refused = (await second.ReplyToAsync(second.SendHello("Alice"))).Refused;
        Assert.Equal(RefusalCode.NameTaken, refused.Code);
        Assert.NotEmpty(refused.Suggestions);

        var @ref = second.SendHello(refused.Suggestions[0]);
        var welcome = (await second.NextAsync(BodyOneofCase.Welcome)).Welcome;
        Assert.Equal(@ref, welcome.Ref);
        Assert.Equal(refused.Suggestions[0], welcome.You.Name);
        Assert.Contains(welcome.Here, member => member.Name == "alice");
    }

    [Fact]
    public async Task A_name_that_looks_like_a_held_one_is_refused()
    {
        await EnterAsync("paypal");
        var second = await TestClient.ConnectAsync(Server);

        var refused = (await second.ReplyToAsync(second.SendHello("раураl"))).Refused;

        Assert.Equal(RefusalCode.NameConfusable, refused.Code);
    }

    [Fact]
    public async Task A_new_name_is_seen_by_all_and_the_old_one_is_free()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");

        var reply = await alice.ReplyToAsync(alice.Send(new ClientFrame { Rename = new Rename { Name = "carol" } }));
        Assert.Equal("carol", reply.Renamed.Name);

        var seen = await bob.PresenceAsync(presence => presence.Renamed.Count > 0);
        Assert.Equal(("alice", "carol"), (seen.Renamed[0].From, seen.Renamed[0].To.Name));
        bob.Post("x");
        alice.Post("y");
        Assert.Equal("carol", (await bob.NextAsync(BodyOneofCase.Posted)).Posted.From.Name);
        await EnterAsync("alice");
    }

    [Fact]
    public async Task A_post_reaches_all_but_its_sender_who_gets_its_number()
    {
        var alice = await EnterAsync("alice");
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => EnterAsync($"other{i}")));

        var first = await alice.ReplyToAsync(alice.Post("hello"));
        var second = await alice.ReplyToAsync(alice.Post("again"));

        Assert.Equal((1UL, 2UL), (first.Accepted.Sequence, second.Accepted.Sequence));
        foreach (var other in others)
        {
            var posted = (await other.NextAsync(BodyOneofCase.Posted)).Posted;
            Assert.Equal(("alice", "hello", 1UL), (posted.From.Name, posted.Envelope.ToStringUtf8(), posted.Position.Sequence));
            Assert.Equal(2UL, (await other.NextAsync(BodyOneofCase.Posted)).Posted.Position.Sequence);
        }

        await alice.SettleAsync();
        Assert.DoesNotContain(alice.Everything, frame => frame.BodyCase == BodyOneofCase.Posted);
    }

    [Fact]
    public async Task A_private_message_reaches_one_and_no_other_socket_carries_it()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => EnterAsync($"other{i}")));

        var reply = await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "for bob"));

        Assert.NotNull(reply.Accepted);
        var message = (await bob.NextAsync(BodyOneofCase.PrivateMessage)).PrivateMessage;
        Assert.Equal(("alice", "for bob"), (message.From.Name, message.Envelope.ToStringUtf8()));
        foreach (var other in others.Append(alice))
        {
            await other.SettleAsync();
            Assert.DoesNotContain(other.Everything, frame => frame.BodyCase == BodyOneofCase.PrivateMessage);
        }
    }

    [Fact]
    public async Task A_receiver_who_is_not_there_is_refused_and_the_sender_goes_on()
    {
        var alice = await EnterAsync("alice");
        using var nobody = new TestClient();

        var reply = await alice.ReplyToAsync(alice.SendPrivate(nobody.Fingerprint, "anyone?"));

        Assert.Equal(RefusalCode.NotHere, reply.Refused.Code);
        Assert.NotNull((await alice.ReplyToAsync(alice.Post("still here"))).Accepted);
    }

    [Fact]
    public async Task Who_is_here_is_told_page_by_page_in_order_and_one_by_one()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => EnterAsync($"user{i:000}")));
        var asker = clients[7];
        var names = new List<string>();
        Roster page;
        do
        {
            page = (await asker.ReplyToAsync(asker.Send(
                new ClientFrame { Who = new Who { After = names.LastOrDefault() ?? "" } }))).Roster;
            names.AddRange(page.Members.Select(member => member.Name));
        }
        while (page.More);

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"user{i:000}"), names);
        Assert.Equal(120u, page.Online);
        var one = await asker.ReplyToAsync(asker.Send(new ClientFrame { Who = new Who { Name = "USER042" } }));
        Assert.Equal(clients[42].Key.PublicKey.Point.ToArray(), one.Roster.Members.Single().IdentityKey.ToByteArray());
        Assert.Equal(65, one.Roster.Members.Single().SessionKey.Length);
        var nobody = await asker.ReplyToAsync(asker.Send(new ClientFrame { Who = new Who { Name = "nobody" } }));
        Assert.Equal(RefusalCode.NotHere, nobody.Refused.Code);
    }

    [Fact]
    public async Task Everyone_is_told_who_left_and_the_name_is_kept_for_its_key()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        await alice.PresenceAsync(presence => presence.Joined.Any(member => member.Name == "bob"));

        bob.Send(new ClientFrame { Bye = new Bye() });

        var seen = await alice.PresenceAsync(presence => presence.Left.Count > 0);
        Assert.Equal(("bob", CloseReason.Left), (seen.Left[0].Member.Name, seen.Left[0].Reason));
        Assert.Equal(1u, seen.Online);
        await bob.ReleasedAsync();
        var other = await TestClient.ConnectAsync(Server);
        Assert.Equal(RefusalCode.NameTaken, (await other.ReplyToAsync(other.SendHello("bob"))).Refused.Code);
        await TestClient.EnterAsync(Server, "bob", bob.Key);
    }

    [Fact]
    public async Task Five_hundred_at_once_get_every_message_in_one_order()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => EnterAsync($"user{i}")));

        foreach (var sender in clients.Take(10))
        {
            for (var i = 0; i < 5; i++)
                sender.Post($"{i}");
        }

        foreach (var receiver in clients.Skip(10))
        {
            for (var sequence = 1UL; sequence <= 50; sequence++)
                Assert.Equal(sequence, (await receiver.NextAsync(BodyOneofCase.Posted)).Posted.Position.Sequence);
        }
    }
}
