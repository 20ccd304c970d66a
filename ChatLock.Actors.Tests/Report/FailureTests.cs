using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Routing;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Actors.Tests.Report;

/// <summary>What happens to whom when a part of the server fails: docs/FAILURES.md.</summary>
public sealed class FailureTests : ServerRig
{
    [Fact]
    public async Task A_bug_in_one_session_closes_it_with_a_reason_and_nobody_else_notices()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        alice.OnCredit = () => throw new InvalidOperationException("a bug");

        alice.Send(new ClientFrame { Ping = new Ping() });

        Assert.Equal(CloseReason.InternalError, (await alice.NextAsync(BodyOneofCase.Close)).Close.Reason);
        await alice.ReleasedAsync();
        Assert.NotNull((await bob.ReplyToAsync(bob.Post("on it goes"))).Accepted);
        var again = await alice.ResumeAsync(Server, alice.Welcome.Rooms.Single().Position);
        Assert.True(again.Welcome.Resumed);
        Assert.Equal("on it goes", (await again.NextAsync(BodyOneofCase.Posted)).Posted.Envelope.ToStringUtf8());
        await bob.SettleAsync();
        Assert.DoesNotContain(bob.Everything, frame => frame.Presence?.Left.Count > 0);
    }

    [Fact]
    public async Task The_same_key_takes_its_own_session_over()
    {
        var old = await EnterAsync("alice");
        var bob = await EnterAsync("bob");

        var again = await TestClient.EnterAsync(Server, "alice", old.Key);

        Assert.Equal(CloseReason.TakenOver, (await old.NextAsync(BodyOneofCase.Close)).Close.Reason);
        bob.SendPrivate(again.Fingerprint, "which one?");
        await again.NextAsync(BodyOneofCase.PrivateMessage);
        bob.Post("to all");
        await again.NextAsync(BodyOneofCase.Posted);
        await bob.SettleAsync();
        Assert.DoesNotContain(bob.Everything, frame => frame.Presence?.Left.Count > 0);
    }

    [Fact]
    public async Task The_registry_restarts_without_forgetting_a_name()
    {
        await EnterAsync("alice");

        Poison("registry", new RegistryCommand.Claim(null!, default, default, null!, TestActor));

        Assert.Equal(RefusalCode.Internal, ExpectMsg<SessionMessage.NameRefused>().Refusal.Code);
        var other = await TestClient.ConnectAsync(Server);
        Assert.Equal(RefusalCode.NameTaken, (await other.ReplyToAsync(other.SendHello("alice"))).Refused.Code);
    }

    [Fact]
    public async Task The_lobby_restarts_without_losing_a_member_or_a_number()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        await alice.ReplyToAsync(alice.Post("one"));

        Poison("rooms/lobby", new RoomCommand.Post(alice.Fingerprint, default, 7, null!, TestActor));

        Assert.Equal(RefusalCode.Internal, ExpectMsg<SessionMessage.Answered>().Reply.Refused.Code);
        Assert.Equal(2UL, (await alice.AcceptedAsync(() => alice.Post("two"))).Sequence);
        Assert.Equal(1UL, (await bob.NextAsync(BodyOneofCase.Posted)).Posted.Position.Sequence);
        Assert.Equal(2UL, (await bob.NextAsync(BodyOneofCase.Posted)).Posted.Position.Sequence);
    }

    [Fact]
    public async Task The_router_restarts_and_still_finds_everyone()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");

        Poison("router", new RouterCommand.Who(9, null!, TestActor));

        Assert.Equal(RefusalCode.Internal, ExpectMsg<SessionMessage.Answered>().Reply.Refused.Code);
        alice.SendPrivate(bob.Fingerprint, "found");
        await bob.NextAsync(BodyOneofCase.PrivateMessage);
    }

    [Fact]
    public async Task The_fan_outs_restart_and_still_reach_everyone()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");

        Poison("fan-out-0", new FanOutCommand.Send(null!, null!));
        Poison("fan-out-1", new FanOutCommand.Send(null!, null!));

        alice.Post("to all");
        await bob.NextAsync(BodyOneofCase.Posted);
    }

    [Fact]
    public async Task When_the_server_stops_everyone_gets_what_was_under_way_and_then_the_reason()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        await alice.ReplyToAsync(alice.Post("last words"));

        Assert.True(await Server.DrainAsync(CloseReason.ServerStopping, TimeSpan.FromSeconds(30)));

        await bob.NextAsync(BodyOneofCase.Posted);
        Assert.Equal(CloseReason.ServerStopping, (await bob.NextAsync(BodyOneofCase.Close)).Close.Reason);
        await alice.ReleasedAsync();
        await bob.ReleasedAsync();
        Assert.Equal(0, Counters.Sessions);
    }

    private void Poison(string child, object command) =>
        Sys.ActorSelection($"/user/server/{child}").Tell(command);
}

/// <summary>A reader that can't keep up costs itself, and a bounded amount of memory.</summary>
public sealed class SlowReaderTests() : ServerRig(new SessionLimits
{
    PostsPerSecond = 10_000,
    PostsBurst = 10_000,
    OutboundMaxBytes = 128 * 1024,
})
{
    [Fact]
    public async Task A_reader_that_takes_nothing_is_closed_at_the_bound_the_others_get_everything_and_it_too_when_it_resumes()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        var slow = await EnterAsync("slow");
        await slow.SettleAsync();
        slow.StopTaking();

        var text = new string('x', 1000);
        for (var i = 0; i < 300; i++)
            await alice.ReplyToAsync(alice.Post(text));

        for (var sequence = 1UL; sequence <= 300; sequence++)
            Assert.Equal(sequence, (await bob.NextAsync(BodyOneofCase.Posted)).Posted.Position.Sequence);

        slow.TakeAgain();
        await slow.ReleasedAsync();
        Assert.Equal(CloseReason.TooSlow, slow.Everything.Last().Close.Reason);
        AwaitCondition(() => Counters.Closes(CloseReason.TooSlow) > 0, Patience); // by another actor than the one that let go
        Assert.Equal(1, Counters.Closes(CloseReason.TooSlow));

        var last = slow.Everything.Last(frame => frame.Posted is not null).Posted.Position;
        var again = await slow.ResumeAsync(Server, last);
        Assert.True(again.Welcome.Resumed);
        for (var sequence = last.Sequence + 1; sequence <= 300; sequence++)
            Assert.Equal(sequence, (await again.NextAsync(BodyOneofCase.Posted)).Posted.Position.Sequence);
        await alice.SettleAsync();
        Assert.DoesNotContain(alice.Everything, frame => frame.Presence?.Left.Count > 0);
    }
}
