using ChatLock.Actors.Tests.Report;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Actors.Tests.Sessions;

/// <summary>A dropped connection, as the one who lost it and the others see it.</summary>
public sealed class ResumeTests : ServerRig
{
    [Fact]
    public async Task What_was_said_meanwhile_comes_after_the_position_and_nobody_heard_of_the_drop()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        await alice.ReplyToAsync(alice.Post("one"));
        var seen = (await bob.NextAsync(BodyOneofCase.Posted)).Posted.Position;
        bob.Vanish();
        await bob.ReleasedAsync();
        await alice.ReplyToAsync(alice.Post("two"));
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "for bob"));

        var again = await bob.ResumeAsync(Server, seen, bob.Welcome.Mailbox);

        Assert.Equal(("bob", true), (again.Welcome.You.Name, again.Welcome.Resumed));
        Assert.Equal("two", (await again.NextAsync(BodyOneofCase.Posted)).Posted.Envelope.ToStringUtf8());
        Assert.Equal(["for bob"], await again.PrivateTextsAsync(1));
        await alice.ReplyToAsync(alice.Post("three"));
        Assert.Equal("three", (await again.NextAsync(BodyOneofCase.Posted)).Posted.Envelope.ToStringUtf8());
        await alice.SettleAsync();
        Assert.DoesNotContain(alice.Everything, frame => frame.Presence?.Left.Count > 0);
    }

    [Fact]
    public async Task Each_welcome_has_a_new_token_and_an_old_one_is_refused_on_a_connection_that_goes_on()
    {
        var first = await EnterAsync("alice");
        first.Vanish();
        var second = await first.ResumeAsync(Server);
        Assert.NotEqual(first.Welcome.ResumeToken, second.Welcome.ResumeToken);
        second.Vanish();

        var third = await TestClient.ConnectAsync(Server, first.Key);
        var refused = await third.ReplyToAsync(third.SendHello("alice", first.Welcome.ResumeToken));
        Assert.Equal(RefusalCode.CannotResume, refused.Refused.Code);

        third.SendHello("alice");
        await third.WelcomedAsync();
        Assert.False(third.Welcome.Resumed);
    }

    [Fact]
    public async Task A_token_is_bound_to_its_key()
    {
        var alice = await EnterAsync("alice");
        alice.Vanish();
        var thief = await TestClient.ConnectAsync(Server);

        var refused = await thief.ReplyToAsync(thief.SendHello("alice", alice.Welcome.ResumeToken));

        Assert.Equal(RefusalCode.CannotResume, refused.Refused.Code);
        Assert.True((await alice.ResumeAsync(Server)).Welcome.Resumed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1000)]
    public async Task A_random_token_brings_nothing_back(int bytes)
    {
        var alice = await EnterAsync("alice");
        alice.Vanish();
        var again = await TestClient.ConnectAsync(Server, alice.Key);

        var refused = await again.ReplyToAsync(again.SendHello("alice", ByteString.CopyFrom(new byte[bytes])));

        Assert.Equal(RefusalCode.CannotResume, refused.Refused.Code);
    }

    [Fact]
    public async Task Of_two_that_resume_at_once_one_goes_on_and_the_other_can_not()
    {
        var alice = await EnterAsync("alice");
        alice.Vanish();
        var racers = await Task.WhenAll(TestClient.ConnectAsync(Server, alice.Key), TestClient.ConnectAsync(Server, alice.Key));
        foreach (var racer in racers)
            racer.SendHello("alice", alice.Welcome.ResumeToken);

        var outcomes = await Task.WhenAll(racers.Select(OutcomeAsync));

        Assert.Single(outcomes, frame => frame.BodyCase == BodyOneofCase.Welcome);
        Assert.Single(outcomes, frame => frame.Reply?.Refused.Code == RefusalCode.CannotResume);
    }

    [Fact]
    public async Task A_half_open_connection_is_ended_and_the_others_do_not_notice()
    {
        var old = await EnterAsync("alice");
        var bob = await EnterAsync("bob");

        var again = await old.ResumeAsync(Server);

        Assert.Equal(CloseReason.TakenOver, (await old.NextAsync(BodyOneofCase.Close)).Close.Reason);
        Assert.True(again.Welcome.Resumed);
        await bob.SettleAsync();
        Assert.DoesNotContain(bob.Everything, frame => frame.Presence?.Left.Count > 0);
    }

    [Fact]
    public async Task Rooms_are_brought_back_after_welcome_and_those_that_can_not_be_are_named()
    {
        var alice = await EnterAsync("alice");
        var joined = (await alice.ReplyToAsync(alice.Join("#garden", create: true))).Joined;
        alice.Vanish();

        var again = await alice.ResumeAsync(
            Server, joined.Position, new Position { Room = "#nowhere" }, new Position { Room = "No Room" });

        Assert.Equal("lobby", again.Welcome.Rooms.Single().Position.Room);
        Assert.Equal("#garden", (await again.FindAsync(frame => frame.Entered is not null)).Entered.Position.Room);
        Assert.Equal(RefusalCode.NoSuchRoom, await LeftAsync("#nowhere"));
        Assert.Equal(RefusalCode.RoomInvalid, await LeftAsync("No Room"));
        Assert.NotNull((await again.ReplyToAsync(again.Post("still in", "#garden"))).Accepted);

        async Task<RefusalCode> LeftAsync(string room) =>
            (await again.FindAsync(frame => frame.LeftRoom?.Room == room)).LeftRoom.Why.Code;
    }

    [Fact]
    public async Task A_session_that_said_goodbye_does_not_go_on()
    {
        var alice = await EnterAsync("alice");
        alice.Send(new ClientFrame { Bye = new Bye() });
        await alice.ReleasedAsync();
        var again = await TestClient.ConnectAsync(Server, alice.Key);

        var refused = await again.ReplyToAsync(again.SendHello("alice", alice.Welcome.ResumeToken));

        Assert.Equal(RefusalCode.CannotResume, refused.Refused.Code);
    }

    [Fact]
    public async Task Someone_who_is_away_or_absent_is_found_by_name_with_the_session_key()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        var carol = await EnterAsync("carol");
        bob.Vanish();
        carol.Send(new ClientFrame { Bye = new Bye() });
        await Task.WhenAll(bob.ReleasedAsync(), carol.ReleasedAsync());

        var here = (await alice.WhoAsync("bob")).Roster.Members.Single();
        var gone = (await alice.WhoAsync("carol")).Roster.Members.Single();

        Assert.Equal((false, 65), (here.Absent, here.SessionKey.Length));
        Assert.Equal((true, 65), (gone.Absent, gone.SessionKey.Length));
        Assert.Equal(RefusalCode.NotHere, (await alice.WhoAsync("dora")).Refused.Code);
    }

    [Fact]
    public async Task A_stop_waits_until_it_is_stored_who_was_here()
    {
        var alice = await EnterAsync("alice");

        Assert.True(await Server.DrainAsync(CloseReason.ServerStopping, TimeSpan.FromSeconds(30)));

        await alice.ReleasedAsync();
        await KillAsync();
        Assert.True((await alice.ResumeAsync(Server)).Welcome.Resumed);
    }

    [Fact]
    public async Task A_kill_is_a_drop_like_any_other()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        await alice.ReplyToAsync(alice.Post("one"));
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "for bob"));
        StoreNames();
        await KillAsync();

        var thief = await TestClient.ConnectAsync(Server);
        Assert.Equal(RefusalCode.NameTaken, (await thief.ReplyToAsync(thief.SendHello("alice"))).Refused.Code);
        var again = await bob.ResumeAsync(Server, bob.Welcome.Rooms.Single().Position, bob.Welcome.Mailbox);

        Assert.True(again.Welcome.Resumed);
        Assert.Equal("one", (await again.FindAsync(frame => frame.Posted is not null)).Posted.Envelope.ToStringUtf8());
        Assert.Equal(["for bob"], await again.PrivateTextsAsync(1));
        Assert.True((await again.WhoAsync("alice")).Roster.Members.Single() is { Absent: false });
    }

    private static Task<ServerFrame> OutcomeAsync(TestClient client) =>
        client.FindAsync(frame => frame.BodyCase == BodyOneofCase.Welcome || frame.Reply?.Refused is not null);
}
