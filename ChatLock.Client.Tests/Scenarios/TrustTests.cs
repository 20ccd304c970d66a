using ChatLock.Client.Conversations;
using ChatLock.Client.Identity;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests.Scenarios;

public sealed class TrustTests : ClientScenario
{
    [Fact]
    public async Task A_changed_key_is_a_warning_that_must_be_answered_before_anything_is_sent()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        await MeetAsync(session, Bob);
        using var mallory = new ScriptedPerson("bob");
        await session.PresenceAsync(new Presence
        {
            Left = { new Departure { Member = Bob.Public, Reason = CloseReason.Left } },
            Online = 1,
        });
        await session.PresenceAsync(new Presence { Joined = { mallory.Public }, Online = 2 });
        Assert.Equal(
            new ClientEvent.PeerKeyChanged("bob", Bob.Key, mallory.Key), await NextAsync<ClientEvent.PeerKeyChanged>());

        SayTo("bob", "the secret");
        var failed = await NextAsync<ClientEvent.MessageFailed>();
        Assert.Equal(("key-changed", "the secret"), (failed.Code, failed.Body.Text));

        Do(new ClientCommand.Verify("bob", VerifyAnswer.Accept));
        Assert.Equal(PinStanding.Known, (await NextAsync<ClientEvent.PeerPinned>()).Peer.Standing);
        SayTo("bob", "now then");
        // Nothing was sent to the changed key before: this look-up is the first frame since.
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        Assert.Equal(mallory.Key.ToByteString(), who.Who.Fingerprint);
    }

    [Fact]
    public async Task A_message_under_a_name_with_another_key_is_marked()
    {
        var (session, hello) = await EnterAsync(Bob.Public);
        await MeetAsync(session, Bob);
        using var mallory = new ScriptedPerson("bob");
        await session.PrivateAsync(mallory.Public, mallory.To(hello, "I lost my phone"));
        await NextAsync<ClientEvent.PeerKeyChanged>();
        Assert.Equal(PinStanding.Changed, (await NextAsync<ClientEvent.MessageCame>()).From.Standing);
        await session.PostAsync(Bob.Public, Bob.ToLobby("no I didn't"));
        Assert.Equal(PinStanding.Known, (await NextAsync<ClientEvent.MessageCame>()).From.Standing);
    }

    [Fact]
    public async Task After_comparing_each_message_says_so_and_only_under_that_name()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Verify("bob", VerifyAnswer.Show));
        var shown = await NextAsync<ClientEvent.PeerShown>();
        Assert.Equal((Bob.Key, Identity.Fingerprint), (shown.Peer.Key, shown.You));
        Do(new ClientCommand.Verify("bob", VerifyAnswer.Same));
        await NextAsync<ClientEvent.PeerPinned>();
        await session.PostAsync(Bob.Public, Bob.ToLobby("hi"));
        Assert.Equal(PinStanding.Verified, (await NextAsync<ClientEvent.MessageCame>()).From.Standing);
        Bob.Name = "robert";
        await session.PostAsync(Bob.Public, Bob.ToLobby("hi"));
        Assert.Equal(PinStanding.Known, (await NextAsync<ClientEvent.MessageCame>()).From.Standing);
    }

    [Fact]
    public async Task A_yes_to_a_key_that_was_not_shown_pins_nothing()
    {
        await EnterAsync(Bob.Public);
        Do(new ClientCommand.Verify("bob", VerifyAnswer.Same));
        Assert.Equal(Bob.Key, (await NextAsync<ClientEvent.PeerShown>()).Peer.Key);
        Assert.Equal("compare-first", (await NextAsync<ClientEvent.CommandRefused>()).Code);
    }

    [Fact]
    public async Task A_key_that_changes_between_showing_and_yes_is_not_the_one_that_was_compared()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        Do(new ClientCommand.Verify("bob", VerifyAnswer.Show));
        await NextAsync<ClientEvent.PeerShown>();
        using var mallory = new ScriptedPerson("bob");
        await session.PresenceAsync(new Presence
        {
            Joined = { mallory.Public },
            Left = { new Departure { Member = Bob.Public } },
            Online = 2,
        });
        await NextAsync<ClientEvent.PresenceChanged>();
        Do(new ClientCommand.Verify("bob", VerifyAnswer.Same));
        Assert.Equal("compare-first", (await NextAsync<ClientEvent.CommandRefused>()).Code);
        Assert.Empty(Seen.OfType<ClientEvent.PeerPinned>());
    }

    [Fact]
    public async Task A_message_to_a_key_is_never_sent_to_another_one_that_took_its_name()
    {
        var (session, _) = await EnterAsync(Bob.Public);
        await MeetAsync(session, Bob);
        session.Break();
        await NextAsync<ClientEvent.StatusChanged>(status => status.Status is Client.Connection.ConnectionStatus.Waiting);
        SayTo("bob", "for bob's eyes");
        await NextAsync<ClientEvent.MessageHeld>();
        Clock.Advance(TimeSpan.FromSeconds(1));
        using var mallory = new ScriptedPerson("bob");
        var again = await Server.AcceptOneAsync();
        await again.AdmitAsync(mallory.Public);
        var who = await again.ReadAsync(ClientFrame.BodyOneofCase.Who);
        Assert.Equal(Bob.Key.ToByteString(), who.Who.Fingerprint);
    }

    [Fact]
    public async Task A_server_that_answers_with_somebody_elses_name_gets_nothing()
    {
        var (session, _) = await EnterAsync();
        SayTo("bob", "psst");
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        using var mallory = new ScriptedPerson("mallory");
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { mallory.Whole } } });
        Assert.Equal("psst", (await NextAsync<ClientEvent.MessageFailed>()).Body.Text);
    }

    [Fact]
    public async Task A_name_that_can_be_none_is_replaced_by_one_that_nobody_can_have()
    {
        var (session, _) = await EnterAsync();
        Bob.Name = "alice to all: \u001b[31m";
        await session.PostAsync(Bob.Public, Bob.ToLobby("hi"));
        Assert.Equal($"#{Bob.Key}", (await NextAsync<ClientEvent.MessageCame>()).From.Name);
    }

    [Fact]
    public async Task What_was_learned_of_others_is_there_in_the_next_run()
    {
        var folder = Directory.CreateTempSubdirectory("chatlock-test-");
        try
        {
            Assert.True(Profile.TryOpen(folder.FullName, out var profile, out _));
            using (profile)
            {
                Start(pins: PinStore.Open(profile));
                var session = await Server.AcceptOneAsync();
                await session.AdmitAsync(Bob.Public);
                await MeetAsync(session, Bob);
                Do(new ClientCommand.Verify("bob", VerifyAnswer.Show));
                Do(new ClientCommand.Verify("bob", VerifyAnswer.Same));
                await NextAsync<ClientEvent.PeerPinned>();
                await StopAsync();
                Assert.Equal(PinStanding.Verified, PinStore.Open(profile).Peers.Standing("bob", Bob.Key));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MeetAsync(ScriptedSession session, ScriptedPerson person)
    {
        await session.PostAsync(person.Public, person.ToLobby("hello"));
        await NextAsync<ClientEvent.MessageCame>(came => came.Body == new MessageBody("hello"));
    }
}
