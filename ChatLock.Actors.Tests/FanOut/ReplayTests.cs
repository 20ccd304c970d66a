using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.FanOut;

/// <summary>What was missed goes out chunk by chunk, as the reader takes it, and never more than the bound waits.</summary>
public sealed class ReplayTests : TestKit
{
    private const int MaxBytes = 4096;
    private readonly ServerCounters _counters = new();
    private readonly FrameRecorder _reader = new();
    private readonly IActorRef _fanOut;
    private readonly Outbound _outbound;
    private readonly TestProbe _settler;

    public ReplayTests()
        : base(TestPatience.Config)
    {
        _settler = CreateTestProbe();
        _fanOut = Sys.ActorOf(FanOutActor.Props(_counters));
        _outbound = new Outbound(_fanOut, _reader, TestActor, MaxBytes);
    }

    [Fact]
    public void A_chunk_is_through_when_the_transport_has_taken_it()
    {
        Greet();
        _reader.StopTaking();
        Replay([1, 2], "done");
        ExpectNoMsg(TimeSpan.Zero);

        _reader.TakeAgain();

        ExpectMsg("done");
        Assert.Equal([0UL, 1UL, 2UL], Nonces);
    }

    [Fact]
    public void A_chunk_waits_for_the_welcome_and_comes_after_it()
    {
        Replay([1, 2], "done");
        Settle();
        Assert.Empty(Nonces);

        Greet();

        ExpectMsg("done");
        Assert.Equal([0UL, 1UL, 2UL], Nonces);
    }

    [Fact]
    public void Chunks_of_many_askers_go_out_one_after_the_other_however_many_wait()
    {
        Greet();
        for (var i = 0; i < 50; i++)
            Replay([(ulong)i + 1], $"done {i}", bytes: MaxBytes / 4);

        for (var i = 0; i < 50; i++)
            ExpectMsg($"done {i}");
        Assert.Equal(Enumerable.Range(0, 51).Select(i => (ulong)i), Nonces);
    }

    [Fact]
    public void While_a_reader_takes_nothing_one_chunk_waits_in_line_and_the_session_is_not_too_slow()
    {
        Greet();
        _reader.StopTaking();
        Send(1); // its flush doesn't complete
        Settle();
        for (var i = 0; i < 50; i++)
            Replay([(ulong)i + 2], i, bytes: MaxBytes / 4);
        Settle();

        ExpectNoMsg(TimeSpan.Zero);
        _reader.TakeAgain();
        for (var i = 0; i < 50; i++)
            ExpectMsg(i);
        Assert.Equal(Enumerable.Range(0, 52).Select(i => (ulong)i), Nonces);
    }

    [Fact]
    public void Live_frames_do_not_wait_for_what_is_replayed_and_a_room_entered_after_a_chunk_comes_after_it()
    {
        Greet();
        _reader.StopTaking();
        Replay([1], "first", bytes: 1000);
        Replay([2], "second", bytes: 1000);
        _fanOut.Tell(new FanOutCommand.Enter("#garden", _outbound), TestActor);
        _fanOut.Tell(new FanOutCommand.Broadcast("#garden", [(Frame(3), null), (Frame(4), _outbound), (Frame(5), null)]), TestActor);
        Settle();
        _reader.TakeAgain();

        ExpectMsg("first");
        ExpectMsg("second");
        Assert.Equal([0UL, 1UL, 3UL, 5UL, 2UL], Nonces);
    }

    [Fact]
    public void Who_leaves_a_room_gets_nothing_more_of_it_that_is_not_in_line()
    {
        Greet();
        _reader.StopTaking();
        Replay([1], "first", bytes: 1000);
        Replay([2], "second", bytes: 1000);
        var other = CreateTestProbe();
        _fanOut.Tell(new FanOutCommand.Replay(_outbound, [Frame(3)], other, "other"), other);
        _fanOut.Tell(new FanOutCommand.Exit("#garden", _outbound), TestActor);
        Settle();
        _reader.TakeAgain();

        ExpectMsg("first");
        other.ExpectMsg("other");
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal([0UL, 1UL, 3UL], Nonces);
    }

    [Fact]
    public void An_ended_session_is_replayed_nothing()
    {
        Greet();
        _fanOut.Tell(new FanOutCommand.Finish(_outbound, Frame(9)), TestActor);
        Replay([1], "done");
        _fanOut.Tell(new FanOutCommand.Enter("#garden", _outbound), TestActor);
        _fanOut.Tell(new FanOutCommand.Broadcast("#garden", [(Frame(2), null)]), TestActor);
        Settle();

        ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal([0UL, 9UL], Nonces);
        Assert.True(_reader.IsReleased);
    }

    [Fact]
    public void A_chunk_of_nothing_is_through_at_once()
    {
        Greet();
        Replay([], "done");

        ExpectMsg("done");
    }

    [Fact]
    public void A_chunk_longer_than_what_is_flushed_at_once_is_through_at_its_end()
    {
        var wide = new Outbound(_fanOut, _reader, TestActor, 1024 * 1024);
        _fanOut.Tell(new FanOutCommand.Greet(wide, Frame(0)), TestActor);
        var frames = Enumerable.Range(1, 64).Select(i => Frame((ulong)i, 1024)).ToList();
        _fanOut.Tell(new FanOutCommand.Replay(wide, frames, TestActor, "done"), TestActor);

        ExpectMsg("done");
        Assert.Equal(Enumerable.Range(0, 65).Select(i => (ulong)i), Nonces);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _counters.Dispose();
    }

    /// <summary>The number in each frame that was written.</summary>
    private IEnumerable<ulong> Nonces => _reader.Frames.Select(frame => frame.Ping?.Nonce ?? frame.Challenge.Versions[0]);

    private void Greet()
    {
        _fanOut.Tell(new FanOutCommand.Greet(_outbound, Frame(0)), TestActor);
        Settle();
    }

    private void Send(ulong nonce) => _fanOut.Tell(new FanOutCommand.Send(_outbound, Frame(nonce)), TestActor);

    private void Replay(ulong[] nonces, object done, int bytes = 0) =>
        _fanOut.Tell(new FanOutCommand.Replay(_outbound, [.. nonces.Select(nonce => Frame(nonce, bytes))], TestActor, done), TestActor);

    /// <summary>All that was told before has been dealt with, and the flush that it scheduled too.</summary>
    private void Settle()
    {
        for (var i = 0; i < 2; i++)
        {
            _fanOut.Tell(new Identify(i), _settler);
            _settler.ExpectMsg<ActorIdentity>();
        }
    }

    private static EncodedFrame Frame(ulong nonce, int bytes = 0) => EncodedFrame.Of(bytes == 0
        ? new ServerFrame { Ping = new Ping { Nonce = nonce } }
        : new ServerFrame { Challenge = new Challenge { Server = new string('x', bytes - 20), Versions = { (uint)nonce } } });
}
