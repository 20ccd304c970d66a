using Akka.Actor;
using ChatLock.Client.Identity;
using ChatLock.Client.Pins;
using ChatLock.Crypto.Sealing;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>Owns the socket and the session over it: connects, proves who we are, reconnects, passes frames on.</summary>
internal sealed class ConnectionActor : UntypedActor, IWithTimers
{
    /// <summary>Requests that may wait to be sent. Conversations keep their own queues behind it.</summary>
    public const int WaitingMax = 4_096;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private const long PingTag = -1;
    private const int FrameMaxBytes = 1024 * 1024;

    private readonly ConnectionSettings _settings;
    private readonly IActorRef _identity;
    private readonly IActorRef _pinWriter;
    private readonly Queue<(IActorRef Asker, ConnectionCommand.Ask Ask)> _waiting = new();
    private readonly Dictionary<long, (IActorRef Asker, long Tag)> _asked = [];
    private ServerPins _pins;
    private ConnectionState _state;
    private ClientSession _session;
    private RequestPace? _pace;
    private FrameLink? _link;
    private int _generation;
    private IReadOnlyList<AgreementKey> _sessionKeys = [];
    private byte[]? _certificate;
    private string? _name;
    private long _lastTag;

    public ConnectionActor(ConnectionSettings settings, IActorRef identity, IActorRef pinWriter, ServerPins pins)
    {
        (_settings, _identity, _pinWriter, _pins) = (settings, identity, pinWriter, pins);
        _state = new ConnectionState(settings.Server, settings.Backoff);
        _name = settings.Name;
        _session = new ClientSession(_name);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ConnectionSettings settings, IActorRef identity, IActorRef pinWriter, ServerPins pins) =>
        Akka.Actor.Props.Create(() => new ConnectionActor(settings, identity, pinWriter, pins));

    private long NowMs => (long)_settings.Time.GetElapsedTime(0).TotalMilliseconds;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.One, TickInterval);

    protected override void PostStop() => _link?.Drop();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SocketEvent about when about.Generation != _generation:
                (about as SocketEvent.Opened)?.Stream.Dispose();
                break;
            case SocketEvent.FrameCame came:
                Feed(new LinkInput.Heard(NowMs));
                OnFrame(came.Frame);
                break;
            case ConnectionCommand.Ask ask:
                OnAsk(ask);
                break;
            case ConnectionCommand.FrameDone:
                _link?.FrameDone();
                break;
            case SocketEvent.Opened opened:
                OnOpened(opened);
                break;
            case SocketEvent.Failed failed:
                Feed(new LinkInput.Failed(failed.Sentence, failed.Advice, Random()));
                break;
            case SocketEvent.Ended ended:
                OnSocketEnded(ended.Reason);
                break;
            case Proven proven when proven.Generation == _generation:
                _sessionKeys = proven.SessionKeys;
                Send(proven.Hello);
                break;
            case Proven:
                break;
            case ConnectionCommand.Connect:
                Feed(new LinkInput.Connect(NowMs));
                break;
            case ConnectionCommand.ChooseName chosen:
                OnNameChosen(chosen.Name);
                break;
            case ConnectionCommand.Leave:
                Feed(new LinkInput.Leave(NowMs));
                break;
            case Tick:
                Feed(new LinkInput.Tick(NowMs));
                break;
            case RetryDue:
                Feed(new LinkInput.RetryDue(NowMs));
                break;
            case PaceDue:
                SendWaiting();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnOpened(SocketEvent.Opened opened)
    {
        _certificate = opened.Certificate;
        if (opened.Certificate is { } certificate && !IsTrusted(Convert.ToHexStringLower(certificate), out var problem))
        {
            opened.Stream.Dispose();
            Feed(new LinkInput.NotTrusted(problem));
            return;
        }
        Feed(new LinkInput.Opened(NowMs));
        _session = new ClientSession(_name);
        _link = new FrameLink(opened.Stream, FrameMaxBytes);
        _link.Start(new SocketListener(Self, _generation));
    }

    private bool IsTrusted(string certificate, out string problem)
    {
        var server = _settings.Server;
        problem = "";
        switch (_pins.Standing(server, certificate))
        {
            case ServerStanding.Changed:
                problem = ServerSentences.Changed(server, _pins.Find(server), certificate);
                return false;
            case ServerStanding.New:
                _pins = _pins.Set(server.ToString(), certificate);
                _pinWriter.Tell(new SavePins.Server(server.ToString(), certificate));
                Context.Parent.Tell(new ConnectionEvent.ServerPinned(server, certificate));
                return true;
            default:
                return true;
        }
    }

    private void OnFrame(ServerFrame frame)
    {
        if (frame.Challenge is { } challenge && _certificate is { } shown && !challenge.ServerId.Span.SequenceEqual(shown))
        {
            Feed(new LinkInput.NotTrusted(ServerSentences.AnotherId(_settings.Server)));
            return;
        }
        if (!FeedSession(new ClientInput.Received(frame)))
            _link?.FrameDone();
        // The session ended with our goodbye; this is the server's, and nothing follows it.
        if (frame.Close is { } close && _state.Phase == LinkPhase.Leaving)
            Feed(new LinkInput.Ended(close.Reason, close.Sentence, Random()));
    }

    private void OnNameChosen(string name)
    {
        _name = name;
        Feed(new LinkInput.NameChosen(NowMs));
        FeedSession(new ClientInput.NameChosen(name));
    }

    private void OnSocketEnded(CloseReason reason)
    {
        _link = null;
        Feed(new LinkInput.Ended(reason, ServerSentences.Ended(_settings.Server, reason), Random()));
        if (_session.Phase != ClientPhase.Closed)
            FeedSession(new ClientInput.Lost());
    }

    private void OnAsk(ConnectionCommand.Ask ask)
    {
        if (_session.Phase != ClientPhase.Ready || _waiting.Count >= WaitingMax)
        {
            Sender.Tell(new ConnectionAnswer.NotSent(ask.Tag));
            return;
        }
        _waiting.Enqueue((Sender, ask));
        SendWaiting();
    }

    private void SendWaiting()
    {
        while (_pace is not null && _waiting.TryPeek(out var next))
        {
            var isMessage = next.Ask.Frame.BodyCase is ClientFrame.BodyOneofCase.Post or ClientFrame.BodyOneofCase.Private;
            var mayGo = _pace.TryTake(isMessage, NowMs, out var pace, out var waitMs);
            _pace = pace;
            if (!mayGo)
            {
                if (waitMs > 0)
                    Timers.StartSingleTimer(nameof(PaceDue), PaceDue.One, TimeSpan.FromMilliseconds(waitMs));
                return;
            }
            _waiting.Dequeue();
            var tag = ++_lastTag;
            _asked.Add(tag, (next.Asker, next.Ask.Tag));
            FeedSession(new ClientInput.Ask(tag, next.Ask.Frame));
        }
    }

    /// <returns>Whether a frame was passed on to someone who will say when it is done.</returns>
    private bool FeedSession(ClientInput input)
    {
        (_session, var effects) = _session.On(input);
        var passedOn = false;
        foreach (var effect in effects)
            passedOn |= Perform(effect);
        return passedOn;
    }

    private bool Perform(ClientEffect effect)
    {
        switch (effect)
        {
            case ClientEffect.Posted posted:
                return PassOn(new ServerFrame { Posted = posted.Post });
            case ClientEffect.PrivateCame message:
                return PassOn(new ServerFrame { PrivateMessage = message.Message });
            case ClientEffect.PresenceCame presence:
                return PassOn(new ServerFrame { Presence = presence.Presence });
            case ClientEffect.GapCame gap:
                return PassOn(new ServerFrame { Gap = gap.Gap });
            case ClientEffect.Send send:
                Send(send.Frame);
                break;
            case ClientEffect.Answered answered:
                OnAnswered(answered);
                break;
            case ClientEffect.NotSent notSent:
                if (_asked.Remove(notSent.Tag, out var unsent))
                    unsent.Asker.Tell(new ConnectionAnswer.NotSent(unsent.Tag));
                break;
            case ClientEffect.Prove prove:
                _identity.Tell(new Prove(_generation, prove.Ref, prove.Challenge, prove.Name));
                break;
            case ClientEffect.NeedName need:
                Feed(new LinkInput.NameMissing());
                Context.Parent.Tell(new ConnectionEvent.NameNeeded(_name, need.Refusal));
                _name = null;
                break;
            case ClientEffect.Entered entered:
                OnEntered(entered.Welcome);
                break;
            case ClientEffect.Ended ended:
                OnSessionEnded(ended);
                break;
        }
        return false;
    }

    private void OnEntered(Welcome welcome)
    {
        _name = _session.Name;
        var challenge = _session.Challenge!;
        var limits = challenge.Limits ?? new SessionLimits().ToWire(Protocol.Names.UserName.MaxCharacters);
        _pace = RequestPace.Under(limits, NowMs);
        Context.Parent.Tell(new ConnectionEvent.Entered(welcome, challenge, _sessionKeys));
        var online = welcome.Rooms.Count > 0 ? welcome.Rooms[0].MemberCount : (uint)welcome.Here.Count;
        Feed(new LinkInput.Entered(_name ?? "", online, limits, NowMs));
    }

    private void OnAnswered(ClientEffect.Answered answered)
    {
        _name = _session.Name;
        if (answered.Tag == PingTag)
            return;
        _pace = _pace?.Answered();
        if (_asked.Remove(answered.Tag, out var asked))
            asked.Asker.Tell(new ConnectionAnswer.Replied(asked.Tag, answered.Reply));
        SendWaiting();
    }

    private void OnSessionEnded(ClientEffect.Ended ended)
    {
        _pace = null;
        Context.Parent.Tell(new ConnectionEvent.Gone());
        foreach (var tag in ended.Unanswered)
        {
            if (_asked.Remove(tag, out var asked))
                asked.Asker.Tell(new ConnectionAnswer.Unknown(asked.Tag));
        }
        while (_waiting.TryDequeue(out var waiting))
            waiting.Asker.Tell(new ConnectionAnswer.NotSent(waiting.Ask.Tag));
        if (ended.Reason != CloseReason.Left)
            Feed(new LinkInput.Ended(ended.Reason, ended.Sentence, Random()));
    }

    private static bool PassOn(ServerFrame frame)
    {
        Context.Parent.Tell(new ConnectionEvent.Came(frame));
        return true;
    }

    private void Send(ClientFrame frame)
    {
        // A full queue means that the server doesn't read: the silence that follows ends the connection.
        if (_link is { } link && !link.TrySend(EncodedFrame.Of(frame)))
            Feed(new LinkInput.Ended(CloseReason.ConnectionLost, "The server doesn't read.", Random()));
    }

    private void Feed(LinkInput input)
    {
        (_state, var effects) = _state.On(input);
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(LinkEffect effect)
    {
        switch (effect)
        {
            case LinkEffect.Open:
                Open();
                break;
            case LinkEffect.Drop:
                Drop();
                break;
            case LinkEffect.SayBye:
                FeedSession(new ClientInput.Leave());
                _link?.CloseGently();
                break;
            case LinkEffect.Ping:
                FeedSession(new ClientInput.Ask(PingTag, new ClientFrame { Ping = new Ping { Nonce = (ulong)NowMs } }));
                break;
            case LinkEffect.RetryIn retry:
                Timers.StartSingleTimer(nameof(RetryDue), RetryDue.One, retry.Delay);
                break;
            case LinkEffect.Report report:
                Context.Parent.Tell(new ConnectionEvent.Status(report.Status));
                break;
        }
    }

    private void Open()
    {
        Timers.Cancel(nameof(RetryDue));
        var generation = ++_generation;
        SocketOpener.OpenAsync(_settings.Server).PipeTo(Self, Self, outcome => outcome switch
        {
            OpenOutcome.Opened opened => new SocketEvent.Opened(generation, opened.Stream, opened.Certificate),
            OpenOutcome.Failed failed => new SocketEvent.Failed(generation, failed.Sentence, failed.Advice),
            _ => throw new InvalidOperationException($"no rule for {outcome.GetType().Name}"),
        });
    }

    private void Drop()
    {
        _generation++;
        _link?.Drop();
        _link = null;
        if (_session.Phase != ClientPhase.Closed)
            FeedSession(new ClientInput.Lost());
    }

    private double Random() => _settings.Jitter();

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick One = new();
    }

    private sealed record RetryDue : INoSerializationVerificationNeeded
    {
        public static readonly RetryDue One = new();
    }

    private sealed record PaceDue : INoSerializationVerificationNeeded
    {
        public static readonly PaceDue One = new();
    }
}
