using Akka.TestKit.Xunit2;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class BoundsTests : ClientScenario
{
    [Fact]
    public async Task A_lobby_that_this_version_cannot_encrypt_for_hands_texts_back()
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync();
        await session.WelcomeAsync(await session.ReadHelloAsync(), ScriptedSession.LobbySecret, suite: 99);
        Assert.True((await NextAsync<ClientEvent.Notice>(notice => notice.Code == "lobby-unusable")).IsWarning);
        Say("hello?");
        Assert.Equal("hello?", (await NextAsync<ClientEvent.MessageFailed>()).Body.Text);
    }

    [Fact]
    public async Task What_was_typed_for_a_sealed_lobby_is_not_sent_to_an_insecure_one()
    {
        var (session, _) = await EnterAsync();
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Say("sealed, I thought");
        await NextAsync<ClientEvent.MessageHeld>();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Server.AcceptOneAsync();
        await again.ChallengeAsync();
        await again.WelcomeAsync(await again.ReadHelloAsync(), ScriptedSession.LobbySecret, suite: (uint)SuiteId.Classic);
        Assert.Equal("sealed, I thought", (await NextAsync<ClientEvent.MessageFailed>()).Body.Text);
        await NextAsync<ClientEvent.Notice>(notice => notice.Code == "lobby-weaker");
        Say("all right then");
        var post = await again.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal((uint)SuiteId.Classic, Envelope.Parser.ParseFrom(post.Post.Envelope).Suite);
    }

    [Fact]
    public async Task What_was_typed_before_the_first_word_of_the_server_is_not_sent_to_an_insecure_one_either()
    {
        Start();
        Say("sealed, as always");
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync();
        await session.WelcomeAsync(await session.ReadHelloAsync(), ScriptedSession.LobbySecret, suite: (uint)SuiteId.Classic);
        Assert.Equal("sealed, as always", (await NextAsync<ClientEvent.MessageFailed>()).Body.Text);
        Assert.Equal("open-lobby", (await NextAsync<ClientEvent.Notice>()).Code);
    }

    [Fact]
    public async Task A_name_that_cannot_be_looked_up_because_too_much_waits_is_told_and_not_held()
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync(new SessionLimits { InFlightMax = 1 });
        await session.WelcomeAsync(await session.ReadHelloAsync());
        await NextAsync<ClientEvent.Entered>();
        for (var number = 0; number <= RequestQueue.WaitingMax; number++)
            Do(new ClientCommand.Who());
        SayTo("zed", "hello?");
        Assert.Equal("too-fast", (await NextAsync<ClientEvent.MessageFailed>()).Code);
        Do(new ClientCommand.Rename("alicia"));
        Assert.Equal("too-fast", (await NextAsync<ClientEvent.CommandRefused>()).Code);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 2, 0xFF, 0xFF })]
    [InlineData(new byte[] { 72, 84, 84, 80, 47, 49 })]
    public async Task Bytes_that_are_no_frames_end_the_connection_with_a_sentence(byte[] garbage)
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.SendRawAsync(garbage);
        var stopped = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Contains("doesn't speak the ChatLock protocol", stopped.Status.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_of_a_newer_server_is_ignored()
    {
        var (session, _) = await EnterAsync();
        await session.SendRawAsync([0, 0, 0, 3, 0x82, 0x06, 0]);
        await session.PostAsync(Bob.Public, Bob.ToLobby("still here"));
        Assert.Equal("still here", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
    }

    [Fact]
    public async Task A_private_message_from_nobody_is_dropped_and_said_once()
    {
        var (session, _) = await EnterAsync();
        await session.PrivateAsync(new Member(), ByteString.CopyFromUtf8("x"));
        await session.PrivateAsync(new Member { Name = "x" }, ByteString.Empty);
        await session.PostAsync(Bob.Public, Bob.ToLobby("on"));
        await NextAsync<ClientEvent.MessageCame>();
        Assert.Single(Seen.OfType<ClientEvent.Notice>(), notice => notice.Code == "private-dropped");
    }

    [Fact]
    public async Task More_frames_than_the_window_are_all_read_in_order()
    {
        var (session, _) = await EnterAsync();
        var count = FrameLink.InboundMax * 2 + 1;
        for (var number = 0; number < count; number++)
            await session.PostAsync(Bob.Public, Bob.ToLobby($"{number}"));
        for (var number = 0; number < count; number++)
            Assert.Equal($"{number}", (await NextAsync<ClientEvent.MessageCame>()).Body.Text);
    }
}

public sealed class EventStreamTests() : TestKit(TestPatience.Config)
{
    private static readonly ClientEvent Something = new ClientEvent.MessageHeld(null, new MessageBody("x"));

    [Fact]
    public async Task When_half_of_a_full_queue_is_read_the_root_is_told_once()
    {
        var events = new EventStream();
        for (var written = 0; written < EventStream.HighWater; written++)
        {
            Assert.False(events.IsFull);
            events.Write(Something);
        }
        Assert.True(events.IsFull);
        events.TellWhenDrained(TestActor);
        await using var reader = events.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        for (var read = 0; read < EventStream.HighWater; read++)
            await reader.MoveNextAsync();
        ExpectMsg<EventsDrained>();
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_does_not_fit_is_counted_and_told()
    {
        var events = new EventStream();
        for (var written = 0; written < EventStream.Max + 5; written++)
            events.Write(Something);
        events.Complete();
        var told = new List<ClientEvent.Notice>();
        await foreach (var happened in events.ReadAllAsync(CancellationToken.None))
            told.AddRange(happened is ClientEvent.Notice notice ? [notice] : []);
        Assert.StartsWith("5 events were dropped", Assert.Single(told).Sentence, StringComparison.Ordinal);
    }
}
