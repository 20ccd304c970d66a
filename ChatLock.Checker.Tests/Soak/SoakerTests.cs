using System.Threading.Channels;
using ChatLock.Checker.History;
using ChatLock.Checker.Soak;

namespace ChatLock.Checker.Tests.Soak;

/// <summary>What a client of the soak writes down.</summary>
public sealed class SoakerTests
{
    private static readonly ClientKey Other = new(2);
    private static readonly MessageId Id = new(77);
    private static readonly string Text = $"canary {Id} ...";

    [Fact]
    public async Task Connections_names_and_rooms_are_written_once_each()
    {
        var written = await RunAsync([
            new SoakEvent.Online("alice", IsResumed: false), new SoakEvent.RoomEntered("#a"),
            new SoakEvent.Offline(), new SoakEvent.Offline(), new SoakEvent.Online("alice", IsResumed: true), new SoakEvent.RoomEntered("#a")]);
        Assert.Equal(
            [
                new Happening.Connected(), new Happening.NameHeld("alice"), new Happening.Joined(new("lobby", 0, 0)),
                new Happening.Joined(new("#a", 0, 0)), new Happening.Detached(), new Happening.Resumed(), new Happening.Ended(),
            ],
            written);
    }

    [Fact]
    public async Task What_came_and_what_became_of_what_was_sent_is_written_by_its_id()
    {
        var written = await RunAsync([
            new SoakEvent.Came("lobby", 5, Other, Text), new SoakEvent.CamePrivately(Other, Text), new SoakEvent.Taken("lobby", 6, Text),
            new SoakEvent.TakenPrivately(Text), new SoakEvent.Failed(Text, "too-fast", IsRefused: true),
            new SoakEvent.Failed(Text, "not-sent", IsRefused: false), new SoakEvent.RoomLeft("#a", "kicked")]);
        Assert.Equal(
            [
                new Happening.Received(new("lobby", 0, 5), Other, Id, SignatureCheck.ByClient),
                new Happening.ReceivedPrivately(Other, Id, SignatureCheck.ByClient),
                new Happening.Acknowledged(new("lobby", 0, 6), Id), new Happening.AcknowledgedPrivately(Id),
                new Happening.Refused(Id, "too-fast"), new Happening.Failed(Id, "not-sent"), new Happening.Parted("#a"), new Happening.Ended(),
            ],
            written);
    }

    [Fact]
    public async Task A_log_that_began_anew_is_another_epoch_from_there_on()
    {
        var written = await RunAsync([
            new SoakEvent.Online("alice", IsResumed: false), new SoakEvent.Missing("lobby", 3, 4), new SoakEvent.Missing("lobby", 0, 0),
            new SoakEvent.Came("lobby", 1, Other, Text)]);
        Assert.Equal(
            [
                new Happening.Gap("lobby", 0, 3, 4), new Happening.Joined(new("lobby", 1, 0)), new Happening.Gap("lobby", 1, 0, 0),
                new Happening.Received(new("lobby", 1, 1), Other, Id, SignatureCheck.ByClient), new Happening.Ended(),
            ],
            written[3..]);
    }

    [Fact]
    public async Task A_text_that_is_none_of_ours_counts_as_one_that_nobody_sent()
    {
        var written = await RunAsync([new SoakEvent.CamePrivately(Other, "garbage"), new SoakEvent.CamePrivately(Other, $"a {Id}x b")]);
        Assert.All(written[..2], what => Assert.Equal(default, Assert.IsType<Happening.ReceivedPrivately>(what).Id));
    }

    [Fact]
    public async Task A_message_is_written_before_it_is_sent()
    {
        var client = new FakeClient();
        var file = new MemoryStream();
        var history = new HistoryWriter(file, new HistoryClock(TimeProvider.System));
        using var soaker = new Soaker(client, "alice", [], history, new SoakCounts());
        await soaker.SayAsync("lobby", Text);
        await soaker.SayToAsync(soaker, Text);
        Assert.Equal(["lobby", "alice"], client.Said);
        Assert.Equal(1, soaker.Unanswered);
        await history.DisposeAsync();
        Assert.Equal(
            [new Happening.SentToRoom("lobby", Id, 1), new Happening.SentPrivately(client.Key, Id, 2)], Read(file));
    }

    [Fact]
    public void Deliveries_are_owed_to_the_other_members()
    {
        var counts = new SoakCounts();
        foreach (var _ in Enumerable.Range(0, 4))
            counts.Joined("lobby");
        counts.Count(new SoakEvent.Taken("lobby", 1, Text));
        counts.Count(new SoakEvent.TakenPrivately(Text));
        counts.Count(new SoakEvent.Came("lobby", 1, Other, Text));
        Assert.Equal((4, 1, 3), (counts.Owed, counts.Came, counts.Events));
    }

    private static async Task<List<Happening>> RunAsync(IEnumerable<SoakEvent> events)
    {
        var client = new FakeClient();
        var file = new MemoryStream();
        var history = new HistoryWriter(file, new HistoryClock(TimeProvider.System));
        using var soaker = new Soaker(client, "alice", ["#a"], history, new SoakCounts());
        foreach (var happened in events)
            client.Events.Writer.TryWrite(happened);
        client.Events.Writer.Complete();
        await soaker.RunAsync();
        await soaker.EndAsync();
        await history.DisposeAsync();
        return Read(file);
    }

    private static List<Happening> Read(MemoryStream file)
    {
        using var reader = HistoryReader.Open("some.jsonl", new MemoryStream(file.ToArray()));
        return [.. reader.ReadAll().Select(read => read.Record.What)];
    }

    private sealed class FakeClient : ISoakClient
    {
        public Channel<SoakEvent> Events { get; } = Channel.CreateUnbounded<SoakEvent>();

        public List<string> Said { get; } = [];

        public ClientKey Key { get; } = new(1);

        public void Connect()
        {
        }

        public void ChooseName(string name) => Said.Add(name);

        public void Join(string room) => Said.Add(room);

        public void Say(string room, string text) => Said.Add(room);

        public void SayTo(string name, string text) => Said.Add(name);

        public IAsyncEnumerable<SoakEvent> EventsAsync(CancellationToken cancelled) => Events.Reader.ReadAllAsync(cancelled);

        public ValueTask StopAsync() => ValueTask.CompletedTask;

        public void Dispose()
        {
        }
    }
}
