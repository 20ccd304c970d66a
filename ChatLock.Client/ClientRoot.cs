using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Identity;
using ChatLock.Client.Mailbox;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client;

/// <summary>The client: brings together the connection, the conversations and what is remembered of others.</summary>
/// <remarks>This file is what it answers to and how it stands; ClientRoot.Commands.cs what the user wants,
/// ClientRoot.Incoming.cs what comes from the server, ClientRoot.Rooms.cs and ClientRoot.RoomEvents.cs the rooms,
/// ClientRoot.Mailbox.cs private messages, ClientRoot.Lookup.cs how a name becomes a key.</remarks>
internal sealed partial class ClientRoot : UntypedActor, IWithTimers
{
    /// <summary>Private conversations of one run. A further key isn't talked with: forgetting one of these would forget
    /// which of its messages were seen.</summary>
    public const int ConversationsMax = 10_000;

    private readonly ClientIdentity _identity;
    private readonly ServerAddress _server;
    private readonly bool _takesMail;
    private readonly EventStream _events;
    private readonly PinStore _store;
    private readonly IActorRef _connection;
    private readonly IActorRef _pinWriter;
    private readonly IActorRef _lobby;
    private readonly Dictionary<Fingerprint, IActorRef> _conversations = [];
    private readonly Dictionary<IActorRef, (Fingerprint Key, string Name)> _peers = [];
    private readonly Dictionary<IActorRef, SentMessages> _sent = [];
    private readonly HashSet<Fingerprint> _ignored = [];
    private readonly RecentMessages _recent = new();
    private PeerDirectory _directory = PeerDirectory.Empty;
    private SuiteInfo _privateSuite;
    private SuiteInfo _lobbySuite = SuiteInfo.Sealed;
    private ConnectionEvent.Entered? _session;
    private ConnectionStatus.Stopped? _stopped;
    private int _closing;
    private int _heldCredits;
    private bool _wasOnline;
    private string _name;

    public ClientRoot(ClientSettings settings, ClientIdentity identity, PinStore pins, EventStream events)
    {
        (_identity, _events, _store, _privateSuite) = (identity, events, pins, settings.PrivateSuite);
        (_server, _takesMail) = (settings.Server, settings.TakesMail);
        _name = settings.Name ?? "";
        _pinWriter = Context.ActorOf(PinWriterActor.Props(pins), "pins");
        var prover = Context.ActorOf(IdentityActor.Props(identity, settings.Time, startsAnew: settings.TakesMail), "identity");
        var connection = new ConnectionSettings(
            settings.Server, settings.Name, settings.Backoff, settings.Jitter, settings.Time);
        _connection = Context.ActorOf(ConnectionActor.Props(connection, prover, _pinWriter, pins.Servers), "connection");
        _lobby = Context.ActorOf(ConversationActor.Props(_connection, identity, RoomId.Lobby, invite: null), "lobby");
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private PeerPins Pins => _store.Peers;

    private bool IsOnline => _session is not null;

    /// <summary>0: there is none.</summary>
    private long SessionNumber => _session?.Session ?? 0;

    public static Props Props(ClientSettings settings, ClientIdentity identity, PinStore pins, EventStream events) =>
        Akka.Actor.Props.Create(() => new ClientRoot(settings, identity, pins, events));

    protected override void PostStop() => _events.Complete();

    /// <remarks>A conversation that started anew would have forgotten what it had seen: a bug anywhere ends the client.</remarks>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PreRestart(Exception reason, object message)
    {
        Emit(new ClientEvent.Notice("bug",
            $"Something went wrong in the client ({reason.GetType().Name} at {message?.GetType().Name}); it ends.", IsWarning: true));
        base.PreRestart(reason, message);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ConversationEvent about:
                OnConversation(about);
                break;
            case ConnectionEvent.Came came:
                OnFrame(came.Frame);
                break;
            case MailboxInput about:
                Feed(about);
                break;
            case ConnectionAnswer answer:
                OnAnswer(answer);
                break;
            case ClientCommand command:
                OnCommand(command);
                break;
            case ConnectionEvent about:
                OnConnection(about);
                break;
            case EventsDrained:
                ReleaseCredits();
                break;
            case SaveFailed failed:
                Emit(new ClientEvent.Notice("not-saved", failed.Sentence, IsWarning: true));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Emit(ClientEvent happened) => _events.Write(happened);

    private void OnConnection(ConnectionEvent about)
    {
        switch (about)
        {
            case ConnectionEvent.Status { Now: ConnectionStatus.Stopped stopped }:
                Close(stopped);
                break;
            case ConnectionEvent.Status status:
                Emit(new ClientEvent.StatusChanged(status.Now));
                break;
            case ConnectionEvent.NameNeeded need:
                Emit(NameNeeded(need.Wanted, need.Refusal));
                break;
            case ConnectionEvent.ServerPinned pinned:
                Emit(new ClientEvent.Notice("server-pinned",
                    $"{pinned.Server} is new here. Its certificate is remembered: sha256={pinned.Certificate}"));
                break;
            case ConnectionEvent.Entered entered:
                OnEntered(entered);
                break;
            case ConnectionEvent.Gone:
                _session = null;
                Feed(new MailboxInput.Offline());
                TellConversations(new ConversationCommand.Offline());
                break;
        }
    }

    private void OnEntered(ConnectionEvent.Entered entered)
    {
        _session = entered;
        _name = entered.Welcome.You?.Name ?? _name;
        _directory = PeerDirectory.Empty;
        var here = entered.Welcome.Here.Where(IsOther).Select(member => PeerOf(Meet(member))).ToList();
        var lobby = entered.Welcome.Rooms.FirstOrDefault(room => room.Position?.Room == RoomId.Lobby.Text) ?? new RoomInfo();
        _lobbySuite = SuiteInfo.Of(lobby.Suite);
        Emit(new ClientEvent.Entered(
            _name, _identity.Fingerprint, _lobbySuite, here, _wasOnline, entered.Welcome.Resumed));
        Feed(new MailboxInput.Welcomed(entered.Welcome.Mailbox ?? new Position()));
        _lobby.Tell(new ConversationCommand.Enter(lobby, _wasOnline, entered.Session));
        foreach (var conversation in _conversations.Values)
            conversation.Tell(new ConversationCommand.Online(entered.SessionKeys, _wasOnline, entered.Session));
        _wasOnline = true;
        JoinAgain();
        LookUpHeld();
    }

    /// <summary>Nothing typed is lost silently: each conversation hands back what it still has, then comes the end.</summary>
    private void Close(ConnectionStatus.Stopped stopped)
    {
        _stopped = stopped;
        _closing = 1 + _conversations.Count + _seatOf.Count;
        HandBackHeld(stopped.Sentence);
        TellConversations(new ConversationCommand.Close());
    }

    private void OnClosed()
    {
        if (_seatOf.TryGetValue(Sender, out var seat))
            OnSeatClosed(seat);
        if (_stopped is { } stopped && --_closing == 0)
            Emit(new ClientEvent.StatusChanged(stopped));
    }

    private void TellConversations(ConversationCommand command)
    {
        _lobby.Tell(command);
        foreach (var conversation in _conversations.Values.Concat(_seatOf.Keys))
            conversation.Tell(command);
    }

    private IActorRef? ConversationWith(Fingerprint key, string name)
    {
        if (_conversations.TryGetValue(key, out var known))
        {
            _peers[known] = (key, name);
            return known;
        }
        if (_conversations.Count >= ConversationsMax)
            return null;

        var actor = Context.ActorOf(
            ConversationActor.Props(_connection, _identity, key), $"peer-{_conversations.Count + 1}");
        _conversations.Add(key, actor);
        _peers.Add(actor, (key, name));
        if (_session is { } session)
            actor.Tell(new ConversationCommand.Online(session.SessionKeys, IsAgain: false, session.Session));
        return actor;
    }

    private void GiveBackCredit()
    {
        if (!_events.IsFull)
        {
            _connection.Tell(ConnectionCommand.FrameDone.One);
            return;
        }
        if (_heldCredits++ == 0)
            _events.TellWhenDrained(Self);
    }

    private void ReleaseCredits()
    {
        for (; _heldCredits > 0; _heldCredits--)
            _connection.Tell(ConnectionCommand.FrameDone.One);
    }
}
