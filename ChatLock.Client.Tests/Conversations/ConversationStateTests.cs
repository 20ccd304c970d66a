using ChatLock.Client.Conversations;
using ChatLock.Protocol.Wire;
using CsCheck;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Conversations;

public sealed class ConversationStateTests
{
    private readonly List<OutboxEffect> _effects = [];
    private ConversationState _state = new();

    [Fact]
    public void What_is_said_offline_waits_and_goes_out_in_order_when_there_is_somebody()
    {
        On(Say(1), Say(2));
        Assert.Equal([1, 2], Ids<OutboxEffect.Held>(held => held.Entry));
        _effects.Clear();
        On(new OutboxInput.Online(IsAgain: false));
        Assert.IsType<OutboxEffect.LookUp>(Assert.Single(_effects));
        On(new OutboxInput.Found(SameKey: true), Accept(1));
        Assert.Equal([1, 2], Ids<OutboxEffect.Send>(send => send.Entry));
    }

    [Fact]
    public void Nobody_is_looked_up_before_there_is_something_to_say()
    {
        On(new OutboxInput.Online(IsAgain: false));
        Assert.Empty(_effects);
        On(Say(1));
        Assert.IsType<OutboxEffect.LookUp>(Assert.Single(_effects));
    }

    [Fact]
    public void What_had_no_answer_when_the_connection_broke_is_sent_again_under_the_same_id()
    {
        Ready();
        On(Say(1), Say(2), Accept(1));
        Assert.Equal([1, 2], Ids<OutboxEffect.Send>(send => send.Entry));
        _effects.Clear();
        On(new OutboxInput.Offline(), new OutboxInput.Online(IsAgain: true), new OutboxInput.Found(SameKey: true));
        Assert.Equal([2], Ids<OutboxEffect.Held>(held => held.Entry));
        Assert.Equal([2], Ids<OutboxEffect.Send>(send => send.Entry));
    }

    [Fact]
    public void A_receiver_who_is_not_here_hands_the_text_back()
    {
        On(new OutboxInput.Online(false), Say(1), new OutboxInput.NotFound("bob isn't here."));
        var failed = Assert.Single(_effects.OfType<OutboxEffect.Failed>());
        Assert.Equal(("text 1", RefusalCode.NotHere), (failed.Entry.Body.Text, failed.Code));
        Assert.Empty(_state.Outbox);
    }

    [Fact]
    public void After_our_own_reconnect_a_receiver_has_some_time_to_be_back_too()
    {
        On(Say(1), new OutboxInput.Online(IsAgain: true), new OutboxInput.NotFound("no"));
        Assert.Equal(Reach.Awaited, _state.Reach);
        On(new OutboxInput.Stale());
        Assert.Equal(2, _effects.OfType<OutboxEffect.LookUp>().Count());
        On(new OutboxInput.Found(SameKey: false));
        Assert.Equal([1], Ids<OutboxEffect.Send>(send => send.Entry));
    }

    [Fact]
    public void When_that_time_is_over_the_text_is_handed_back()
    {
        On(Say(1), new OutboxInput.Online(IsAgain: true), new OutboxInput.NotFound("no"), new OutboxInput.GraceOver());
        Assert.Equal([1], Ids<OutboxEffect.Failed>(failed => failed.Entry));
    }

    [Fact]
    public void Too_fast_is_tried_again_after_the_pause_and_nothing_overtakes_it()
    {
        Ready();
        On(Say(1), Refuse(1, RefusalCode.TooFast, retryAfterMs: 200), Say(2));
        Assert.Equal(TimeSpan.FromMilliseconds(200), Assert.Single(_effects.OfType<OutboxEffect.PauseFor>()).Delay);
        Assert.Equal([1], Ids<OutboxEffect.Send>(send => send.Entry));
        On(new OutboxInput.Resume(), Accept(1));
        Assert.Equal([1, 1, 2], Ids<OutboxEffect.Send>(send => send.Entry));
    }

    [Fact]
    public void Try_again_is_not_heard_for_ever()
    {
        Ready();
        On(Say(1));
        for (var times = 0; times <= ConversationState.RefusalsMax; times++)
            On(Refuse(1, RefusalCode.Internal, retryAfterMs: 1), new OutboxInput.Resume());
        Assert.Equal([1], Ids<OutboxEffect.Failed>(failed => failed.Entry));
    }

    [Fact]
    public void A_full_queue_hands_the_next_text_back()
    {
        for (var id = 0; id < ConversationState.QueueMax; id++)
            On(Say(id));
        Assert.Empty(_effects.OfType<OutboxEffect.Failed>());
        On(Say(7777));
        Assert.Equal([7777], Ids<OutboxEffect.Failed>(failed => failed.Entry));
    }

    [Fact]
    public void One_is_under_way_at_a_time()
    {
        Ready();
        On(Say(1), Say(2), Say(3));
        Assert.Equal([1], Ids<OutboxEffect.Send>(send => send.Entry));
        On(Accept(1));
        Assert.Equal([1, 2], Ids<OutboxEffect.Send>(send => send.Entry));
    }

    [Fact]
    public void What_is_not_stored_is_said_to_wait_and_tried_less_and_less_often()
    {
        Ready();
        On(Say(1));
        for (var times = 0; times < 8; times++)
            On(Refuse(1, RefusalCode.NotStored, retryAfterMs: 1_000), new OutboxInput.Resume());
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], _effects.OfType<OutboxEffect.PauseFor>().Select(pause => pause.Delay.TotalSeconds));
        Assert.Equal([1], Ids<OutboxEffect.Held>(held => held.Entry));
        Assert.Empty(_effects.OfType<OutboxEffect.Failed>());
        for (var times = 8; times <= ConversationState.NotStoredMax; times++)
            On(Refuse(1, RefusalCode.NotStored, retryAfterMs: 1_000), new OutboxInput.Resume());
        Assert.Equal([1], Ids<OutboxEffect.Failed>(failed => failed.Entry));
    }

    [Theory]
    [InlineData(RefusalCode.Muted)]
    [InlineData(RefusalCode.SlowMode)]
    public void Muted_and_slow_mode_hand_the_text_back_however_soon_it_would_do(RefusalCode code)
    {
        Ready();
        On(Say(1), Say(2), Refuse(1, code, retryAfterMs: 10));
        Assert.Equal([1], Ids<OutboxEffect.Failed>(failed => failed.Entry));
        Assert.Equal([1, 2], Ids<OutboxEffect.Send>(send => send.Entry));
    }

    [Fact]
    public void No_wait_is_longer_than_the_longest()
    {
        Ready();
        On(Say(1), Refuse(1, RefusalCode.TooFast, uint.MaxValue));
        Assert.Equal(ConversationState.PauseMax, Assert.Single(_effects.OfType<OutboxEffect.PauseFor>()).Delay);
    }

    [Fact]
    public void Stopping_hands_everything_back()
    {
        Ready();
        On(Say(1), new OutboxInput.Offline(), Say(2), new OutboxInput.Close());
        Assert.Equal([1, 2], Ids<OutboxEffect.Failed>(failed => failed.Entry));
        Assert.Empty(_state.Outbox);
    }

    /// <summary>Whatever happens in whatever order: each text ends exactly once, taken or handed back.</summary>
    [Fact]
    public void Nothing_is_lost_and_nothing_ends_twice() => Gen.Int[0, 8].Array[1, 60].Sample(choices =>
    {
        var state = new ConversationState();
        var (said, ended) = (0, new List<int>());
        foreach (var choice in choices.Append(-1))
        {
            OutboxInput input = choice switch
            {
                0 => Say(said++),
                1 => new OutboxInput.Online(IsAgain: true),
                2 => new OutboxInput.Offline(),
                3 => new OutboxInput.Found(SameKey: false),
                4 => new OutboxInput.NotFound("no"),
                5 => new OutboxInput.GraceOver(),
                6 => Accept(said / 2),
                7 => Refuse(said / 2, RefusalCode.TooFast, 5),
                8 => new OutboxInput.Resume(),
                _ => new OutboxInput.Close(),
            };
            (state, var effects) = state.On(input);
            ended.AddRange(effects.OfType<OutboxEffect.Failed>().Select(failed => Number(failed.Entry)));
            ended.AddRange(effects.OfType<OutboxEffect.Taken>().Select(done => Number(done.Entry)));
        }
        return ended.Order().SequenceEqual(Enumerable.Range(0, said));
    });

    private void Ready()
    {
        On(new OutboxInput.Online(false), new OutboxInput.Found(true));
        _effects.Clear();
    }

    private void On(params OutboxInput[] inputs)
    {
        foreach (var input in inputs)
        {
            (_state, var effects) = _state.On(input);
            _effects.AddRange(effects);
        }
    }

    private IEnumerable<int> Ids<T>(Func<T, OutboxEntry> entry) => _effects.OfType<T>().Select(effect => Number(entry(effect)));

    private static int Number(OutboxEntry entry) => BitConverter.ToInt32(entry.Id.Span);

    private static ByteString Id(int number) => ByteString.CopyFrom(BitConverter.GetBytes(number));

    private static OutboxInput.Say Say(int number) =>
        new(new OutboxEntry(Id(number), new MessageBody($"text {number}"), 2));

    private static OutboxInput.Replied Accept(int number) =>
        new(Id(number), new Reply { Accepted = new Accepted { Sequence = 1 } });

    private static OutboxInput.Replied Refuse(int number, RefusalCode code, uint retryAfterMs) => new(
        Id(number), new Reply { Refused = new Refused { Code = code, Sentence = "no", RetryAfterMs = retryAfterMs } });
}
