using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Routing;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Sessions;

/// <summary>One connection: feeds the <see cref="ServerSession"/> table and carries out what it decides.</summary>
public sealed class SessionActor : UntypedActor
{
    private readonly IConnection _connection;
    private readonly ServerContext _server;
    private readonly SessionHandle _handle;
    private readonly List<RoomInfo> _rooms = new(1);
    private ServerSession _session;
    private Fingerprint _key;
    private IActorRef _lobby = ActorRefs.Nobody;
    private bool _finished;

    public SessionActor(IConnection connection, IActorRef fanOut, ServerContext server)
    {
        _connection = connection;
        _server = server;
        var id = SessionId.Random();
        _handle = new SessionHandle(
            id, Self, new Outbound(fanOut, connection, Self, server.Settings.Limits.OutboundMaxBytes));
        (_session, var effects) = ServerSession.Open(
            id.ToByteString(), ServerContext.NewNonce(), server.Server.Id, server.Settings.Limits, server.Server.Software, server.NowMs);
        Perform(effects);
    }

    public static Props Props(IConnection connection, IActorRef fanOut, ServerContext server) =>
        Akka.Actor.Props.Create(() => new SessionActor(connection, fanOut, server));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionMessage.Frame frame:
                On(new SessionInput.Received(frame.Body, _server.NowMs));
                break;
            case SessionMessage.Answered answered:
                On(new SessionInput.Answered(answered.Reply));
                break;
            case SessionMessage.Tick:
                On(new SessionInput.Tick(_server.NowMs, _connection.PartialSinceMs));
                break;
            case SessionMessage.NameGranted granted:
                On(new SessionInput.NameGranted(granted.Name));
                break;
            case SessionMessage.NameRefused refused:
                On(new SessionInput.NameRefused(refused.Refusal));
                break;
            case SessionMessage.Admitted admitted:
                _rooms.Add(admitted.Info);
                _lobby = admitted.Actor;
                _server.Router.Tell(new RouterCommand.Register(_key, _session.You, _handle));
                break;
            case SessionMessage.Listed listed:
                On(new SessionInput.Entered(_rooms, listed.FirstPage));
                break;
            case SessionMessage.End end:
                On(new SessionInput.Ended(end.Reason));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Stopped without having ended by its own table: there is a bug, and only this connection pays for it.</summary>
    protected override void PostStop()
    {
        Finish(CloseReason.InternalError);
        base.PostStop();
    }

    private void On(SessionInput input)
    {
        (_session, var effects) = _session.On(input);
        Perform(effects);
    }

    private void Perform(IReadOnlyList<SessionEffect> effects)
    {
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(SessionEffect effect)
    {
        switch (effect)
        {
            case SessionEffect.Send send:
                Tell(new FanOutCommand.Send(_handle.Outbound, Encode(send.Frame)));
                break;
            case SessionEffect.Credit:
                _connection.Credit();
                break;
            case SessionEffect.PassPost post:
                _lobby.Tell(new RoomCommand.Post(_key, _handle.Id, post.Ref, post.Post, Self));
                break;
            case SessionEffect.PassPrivate message:
                _server.Router.Tell(
                    new RouterCommand.Private(ServerSession.Public(_session.You), message.Ref, message.Private, Self));
                break;
            case SessionEffect.AskWho who:
                _server.Router.Tell(new RouterCommand.Who(who.Ref, who.Question, Self));
                break;
            case SessionEffect.Claim claim:
                _key = Fingerprint.Of(_session.You.IdentityKey.Span);
                _server.Registry.Tell(new RegistryCommand.Claim(claim.Name, _key, _handle.Id, Self));
                break;
            case SessionEffect.Enter enter:
                _server.Rooms.Tell(new RoomsCommand.Join(
                    RoomId.Lobby, _key, ServerSession.Public(enter.You), _handle, Ref: 0, Position: null, Create: false, Suite: 0));
                break;
            case SessionEffect.Greet greet:
                Tell(new FanOutCommand.Greet(_handle.Outbound, Encode(greet.Welcome)));
                break;
            case SessionEffect.Renamed renamed:
                _server.Router.Tell(new RouterCommand.Rename(_key, _handle.Id, renamed.You));
                _lobby.Tell(new RoomCommand.Rename(_key, _handle.Id, ServerSession.Public(renamed.You)));
                break;
            case SessionEffect.Close close:
                Finish(close.Reason);
                Context.Stop(Self);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }

    private void Tell(FanOutCommand command) => _handle.Outbound.Owner.Tell(command);

    private EncodedFrame Encode(ServerFrame frame)
    {
        if (frame.Reply?.Refused is { } refused)
            _server.Counters.CountRefusal(refused.Code);
        return EncodedFrame.Of(frame);
    }

    private void Finish(CloseReason reason)
    {
        if (_finished)
            return;

        _finished = true;
        _connection.StopReading(); // first: once the writer is released, the connection may be gone
        _server.Registry.Tell(new RegistryCommand.Release(_key, _handle.Id));
        _server.Router.Tell(new RouterCommand.Unregister(_key, _handle.Id));
        if (_lobby.IsNobody())
            _server.Rooms.Tell(new RoomsCommand.Withdraw(RoomId.Lobby, _key, _handle.Id, reason));
        else
            _lobby.Tell(new RoomCommand.Leave(_key, _handle.Id, reason, Ref: 0, Self));
        Tell(new FanOutCommand.Finish(_handle.Outbound, Farewell(reason)));
        Context.Parent.Tell(new SessionsCommand.Ended(_handle.Id, _connection.RemoteAddress, reason));
    }

    private static EncodedFrame? Farewell(CloseReason reason) => reason == CloseReason.ConnectionLost
        ? null
        : EncodedFrame.Of(new ServerFrame
        {
            Close = new Close { Reason = reason, Sentence = CloseSentences.Of(reason) },
        });
}
