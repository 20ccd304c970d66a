using ChatLock.Client.Mailbox;
using ChatLock.Protocol.Wire;
using CsCheck;

namespace ChatLock.Client.Tests.Mailbox;

public sealed class MailboxStateTests
{
    private readonly List<MailboxEffect> _effects = [];
    private MailboxState _state = new();

    public MailboxStateTests() => On(Welcomed(10));

    [Fact]
    public void What_was_dealt_with_is_acknowledged_after_a_while_in_one()
    {
        On(Came(11), Came(12), Handled(11), Handled(12));
        Assert.Equal(MailboxState.CollectFor, Assert.IsType<MailboxEffect.WakeAfter>(Assert.Single(_effects)).Delay);
        On(MailboxInput.Due.Now);
        Assert.Equal([12ul], Acknowledged());
    }

    [Fact]
    public void Many_are_acknowledged_at_once()
    {
        for (ulong number = 11; number < 11 + MailboxState.CollectMax; number++)
            On(Came(number), Handled(number));
        Assert.Equal([10ul + MailboxState.CollectMax], Acknowledged());
    }

    [Fact]
    public void What_is_still_open_holds_back_what_comes_after_it()
    {
        On(Came(11), Came(12), Came(13), Handled(11), Handled(13), MailboxInput.Due.Now);
        Assert.Equal([11ul], Acknowledged());
        On(Taken, Handled(12), MailboxInput.Due.Now);
        Assert.Equal([11ul, 13ul], Acknowledged());
    }

    [Fact]
    public void One_is_under_way_at_a_time()
    {
        On(Came(11), Came(12), Handled(11), MailboxInput.Due.Now, Handled(12), MailboxInput.Due.Now);
        Assert.Equal([11ul], Acknowledged());
        On(Taken, MailboxInput.Due.Now);
        Assert.Equal([11ul, 12ul], Acknowledged());
    }

    [Fact]
    public void A_refused_one_is_tried_again_after_a_while_and_not_at_once()
    {
        for (ulong number = 11; number < 11 + MailboxState.CollectMax; number++)
            On(Came(number), Handled(number));
        On(new MailboxInput.Answered(IsTaken: false));
        Assert.Single(Acknowledged());
        On(MailboxInput.Due.Now);
        Assert.Equal(2, Acknowledged().Count());
    }

    [Fact]
    public void What_had_no_answer_is_acknowledged_on_the_next_connection()
    {
        On(Came(11), Handled(11), MailboxInput.Due.Now, new MailboxInput.Offline(), Welcomed(11), MailboxInput.Due.Now);
        Assert.Equal([11ul, 11ul], Acknowledged());
    }

    [Fact]
    public void What_is_dealt_with_while_offline_is_acknowledged_afterwards()
    {
        On(Came(11), Came(12), new MailboxInput.Offline(), Handled(11), Handled(12));
        Assert.Empty(Acknowledged());
        On(Welcomed(12), MailboxInput.Due.Now);
        Assert.Equal([12ul], Acknowledged());
    }

    [Fact]
    public void A_mailbox_that_began_anew_is_counted_anew()
    {
        On(Came(11), Welcomed(0, epoch: 9), Handled(11), Came(1), Handled(1), MailboxInput.Due.Now);
        Assert.Empty(Acknowledged());
        On(new MailboxInput.Handled(9, 1), MailboxInput.Due.Now);
        Assert.Equal((9ul, 1ul), (Last.Epoch, Last.Sequence));
    }

    /// <summary>Whatever happens in whatever order: nothing open is acknowledged, one is under way at a time, and in the end all is.</summary>
    [Fact]
    public void Nothing_open_is_ever_acknowledged() => Gen.Int[0, 6].Array[1, 100].Sample(choices =>
    {
        var (state, _) = new MailboxState().On(Welcomed(0));
        var (last, open, handled, underWay, acknowledged, online) = (0ul, new List<ulong>(), 0ul, false, 0ul, true);
        var random = new Random(choices.Length);
        foreach (var choice in choices)
            Step(choice);
        while (open.Count > 0)
            Step(1);
        foreach (var choice in new[] { 5, 6, 3, 2, 3, 2, 3 })
            Step(choice);
        return acknowledged == last;

        void Step(int choice)
        {
            MailboxInput? input = choice switch
            {
                0 when online => Came(++last),
                1 when open.Count > 0 => Handled(open[random.Next(open.Count)]),
                2 => MailboxInput.Due.Now,
                3 when underWay => Taken,
                4 when underWay => new MailboxInput.Answered(IsTaken: false),
                5 => new MailboxInput.Offline(),
                6 when !online => Welcomed(last),
                _ => null,
            };
            if (input is null)
                return;
            if (input is MailboxInput.Came came)
                open.Add(came.Sequence);
            if (input is MailboxInput.Handled done)
                open.Remove(done.Sequence);
            online = input is MailboxInput.Welcomed || (online && input is not MailboxInput.Offline);
            if (input is MailboxInput.Answered { IsTaken: true })
                acknowledged = handled;
            underWay &= input is not (MailboxInput.Answered or MailboxInput.Offline);
            (state, var effects) = state.On(input);
            foreach (var effect in effects.OfType<MailboxEffect.Acknowledge>())
            {
                Assert.False(underWay);
                Assert.True(online);
                Assert.DoesNotContain(open, number => number <= effect.UpTo.Sequence);
                (underWay, handled) = (true, effect.UpTo.Sequence);
            }
        }
    });

    private static MailboxInput.Answered Taken => new MailboxInput.Answered(IsTaken: true);

    private Position Last => _effects.OfType<MailboxEffect.Acknowledge>().Last().UpTo;

    private IEnumerable<ulong> Acknowledged() => _effects.OfType<MailboxEffect.Acknowledge>().Select(effect => effect.UpTo.Sequence);

    private void On(params MailboxInput[] inputs)
    {
        foreach (var input in inputs)
        {
            (_state, var effects) = _state.On(input);
            _effects.AddRange(effects);
        }
    }

    private static MailboxInput.Welcomed Welcomed(ulong sequence, ulong epoch = 8) =>
        new MailboxInput.Welcomed(new Position { Epoch = epoch, Sequence = sequence });

    private static MailboxInput.Came Came(ulong number) => new MailboxInput.Came(number);

    private static MailboxInput.Handled Handled(ulong number) => new MailboxInput.Handled(8, number);
}
