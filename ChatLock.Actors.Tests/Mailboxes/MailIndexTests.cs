using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Messages;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Tests.Registry;
using CsCheck;

namespace ChatLock.Actors.Tests.Mailboxes;

/// <summary>Which messages wait, and of which a repetition is known.</summary>
public sealed class MailIndexTests
{
    private const ulong NothingGone = 0;

    [Fact]
    public void The_last_messages_of_each_sender_are_known_waiting_or_not()
    {
        var index = MailIndex.Empty;
        for (var n = 1; n <= 100; n++)
            index = index.With(Item(n, sender: 1), NothingGone);
        index = index.With(Item(101, sender: 2), NothingGone).Without(99);

        Assert.Null(index.Find(Item(36, sender: 1).Key));
        Assert.Equal(37UL, index.Find(Item(37, sender: 1).Key)?.Number);
        Assert.Equal(101UL, index.Find(Item(101, sender: 2).Key)?.Number);
        Assert.Null(index.Find(Item(101, sender: 1).Key));
        Assert.Equal((2, 1, 1), (index.WaitingCount, index.CountOf(Item(1, 1).Key.From), index.CountOf(Item(1, 2).Key.From)));
        Assert.Equal(100UL, index.Oldest?.Number);
    }

    [Fact]
    public void Of_too_many_senders_the_most_silent_is_forgotten_but_not_while_something_of_it_waits()
    {
        var index = MailIndex.Empty.With(Item(1, sender: 0), NothingGone);
        for (var n = 2; n <= MailIndex.SendersMax + 10; n++)
            index = index.With(Item(n, sender: n), goneTo: (ulong)n);

        Assert.NotNull(index.Find(Item(1, sender: 0).Key));
        Assert.Null(index.Find(Item(2, sender: 2).Key));
        Assert.NotNull(index.Find(Item(MailIndex.SendersMax + 10, MailIndex.SendersMax + 10).Key));
    }

    [Fact]
    public void What_is_written_down_is_all_that_waits_and_what_is_young_enough_to_be_repeated()
    {
        var day = (long)RecentMessages.KeptFor.TotalMilliseconds;
        var index = MailIndex.Empty.With(Item(1, 1, timeMs: 0), 1).With(Item(2, 1, timeMs: 10), 1).With(Item(3, 2, timeMs: 20), 1);

        Assert.Equal([1UL, 2UL, 3UL], index.All(day).Select(item => item.Number));
        Assert.Equal([2UL, 3UL], index.All(day + 100).Select(item => item.Number));
        Assert.Equal([3UL], index.Without(2).All(day + 15).Select(item => item.Number));
    }

    /// <summary>Values share an array: whoever adds to an older one must not be seen by the newer ones.</summary>
    [Fact]
    public void Adding_to_any_earlier_value_changes_no_other() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[1, 1000]).Array[1, 300].Sample(steps =>
        {
            var values = new List<(MailIndex Index, List<int> Expected)> { (MailIndex.Empty, []) };
            foreach (var (which, id) in steps)
            {
                var (index, expected) = values[which % values.Count];
                values.Add((index.With(Item(id, sender: 1), NothingGone), [.. expected, id]));
            }

            foreach (var (index, expected) in values)
            {
                var known = expected.TakeLast(64).ToHashSet();
                Assert.All(known, id => Assert.NotNull(index.Find(Item(id, 1).Key)));
                Assert.All(expected.Except(known), id => Assert.Null(index.Find(Item(id, 1).Key)));
            }
        }, iter: 300);

    private static MailItem Item(int number, int sender, long timeMs = -1) => new(
        (ulong)number, new MailKey(RegistryRun.Key(sender), new MessageId(7, (ulong)number)), timeMs < 0 ? number : timeMs);
}
