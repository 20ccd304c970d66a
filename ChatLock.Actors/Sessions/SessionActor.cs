using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Mailboxes;
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
    private readonly Dictionary<RoomId, IActorRef> _rooms = new(1);
    private readonly HashSet<RoomId> _asked = new(1);
    private ServerSession _session;
    private Fingerprint? _key;
    private Arriving? _arriving;
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

    /// <summary>Whose session it is, from its first claim on.</summary>
    private Fingerprint Key => _key ?? throw new InvalidOperationException("nobody yet");

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
                On(new SessionInput.NameGranted(granted.Name, granted.Resumed));
                break;
            case SessionMessage.NameRefused refused:
                On(new SessionInput.NameRefused(refused.Refusal));
                break;
            case SessionMessage.Admitted admitted:
                OnAdmitted(admitted);
                break;
            case SessionMessage.NotAdmitted no:
                _asked.Remove(no.Room);
                On(new SessionInput.NotAdmitted(no.Room, no.Ref, no.Refusal));
                break;
            case SessionMessage.Expelled expelled:
                _rooms.Remove(expelled.Room);
                On(new SessionInput.Expelled(expelled.Room));
                break;
            case SessionMessage.Listed listed:
                _arriving = _arriving is null ? null : _arriving with { FirstPage = listed.FirstPage };
                Arrived();
                break;
            case SessionMessage.MailboxAttached attached:
                _arriving = _arriving is null ? null : _arriving with { Mailbox = attached.Position };
                Arrived();
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
        Finish(CloseReason.InternalError, _server.Settings.Limits.Resumes);
        base.PostStop();
    }

    private void On(SessionInput input)
    {
        (_session, var effects) = _session.On(input);
        Perform(effects);
    }

    private void OnAdmitted(SessionMessage.Admitted admitted)
    {
        _asked.Remove(admitted.Room);
        _rooms[admitted.Room] = admitted.Actor;
        if (_arriving is not { } arriving)
        {
            On(new SessionInput.Admitted(admitted.Room, admitted.Ref));
            return;
        }

        // Only now: who comes later is told to the lobby, who came before is on the page.
        _arriving = arriving with { Lobby = admitted.Info };
        _server.Router.Tell(new RouterCommand.Register(Key, _session.You, _handle.Id, Self));
    }

    private void Arrived()
    {
        if (_arriving?.Complete is not { } entered)
            return;
        _arriving = null;
        On(entered);
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
                _rooms[post.Room].Tell(new RoomCommand.Post(Key, _handle.Id, post.Ref, post.Post, Self));
                break;
            case SessionEffect.PassPrivate message:
                Put(message);
                break;
            case SessionEffect.Acknowledge ack:
                _server.Mailboxes.Tell(new MailboxesCommand.Acknowledge(Key, ack.Mailbox));
                break;
            case SessionEffect.AskWho who:
                _server.Router.Tell(new RouterCommand.Who(who.Ref, who.Question, Self));
                break;
            case SessionEffect.AskMembers who:
                _rooms[who.Room].Tell(new RoomCommand.Who(Key, _handle.Id, who.Ref, who.After, Self));
                break;
            case SessionEffect.AskRooms list:
                _server.Rooms.Tell(new RoomsCommand.List(list.Ref, list.After, Self));
                break;
            case SessionEffect.PassAct act:
                _rooms[act.Room].Tell(new RoomCommand.Act(Key, _handle.Id, act.Ref, act.Act, Self));
                break;
            case SessionEffect.Join join:
                Join(join);
                break;
            case SessionEffect.Leave leave:
                if (_rooms.Remove(leave.Room, out var left))
                    left.Tell(new RoomCommand.Leave(Key, _handle.Id, CloseReason.Left, leave.Ref, Self));
                break;
            case SessionEffect.Close close:
                Finish(close.Reason, close.Detached);
                Context.Stop(Self);
                break;
            default:
                PerformName(effect);
                break;
        }
    }

    private void PerformName(SessionEffect effect)
    {
        switch (effect)
        {
            case SessionEffect.Claim claim when _session.Phase == SessionPhase.Claiming:
                _server.Registry.Tell(new RegistryCommand.Claim(claim.Name, KeyOfYou(), _handle.Id, Arrive(), Self));
                break;
            case SessionEffect.Claim claim:
                _server.Registry.Tell(new RegistryCommand.Rename(claim.Name, Key, _handle.Id, Self));
                break;
            case SessionEffect.Resume resume:
                var shown = ResumeTokenHash.Of(resume.Token.Span);
                _server.Registry.Tell(new RegistryCommand.Resume(KeyOfYou(), shown, _handle.Id, Arrive(), Self));
                break;
            case SessionEffect.Enter enter:
                Join(new SessionEffect.Join(0, RoomId.Lobby, enter.Lobby, Create: false, Suite: 0));
                _server.Mailboxes.Tell(new MailboxesCommand.Attach(Key, _handle, enter.Mailbox));
                break;
            case SessionEffect.Withdraw:
                _arriving = null;
                _server.Registry.Tell(new RegistryCommand.Release(Key, _handle.Id));
                _server.Mailboxes.Tell(new MailboxesCommand.Detach(Key, _handle.Id));
                break;
            case SessionEffect.Greet greet:
                Tell(new FanOutCommand.Greet(_handle.Outbound, Encode(greet.Welcome)));
                break;
            case SessionEffect.Renamed renamed:
                _server.Router.Tell(new RouterCommand.Rename(Key, _handle.Id, renamed.You));
                foreach (var room in _rooms.Values)
                    room.Tell(new RoomCommand.Rename(Key, _handle.Id, ServerSession.Public(renamed.You)));
                break;
            default:
                throw new UnreachableException($"no rule for {effect.GetType().Name}");
        }
    }

    private Fingerprint KeyOfYou()
    {
        var key = Fingerprint.Of(_session.You.IdentityKey.Span);
        _key = key;
        return key;
    }

    /// <summary>A new token for each Hello that may be granted a name. Only its hash leaves this actor before Welcome.</summary>
    private Arrival Arrive()
    {
        var resumes = _server.Settings.Limits.Resumes;
        _arriving = new Arriving(resumes ? ServerContext.NewResumeToken() : ByteString.Empty);
        return new Arrival(_session.You, resumes ? ResumeTokenHash.Of(_arriving.Token.Span) : default);
    }

    private void Join(SessionEffect.Join join)
    {
        _asked.Add(join.Room);
        _server.Rooms.Tell(new RoomsCommand.Join(
            join.Room, Key, ServerSession.Public(_session.You), _handle, join.Ref, join.Position, join.Create, join.Suite));
    }

    private void Put(SessionEffect.PassPrivate message)
    {
        var body = message.Private;
        if (Fingerprint.TryFrom(body.Recipient.Span, out var to)) // the table has seen to that
            _server.Mailboxes.Tell(new MailboxesCommand.Put(to, Key, ServerSession.Public(_session.You), message.Ref, body, Self));
    }

    private void Tell(FanOutCommand command) => _handle.Outbound.Owner.Tell(command);

    private EncodedFrame Encode(ServerFrame frame)
    {
        if (frame.Reply?.Refused is { } refused)
            _server.Counters.CountRefusal(refused.Code);
        return EncodedFrame.Of(frame);
    }

    private void Finish(CloseReason reason, bool detached)
    {
        if (_finished)
            return;

        _finished = true;
        _connection.StopReading(); // first: once the writer is released, the connection may be gone
        if (_key is { } key)
            Part(key, reason, detached);
        Tell(new FanOutCommand.Finish(_handle.Outbound, Farewell(reason)));
        Context.Parent.Tell(new SessionsCommand.Ended(_handle.Id, _connection.RemoteAddress, reason));
    }

    /// <summary>Tells everyone who knows this session that it has no connection any more, or that it is over.</summary>
    private void Part(Fingerprint key, CloseReason reason, bool detached)
    {
        _server.Registry.Tell(detached ? new RegistryCommand.Detach(key, _handle.Id) : new RegistryCommand.Release(key, _handle.Id));
        _server.Router.Tell(detached ? new RouterCommand.Detach(key, _handle.Id) : new RouterCommand.Unregister(key, _handle.Id));
        _server.Mailboxes.Tell(new MailboxesCommand.Detach(key, _handle.Id));
        foreach (var room in _rooms.Values)
        {
            room.Tell(detached
                ? new RoomCommand.Detach(key, _handle.Id)
                : new RoomCommand.Leave(key, _handle.Id, reason, Ref: 0, ActorRefs.Nobody));
        }

        foreach (var room in _asked)
            _server.Rooms.Tell(new RoomsCommand.Withdraw(room, key, _handle.Id, reason, detached));
    }

    private static EncodedFrame? Farewell(CloseReason reason) => reason == CloseReason.ConnectionLost
        ? null
        : EncodedFrame.Of(new ServerFrame
        {
            Close = new Close { Reason = reason, Sentence = CloseSentences.Of(reason) },
        });
}
