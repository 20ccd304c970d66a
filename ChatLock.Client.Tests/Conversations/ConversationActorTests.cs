using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Identity;
using ChatLock.Client.Tests.Scenarios;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Conversations;

/// <summary>One conversation between a test that plays the connection and one that plays its owner.</summary>
public sealed class ConversationActorTests : TestKit
{
    private const uint Sealed = (uint)SuiteId.Sealed;
    private readonly ClientIdentity _alice = ClientIdentity.Temporary();
    private readonly AgreementKey _session = AgreementKey.Generate();
    private readonly ScriptedPerson _bob = new("bob");
    private readonly TestProbe _connection;
    private readonly TestProbe _owner;
    private readonly IActorRef _conversation;

    public ConversationActorTests()
        : base("""
            akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
            """ + TestPatience.Config)
    {
        (_connection, _owner) = (CreateTestProbe(), CreateTestProbe());
        _conversation = _owner.ChildActorOf(
            ConversationActor.Props(_connection, _alice, _bob.Key));
        _conversation.Tell(new ConversationCommand.Online([_session], IsAgain: false, Session: 1));
    }

    [Fact]
    public void A_message_that_the_full_queue_did_not_take_is_sent_after_a_while()
    {
        var first = SayToBob("one");
        _conversation.Tell(new ConnectionAnswer.QueueFull(first.Tag));
        AwaitItsTurn();
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.Frame.Private.MessageId, Asked(ClientFrame.BodyOneofCase.Private).Frame.Private.MessageId);
    }

    [Fact]
    public void A_message_whose_receiver_the_full_queue_did_not_look_up_is_handed_back()
    {
        _conversation.Tell(new ConversationCommand.Say(Entry("one")));
        _conversation.Tell(new ConnectionAnswer.QueueFull(Asked(ClientFrame.BodyOneofCase.Who).Tag));
        Assert.Equal("one", _owner.ExpectMsg<ConversationEvent.Failed>().Entry.Body.Text);
    }

    [Fact]
    public void An_answer_to_a_look_up_from_before_the_receiver_connected_anew_says_nothing()
    {
        _conversation.Tell(new ConversationCommand.Say(Entry("one")));
        var slow = Asked(ClientFrame.BodyOneofCase.Who);
        _conversation.Tell(new ConversationCommand.Show(NewId(), Sealed));
        _conversation.Tell(new ConnectionAnswer.Turn(_connection.ExpectMsg<ConnectionCommand.AwaitTurn>().Tag));
        Answer(Asked(ClientFrame.BodyOneofCase.Who)); // the receipt's look-up, answered first
        Asked(ClientFrame.BodyOneofCase.Private);
        Asked(ClientFrame.BodyOneofCase.Private);
        _conversation.Tell(new ConversationCommand.PeerStale(IsHere: true));
        Answer(slow);
        _conversation.Tell(new ConversationCommand.Say(Entry("two")));
        Asked(ClientFrame.BodyOneofCase.Who);
    }

    [Fact]
    public void What_is_asked_is_of_the_session_that_the_conversation_was_told_of()
    {
        Assert.Equal(1, SayToBob("one").Session);
        _conversation.Tell(new ConversationCommand.Offline());
        _conversation.Tell(new ConversationCommand.Online([_session], IsAgain: true, Session: 3));
        Assert.Equal(3, Asked(ClientFrame.BodyOneofCase.Who).Session);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _alice.Dispose();
        _session.Dispose();
        _bob.Dispose();
    }

    private ConnectionCommand.Ask SayToBob(string text)
    {
        _conversation.Tell(new ConversationCommand.Say(Entry(text)));
        Answer(Asked(ClientFrame.BodyOneofCase.Who));
        return Asked(ClientFrame.BodyOneofCase.Private);
    }

    private ConnectionCommand.Ask Asked(ClientFrame.BodyOneofCase kind)
    {
        var ask = _connection.ExpectMsg<ConnectionCommand.Ask>();
        Assert.Equal(kind, ask.Frame.BodyCase);
        return ask;
    }

    /// <summary>Whatever was told before is dealt with: this comes to its owner afterwards.</summary>
    private void AwaitItsTurn()
    {
        _conversation.Tell(new ConversationCommand.Came(new Member(), new ByteStrings(ByteString.Empty, ByteString.Empty), 0, new Position()));
        _owner.FishForMessage(message => message is ConversationEvent.Handled);
    }

    private void Answer(ConnectionCommand.Ask lookUp) => _conversation.Tell(new ConnectionAnswer.Replied(
        lookUp.Tag, new Reply { Roster = new Roster { Members = { _bob.Whole } } }));

    private static OutboxEntry Entry(string text) => new(NewId(), new MessageBody(text), Sealed);

    private static ByteString NewId() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
}
