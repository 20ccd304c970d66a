using ChatLock.Client.Conversations;
using ChatLock.Protocol.Wire;
using CsCheck;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Conversations;

/// <summary>The outgoing side of a conversation against a server that does whatever it likes, over connections that break whenever they like.</summary>
public sealed class OutboxTests
{
    /// <summary>Any interleaving of typing, cuts, lost replies and refusals: the server has each message once, in the order in which they were
    /// typed; each is taken once or handed back once; what was taken is in the server's log; what was handed back is not, unless its fate was
    /// unknown at the end.</summary>
    [Fact]
    public void Each_message_is_taken_exactly_once_or_handed_back_and_the_order_is_kept() => Gen.Int[0, 11].Array[1, 120].Sample(choices =>
    {
        var world = new World();
        foreach (var choice in choices)
            world.Step(choice);
        world.Check();
        world.Finish();
        world.Check();
        Assert.Equal(world.Said, world.Taken.Count + world.Failed.Count);
    });

    /// <summary>A connection that always comes back and a server that takes everything in the end: nothing is handed back.</summary>
    [Fact]
    public void Nothing_is_handed_back_where_the_server_takes_everything_in_the_end() => Gen.Int[0, 11].Array[1, 120].Sample(choices =>
    {
        var world = new World { IsGenerous = true };
        foreach (var choice in choices)
            world.Step(choice);
        world.Settle();
        world.Check();
        Assert.Empty(world.Failed);
        Assert.Equal(Enumerable.Range(0, world.Said), world.Log);
    });

    private sealed class World
    {
        private readonly Queue<OutboxEntry> _toServer = new();
        private readonly Queue<(ByteString Id, Reply Reply)> _toClient = new();
        private ConversationState _state = new();
        private bool _isOnline;

        /// <summary>Whether the server refuses only for a while.</summary>
        public bool IsGenerous { get; init; }

        public int Said { get; private set; }

        public List<int> Log { get; } = [];

        public List<int> Taken { get; } = [];

        public List<int> Failed { get; } = [];

        public void Step(int choice)
        {
            switch (choice)
            {
                case 0 or 1:
                    On(new OutboxInput.Say(new OutboxEntry(Id(Said), new MessageBody($"text {Said++}"), 2)));
                    break;
                case 2:
                    Cut(arrives: 0);
                    break;
                case 3:
                    Cut(arrives: _toServer.Count);
                    break;
                case 4 when !_isOnline:
                    _isOnline = true;
                    On(new OutboxInput.Online(IsAgain: true), new OutboxInput.Found(SameKey: true));
                    break;
                case 5:
                    Serve(null);
                    break;
                case 6:
                    Serve(RefusalCode.NotStored, 1_000);
                    break;
                case 7:
                    Serve(RefusalCode.TooFast, 5);
                    break;
                case 8 when !IsGenerous:
                    Serve(RefusalCode.Muted, 5);
                    break;
                case 9:
                    Hear();
                    break;
                case 10:
                    On(new OutboxInput.Resume());
                    break;
                case 11:
                    On(new OutboxInput.Stale(), new OutboxInput.Found(SameKey: false));
                    break;
            }
        }

        /// <summary>Long enough without trouble, all there is to do is done.</summary>
        public void Settle()
        {
            for (var round = 0; round < 5 * (Said + 1); round++)
            {
                foreach (var choice in new[] { 4, 5, 9, 10 })
                    Step(choice);
            }
        }

        public void Finish() => On(new OutboxInput.Close());

        public void Check()
        {
            Assert.Equal(Log.Distinct().Order(), Log);
            Assert.Equal(Taken.Distinct().Order(), Taken);
            Assert.Equal(Failed.Count, Failed.Distinct().Count());
            Assert.Empty(Taken.Intersect(Failed));
            Assert.Empty(Taken.Except(Log));
        }

        private void Serve(RefusalCode? refusal, uint retryAfterMs = 0)
        {
            if (!_toServer.TryDequeue(out var entry))
                return;
            var number = Number(entry.Id);
            var isKnown = Log.Contains(number); // whatever else, a repetition is answered with the first result
            if (refusal is null && !isKnown)
                Log.Add(number);
            _toClient.Enqueue((entry.Id, refusal is { } code && !isKnown
                ? new Reply { Refused = new Refused { Code = code, Sentence = "No.", RetryAfterMs = retryAfterMs } }
                : new Reply { Accepted = new Accepted { Sequence = (ulong)Log.IndexOf(number) + 1 } }));
        }

        private void Hear()
        {
            if (_toClient.TryDequeue(out var reply))
                On(new OutboxInput.Replied(reply.Id, reply.Reply));
        }

        /// <summary>The connection breaks: so many requests still arrive, no reply does.</summary>
        private void Cut(int arrives)
        {
            for (; arrives > 0; arrives--)
                Serve(null);
            _toServer.Clear();
            _toClient.Clear();
            _isOnline = false;
            On(new OutboxInput.Offline());
        }

        private void On(params OutboxInput[] inputs)
        {
            foreach (var input in inputs)
            {
                (_state, var effects) = _state.On(input);
                foreach (var effect in effects)
                    Perform(effect);
            }
        }

        private void Perform(OutboxEffect effect)
        {
            switch (effect)
            {
                case OutboxEffect.Send send:
                    Assert.True(_isOnline);
                    Assert.DoesNotContain(Number(send.Entry.Id), Taken);
                    _toServer.Enqueue(send.Entry);
                    break;
                case OutboxEffect.Taken taken:
                    Taken.Add(Number(taken.Entry.Id));
                    break;
                case OutboxEffect.Failed failed:
                    Failed.Add(Number(failed.Entry.Id));
                    break;
            }
        }

        private static ByteString Id(int number) => ByteString.CopyFrom(BitConverter.GetBytes(number));

        private static int Number(ByteString id) => BitConverter.ToInt32(id.Span);
    }
}
