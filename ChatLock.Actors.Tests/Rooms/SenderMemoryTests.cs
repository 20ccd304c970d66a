using ChatLock.Actors.Messages;
using ChatLock.Actors.Rooms;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Which messages a room has seen: bounded in number, senders and time.</summary>
public sealed class SenderMemoryTests
{
    private static readonly Fingerprint Someone = Key(0);

    [Fact]
    public void The_first_result_of_a_message_is_remembered_for_its_sender()
    {
        var memory = SenderMemory.Empty.With(Someone, new Remembered(Id(1), 5, 100));

        Assert.Equal(new Remembered(Id(1), 5, 100), memory.Find(Someone, Id(1), 200));
        Assert.Null(memory.Find(Someone, Id(2), 200));
        Assert.Null(memory.Find(Key(1), Id(1), 200));
        Assert.Equal(100, memory.LastUnixMs(Someone));
    }

    [Fact]
    public void The_last_of_each_sender_are_remembered_and_no_more()
    {
        var memory = Enumerable.Range(0, RecentMessages.Max + 10).Aggregate(
            SenderMemory.Empty, (memory, i) => memory.With(Someone, new Remembered(Id(i), (ulong)i, i)));

        Assert.Null(memory.Find(Someone, Id(9), 100));
        Assert.NotNull(memory.Find(Someone, Id(10), 100));
        Assert.NotNull(memory.Find(Someone, Id(RecentMessages.Max + 9), 100));
        Assert.Equal(RecentMessages.Max, memory.Count);
    }

    [Fact]
    public void What_is_older_than_a_day_is_not_known_any_more_and_takes_no_memory()
    {
        var day = (long)RecentMessages.KeptFor.TotalMilliseconds;
        var memory = SenderMemory.Empty.With(Someone, new Remembered(Id(1), 1, 0)).With(Key(1), new Remembered(Id(2), 2, 1000));

        Assert.NotNull(memory.Find(Someone, Id(1), day));
        Assert.Null(memory.Find(Someone, Id(1), day + 1));
        Assert.Equal((1, 1), (memory.At(day + 1).SenderCount, memory.At(day + 1).Count));
    }

    [Fact]
    public void Of_too_many_senders_those_who_were_silent_longest_are_forgotten()
    {
        var memory = Enumerable.Range(0, 3 * SenderMemory.SendersMax / 2).Aggregate(
            SenderMemory.Empty, (memory, i) => memory.With(Key(i), new Remembered(Id(i), (ulong)i, i)));

        Assert.InRange(memory.SenderCount, SenderMemory.SendersMax, SenderMemory.SendersMax * 11 / 10);
        Assert.Equal(memory.SenderCount, memory.Count);
        Assert.Null(memory.Find(Key(0), Id(0), 0));
        Assert.NotNull(memory.Find(Key(3 * SenderMemory.SendersMax / 2 - 1), Id(3 * SenderMemory.SendersMax / 2 - 1), 0));
    }

    private static MessageId Id(int i) => new(0, (ulong)i);

    private static Fingerprint Key(int i) => Fingerprint.Of(BitConverter.GetBytes(i));
}
