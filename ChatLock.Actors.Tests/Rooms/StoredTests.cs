using ChatLock.Actors.Messages;
using ChatLock.Actors.Rooms;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>What a room keeps comes back from its snapshot as it was.</summary>
public sealed class StoredTests
{
    [Fact]
    public void Postings_come_back_as_they_were()
    {
        var (one, other) = (RoomWorld.Keys[0], RoomWorld.Keys[1]);
        var act = one.Sign("#garden", 1, Protocol.Wire.RoomActKind.Ban, 1, other, 0, "");
        var postings = new[]
        {
            new Posting(5, 77, one.Member, one.Key, new MessageId(1, 2), ByteString.CopyFromUtf8("envelope"), Act: null),
            new Posting(6, 78, other.Member, other.Key, MessageId: null, ByteString.Empty, act),
        };

        Assert.Equal(postings, StoredPostings.Unpack(StoredPostings.Pack(postings).Events.Single()));
    }

    [Fact]
    public void An_event_holds_as_much_as_is_good_to_read_at_once()
    {
        var key = RoomWorld.Keys[0];
        var postings = Enumerable.Range(1, 20).Select(i => new Posting(
            (ulong)i, 1, key.Member, key.Key, new MessageId(0, (ulong)i), ByteString.CopyFrom(new byte[i == 10 ? 100_000 : 10_000]), null)).ToList();

        var (events, counts) = StoredPostings.Pack(postings);

        Assert.Equal(postings, events.SelectMany(StoredPostings.Unpack));
        Assert.Equal(counts, events.Select(bytes => StoredPostings.Unpack(bytes).Count));
        Assert.All(events.Zip(counts), stored => Assert.True(stored.Item2 == 1 || stored.Item1.Length <= StoredPostings.EventMaxBytes + 1000));
    }

    [Fact]
    public void A_snapshot_comes_back_as_it_was()
    {
        var world = new RoomWorld().Opened();
        var owner = world.Join(RoomWorld.Keys[0]);
        var op = world.Join(RoomWorld.Keys[1]);
        for (var i = 0; i < 300; i++)
            world.Post(i % 3 == 0 ? op : owner);
        world.Act(owner, Protocol.Wire.RoomActKind.Op, RoomWorld.Keys[1]);
        world.Act(op, Protocol.Wire.RoomActKind.Mute, RoomWorld.Keys[2], seconds: 50);
        var log = world.History.GroupBy(posting => posting.Sequence).Aggregate(new RoomLog(world.Limits.Rooms), (log, group) =>
            log.With((long)group.Key, [LogEntry.Of(group.Single(), "#garden", 1000)], 1, 1));
        var senders = world.History.Where(posting => posting.MessageId is not null).Aggregate(SenderMemory.Empty, (memory, posting) =>
            memory.With(posting.Sender, new Remembered(posting.MessageId!.Value, posting.Sequence, posting.TimeUnixMs)));
        var rules = world.History.Where(posting => posting.Act is not null).Aggregate(
            Protocol.Rooms.RoomRules.Of(world.Birth.Owner), (rules, posting) => rules.Apply(posting.Act!));

        var back = KeptRoom.From(new KeptRoom(log, senders, rules).ToSnapshot(world.Birth), 302, world.Birth, world.Limits.Rooms);

        Assert.Equal((log.Last, 302L), (back.Log.Last, back.Log.Journaled));
        Assert.Equal(log.Segments, back.Log.Segments);
        Assert.Equal(
            senders.All.OrderBy(sender => sender.Sender).Select(sender => (sender.Sender, string.Join(' ', sender.Messages))),
            back.Senders.All.OrderBy(sender => sender.Sender).Select(sender => (sender.Sender, string.Join(' ', sender.Messages))));
        Assert.Equal(rules.InForce, back.Rules.InForce);
        Assert.Equal(2UL, back.Rules.LastAct);
    }
}
