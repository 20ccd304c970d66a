using ChatLock.Client.Connection;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class EnteringTests : ClientScenario
{
    [Fact]
    public async Task The_client_proves_its_key_and_is_in_the_lobby()
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.AdmitAsync(Bob.Public);
        var entered = await NextAsync<ClientEvent.Entered>();
        Assert.Equal(("alice", Identity.Fingerprint, false), (entered.Name, entered.Key, entered.IsAgain));
        Assert.Equal("bob", Assert.Single(entered.Here).Name);
        var online = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Online);
        Assert.Contains("as alice", online.Status.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_say_once_that_the_gateway_could_read_the_lobby()
    {
        var (session, _) = await EnterAsync();
        var said = Seen.OfType<ClientEvent.Notice>().Single(notice => notice.Code == "open-lobby");
        Assert.Contains("gateway", said.Sentence, StringComparison.Ordinal);
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await (await Server.AcceptOneAsync()).AdmitAsync();
        Say("on");
        await NextAsync<ClientEvent.Entered>();
        Assert.Single(Seen.OfType<ClientEvent.Notice>(), notice => notice.Code == "open-lobby");
    }

    [Fact]
    public async Task A_taken_name_is_asked_for_again_on_the_same_connection()
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync();
        var first = await session.ReadHelloAsync();
        await session.RefuseAsync(first.Ref, RefusalCode.NameTaken, "Someone here has that name already.", "alice2", "alice_");
        var need = await NextAsync<ClientEvent.NameNeeded>();
        Assert.Equal(("alice", "name-taken"), (need.Wanted, need.Code));
        Assert.Equal(["alice2", "alice_"], need.Suggestions);

        Do(new ClientCommand.ChooseName("alice2"));
        var second = await session.ReadHelloAsync();
        Assert.Equal("alice2", second.Hello.Name);
        Assert.Equal(first.Hello.SessionKey, second.Hello.SessionKey);
        await session.WelcomeAsync(second);
        Assert.Equal("alice2", (await NextAsync<ClientEvent.Entered>()).Name);
    }

    [Fact]
    public async Task Without_a_name_the_user_is_asked_once_the_server_has_spoken()
    {
        Start(name: null);
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync();
        Assert.Null((await NextAsync<ClientEvent.NameNeeded>()).Wanted);
        Do(new ClientCommand.ChooseName("not:a name"));
        Assert.Equal("name-invalid", (await NextAsync<ClientEvent.NameNeeded>()).Code);
        Do(new ClientCommand.ChooseName("alice"));
        Assert.Equal("alice", (await session.ReadHelloAsync()).Hello.Name);
    }

    [Fact]
    public async Task A_server_that_would_not_wait_for_the_name_is_connected_to_again()
    {
        Start(name: null);
        var session = await Server.AcceptOneAsync();
        await session.ChallengeAsync();
        await NextAsync<ClientEvent.NameNeeded>();
        await session.SendAsync(new ServerFrame { Close = new Close { Reason = CloseReason.HelloTimeout, Sentence = "Too late." } });
        Assert.Null(await session.ReadAsync());
        Do(new ClientCommand.ChooseName("alice"));
        await (await Server.AcceptOneAsync()).AdmitAsync();
        Assert.Equal("alice", (await NextAsync<ClientEvent.Entered>()).Name);
    }

    [Fact]
    public async Task When_nothing_answers_the_first_words_name_the_remedy()
    {
        using var nobody = new NobodyThere();
        Start(server: nobody.Address);
        var stopped = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Equal(StopKind.CannotConnect, ((ConnectionStatus.Stopped)stopped.Status).Kind);
        Assert.Contains("Is the gateway running? Start it with: dotnet run --project ChatLock.Gateway", stopped.Status.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_gateway_is_left_with_a_sentence()
    {
        Start();
        var session = await Server.AcceptOneAsync();
        await session.SendAsync(new ServerFrame { Ping = new Ping() });
        var stopped = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Equal(StopKind.CannotConnect, ((ConnectionStatus.Stopped)stopped.Status).Kind);
    }

    [Fact]
    public async Task Leaving_says_goodbye()
    {
        var (session, _) = await EnterAsync();
        Do(new ClientCommand.Leave());
        await session.ReadAsync(ClientFrame.BodyOneofCase.Bye);
        session.Break();
        var stopped = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Equal(StopKind.Left, ((ConnectionStatus.Stopped)stopped.Status).Kind);
    }

    [Fact]
    public async Task The_servers_goodbye_ends_it_at_once()
    {
        var (session, _) = await EnterAsync();
        Do(new ClientCommand.Leave());
        await session.ReadAsync(ClientFrame.BodyOneofCase.Bye);
        await session.SendAsync(new ServerFrame { Close = new Close { Reason = CloseReason.Left } });
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Null(await session.ReadAsync());
    }

    [Fact]
    public async Task Another_client_with_the_same_key_ends_this_one_for_good()
    {
        var (session, _) = await EnterAsync();
        await session.SendAsync(new ServerFrame { Close = new Close { Reason = CloseReason.TakenOver, Sentence = "Taken over." } });
        var stopped = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Equal(StopKind.Refused, ((ConnectionStatus.Stopped)stopped.Status).Kind);
    }
}
