using ChatLock.Client.Conversations;
using CsCheck;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Conversations;

public sealed class ReceiptStateTests
{
    private const uint Classic = 1, Sealed = 2;
    private static readonly ReceiptInput Met = new ReceiptInput.Met(IsHere: true);
    private readonly List<ReceiptEffect> _effects = [];
    private ReceiptState _state = Online;

    [Fact]
    public void A_message_that_is_shown_is_told_when_it_has_its_turn_and_the_peer_is_met()
    {
        On(Show(1));
        Assert.IsType<ReceiptEffect.AwaitTurn>(Assert.Single(_effects));
        On(new ReceiptInput.Turn());
        Assert.IsType<ReceiptEffect.Meet>(_effects[^1]);
        On(Met);
        Assert.Equal([[1]], Told());
        Assert.Equal(ReceiptState.Rest, Assert.IsType<ReceiptEffect.RestFor>(_effects[^1]).Delay);
        On(new ReceiptInput.Answered());
        Assert.IsType<ReceiptEffect.EndTurn>(_effects[^1]);
    }

    [Fact]
    public void What_is_shown_meanwhile_is_told_together_after_the_rest()
    {
        On(Show(1), new ReceiptInput.Turn(), Met, Show(2), new ReceiptInput.Answered(), Show(3));
        Assert.Single(_effects.OfType<ReceiptEffect.AwaitTurn>());
        On(new ReceiptInput.Rested());
        Assert.Equal(2, _effects.OfType<ReceiptEffect.AwaitTurn>().Count());
        On(Show(4), new ReceiptInput.Turn(), Met);
        Assert.Equal([[1], [2, 3, 4]], Told());
    }

    [Fact]
    public void A_rest_that_is_over_before_the_answer_waits_for_it()
    {
        On(Show(1), new ReceiptInput.Turn(), Met, Show(2), new ReceiptInput.Rested());
        Assert.Single(_effects.OfType<ReceiptEffect.AwaitTurn>());
        On(new ReceiptInput.Answered());
        Assert.IsType<ReceiptEffect.AwaitTurn>(_effects[^1]);
    }

    [Fact]
    public void Each_suite_has_receipts_of_its_own_in_the_order_of_the_messages()
    {
        On(Show(1), Show(2), Show(3, Classic), Show(4));
        Next();
        Next();
        Next();
        Assert.Equal([[1, 2], [3], [4]], Told());
        Assert.Equal([Sealed, Classic, Sealed], _effects.OfType<ReceiptEffect.Send>().Select(send => send.Suite));
    }

    [Fact]
    public void One_receipt_names_so_many_and_so_many_wait_and_no_more()
    {
        for (var id = 0; id < ReceiptState.WaitingMax + 5; id++)
            On(Show(id));
        for (var receipt = 0; receipt < ReceiptState.WaitingMax / Plaintext.ReceiptIdsMax + 2; receipt++)
            Next();
        Assert.All(Told(), told => Assert.Equal(Plaintext.ReceiptIdsMax, told.Count));
        Assert.Equal(Enumerable.Range(0, ReceiptState.WaitingMax), Told().SelectMany(told => told));
    }

    [Fact]
    public void What_waits_for_someone_who_is_gone_is_dropped_and_the_turn_given_back()
    {
        On(Show(1), new ReceiptInput.Gone(), new ReceiptInput.Turn());
        Assert.IsType<ReceiptEffect.EndTurn>(_effects[^1]);
        On(Show(2), new ReceiptInput.Turn(), Show(3), new ReceiptInput.Gone());
        Assert.IsType<ReceiptEffect.EndTurn>(_effects[^1]);
        On(Met);
        Assert.Empty(Told());
        On(Show(4), new ReceiptInput.Turn(), Met);
        Assert.Equal([[4]], Told());
    }

    [Fact]
    public void What_is_shown_of_someone_who_is_away_is_told_when_they_are_back()
    {
        On(Show(1), new ReceiptInput.Turn(), new ReceiptInput.Met(IsHere: false));
        Assert.IsType<ReceiptEffect.EndTurn>(_effects[^1]);
        On(new ReceiptInput.Stale(IsHere: false), new ReceiptInput.Rested());
        Assert.Single(_effects.OfType<ReceiptEffect.AwaitTurn>());
        On(new ReceiptInput.Stale(IsHere: true), new ReceiptInput.Turn(), Met);
        Assert.Equal([[1]], Told());
    }

    [Fact]
    public void Someone_who_writes_is_looked_for_again()
    {
        On(Show(1), new ReceiptInput.Turn(), new ReceiptInput.Met(IsHere: false), Show(2), new ReceiptInput.Turn(), Met);
        Assert.Equal([[1, 2]], Told());
    }

    [Fact]
    public void A_peer_that_connects_anew_while_it_is_looked_for_is_looked_for_once_more()
    {
        On(Show(1), new ReceiptInput.Turn(), new ReceiptInput.Stale(IsHere: true));
        Assert.Equal(2, _effects.OfType<ReceiptEffect.Meet>().Count());
        On(Met);
        Assert.Equal([[1]], Told());
    }

    [Fact]
    public void What_waits_when_the_connection_breaks_is_told_on_the_next_and_what_had_no_answer_again()
    {
        On(Show(1), new ReceiptInput.Turn(), Met, Show(2), new ReceiptInput.Offline(), Show(3), new ReceiptInput.Rested());
        Assert.Single(_effects.OfType<ReceiptEffect.AwaitTurn>());
        On(new ReceiptInput.Online(), new ReceiptInput.Turn(), Met);
        Assert.Equal([[1], [1, 2, 3]], Told());
    }

    /// <summary>Whatever happens in whatever order: within a connection each message is told once at most, in order, and no turn is kept
    /// or given back twice.</summary>
    [Fact]
    public void Nothing_is_told_twice_and_every_turn_ends() => Gen.Int[0, 10].Array[1, 80].Sample(choices =>
    {
        var (state, shown, told, turns) = (Online, 0, new List<int>(), 0);
        foreach (var choice in choices.Concat([1, 5, 4, 3, 6, 1, 5, 4]))
        {
            ReceiptInput input = choice switch
            {
                0 => Show(shown++),
                1 => new ReceiptInput.Turn(),
                2 => Met,
                3 or 5 => new ReceiptInput.Gone(),
                4 => new ReceiptInput.Answered(),
                7 => new ReceiptInput.Met(IsHere: false),
                8 => new ReceiptInput.Stale(IsHere: shown % 2 == 0),
                9 => new ReceiptInput.Online(),
                10 => new ReceiptInput.Offline(),
                _ => new ReceiptInput.Rested(),
            };
            (state, var effects) = state.On(input);
            if (choice == 10)
                (told, turns) = ([], 0); // the connection forgets whose turn it was
            told.AddRange(effects.OfType<ReceiptEffect.Send>().SelectMany(send => send.Ids).Select(Number));
            turns += effects.OfType<ReceiptEffect.AwaitTurn>().Count() - effects.OfType<ReceiptEffect.EndTurn>().Count();
            Assert.InRange(turns, 0, 1);
        }
        Assert.Equal(0, turns);
        Assert.Equal(told.Distinct().Order(), told);
    });

    private static ReceiptState Online => new ReceiptState().On(new ReceiptInput.Online()).Next;

    private void Next() => On(new ReceiptInput.Turn(), Met, new ReceiptInput.Answered(), new ReceiptInput.Rested());

    private void On(params ReceiptInput[] inputs)
    {
        foreach (var input in inputs)
        {
            (_state, var effects) = _state.On(input);
            _effects.AddRange(effects);
        }
    }

    private List<List<int>> Told() =>
        [.. _effects.OfType<ReceiptEffect.Send>().Select(send => send.Ids.Select(Number).ToList())];

    private static int Number(ByteString id) => BitConverter.ToInt32(id.Span);

    private static ReceiptInput.Show Show(int number, uint suite = Sealed) =>
        new(ByteString.CopyFrom([.. BitConverter.GetBytes(number), .. new byte[12]]), suite);
}

public sealed class SentMessagesTests
{
    [Fact]
    public void A_message_is_taken_once()
    {
        var sent = SentMessages.None.With(Id(1), 10).With(Id(2), 20);
        Assert.True(sent.TryTake(Id(2), out var number, out sent));
        Assert.Equal(20, number);
        Assert.False(sent.TryTake(Id(2), out _, out sent));
        Assert.False(sent.TryTake(Id(3), out _, out sent));
        Assert.True(sent.TryTake(Id(1), out number, out _));
        Assert.Equal(10, number);
    }

    [Fact]
    public void The_oldest_are_forgotten_taken_or_not()
    {
        var sent = SentMessages.None;
        for (var id = 0; id < SentMessages.Max + 10; id++)
            sent = sent.With(Id(id), id);
        Assert.False(sent.TryTake(Id(9), out _, out sent));
        Assert.True(sent.TryTake(Id(10), out var number, out sent));
        Assert.Equal(10, number);
        Assert.True(sent.TryTake(Id(SentMessages.Max + 9), out _, out sent));
        for (var id = 0; id < SentMessages.Max; id++)
            sent = sent.With(Id(-1 - id), id);
        for (var id = 0; id < SentMessages.Max + 10; id++)
            Assert.False(sent.TryTake(Id(id), out _, out _));
    }

    private static ByteString Id(int number) => ByteString.CopyFrom(BitConverter.GetBytes(number));
}
