using Akka.TestKit.Xunit2;
using ChatLock.Client.Connection;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests.Connection;

public sealed class RequestQueueTests : TestKit
{
    private readonly RequestQueue _queue = new();

    public RequestQueueTests()
        : base(TestPatience.Config)
    {
    }

    /// <summary>Who asks may not have heard yet that a session has ended, nor that another has begun.</summary>
    [Fact]
    public void What_is_asked_of_a_session_that_has_ended_is_not_sent_in_the_next()
    {
        Begin();
        _queue.Stop();
        Begin();

        _queue.Add(TestActor, Post(tag: 7, session: 1));

        Assert.Equal(new ConnectionAnswer.NotSent(7), ExpectMsg<ConnectionAnswer>());
        Assert.Null(_queue.Take(nowMs: 0, out _));
        _queue.Add(TestActor, Post(tag: 8, session: 2));
        Assert.Equal(ClientFrame.BodyOneofCase.Post, _queue.Take(nowMs: 0, out _)?.Frame.BodyCase);
    }

    [Fact]
    public void A_turn_that_is_awaited_in_a_session_that_has_ended_does_not_come_in_the_next()
    {
        Begin();
        _queue.Stop();
        Begin();

        _queue.AwaitTurn(TestActor, new ConnectionCommand.AwaitTurn(7, Session: 1));

        Assert.Equal(new ConnectionAnswer.NotSent(7), ExpectMsg<ConnectionAnswer>());
        _queue.AwaitTurn(TestActor, new ConnectionCommand.AwaitTurn(8, Session: 2));
        _queue.GiveTurn(nowMs: 0, out _);
        Assert.Equal(new ConnectionAnswer.Turn(8), ExpectMsg<ConnectionAnswer>());
    }

    [Fact]
    public void Before_the_first_session_nothing_is_sent()
    {
        _queue.Add(TestActor, Post(tag: 7, session: 0));
        Assert.Equal(new ConnectionAnswer.NotSent(7), ExpectMsg<ConnectionAnswer>());
    }

    private void Begin() => _queue.Start(new SessionLimits().ToWire(20), nowMs: 0);

    private static ConnectionCommand.Ask Post(long tag, long session) =>
        new(tag, new ClientFrame { Post = new Post { Room = "#garden" } }, session);
}
