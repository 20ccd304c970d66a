using Akka.Actor;
using ChatLock.Client.Identity;
using ChatLock.Client.Pins;
using ChatLock.Crypto.Sealing;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>Owns the socket and the session over it: connects, proves who we are, reconnects, passes frames on.</summary>
/// <remarks>This file is what it answers to; ConnectionActor.Effects.cs carries out what the two tables decide.</remarks>
internal sealed partial class ConnectionActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private const long PingTag = -1;
    private const int FrameMaxBytes = 1024 * 1024;

    private readonly ConnectionSettings _settings;
    private readonly IActorRef _identity;
    private readonly IActorRef _pinWriter;
    private readonly RequestQueue _requests = new();
    private ServerPins _pins;
    private ConnectionState _state;
    private ClientSession _session;
    private FrameLink? _link;
    private int _generation;
    private IReadOnlyList<AgreementKey> _sessionKeys = [];
    private TimeSpan _renewIn;
    private byte[]? _certificate;
    private string? _name;

    public ConnectionActor(ConnectionSettings settings, IActorRef identity, IActorRef pinWriter, ServerPins pins)
    {
        (_settings, _identity, _pinWriter, _pins) = (settings, identity, pinWriter, pins);
        _state = new ConnectionState(settings.Server, settings.Backoff);
        _name = settings.Name;
        _session = new ClientSession(_name, ResumePoint.None);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ConnectionSettings settings, IActorRef identity, IActorRef pinWriter, ServerPins pins) =>
        Akka.Actor.Props.Create(() => new ConnectionActor(settings, identity, pinWriter, pins));

    private long NowMs => (long)_settings.Time.GetElapsedTime(0).TotalMilliseconds;

    protected override void PreStart() => Timers.StartPeriodicTimer(Wake.Tick, Wake.Tick, TickInterval);

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
                _requests.Add(Sender, ask);
                SendWaiting();
                break;
            case ConnectionCommand.AwaitTurn wait:
                _requests.AwaitTurn(Sender, wait);
                SendWaiting();
                break;
            case ConnectionCommand.EndTurn:
                _requests.EndTurn(Sender);
                SendWaiting();
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
                (_sessionKeys, _renewIn) = (proven.SessionKeys, proven.RenewIn);
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
            case Wake.Tick:
                Feed(new LinkInput.Tick(NowMs));
                break;
            case Wake.Retry:
                Feed(new LinkInput.RetryDue(NowMs));
                break;
            case Wake.Pace:
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
        _session = new ClientSession(_name, _session.Resume);
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

    private void SendWaiting()
    {
        uint waitMs;
        while (_requests.Take(NowMs, out waitMs) is { } ask)
            FeedSession(ask);
        if (waitMs == 0)
            _requests.GiveTurn(NowMs, out waitMs);
        if (waitMs > 0)
            Timers.StartSingleTimer(Wake.Pace, Wake.Pace, TimeSpan.FromMilliseconds(waitMs));
    }

    /// <summary>What a timer says.</summary>
    private enum Wake
    {
        Tick,
        Retry,
        Pace,
    }
}
