using Akka.Actor;
using ChatLock.Client.Identity;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <content>What the session's table and the connection's state want done.</content>
internal sealed partial class ConnectionActor
{
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
            case ClientEffect.RoomEntered entered:
                return PassOn(new ServerFrame { Entered = entered.Info });
            case ClientEffect.LeftRoom left:
                return PassOn(new ServerFrame { LeftRoom = left.Left });
            case ClientEffect.Send send:
                Send(send.Frame);
                break;
            case ClientEffect.Answered answered:
                OnAnswered(answered);
                break;
            case ClientEffect.NotSent notSent:
                _requests.NotSent(notSent.Tag);
                break;
            case ClientEffect.Prove prove:
                _identity.Tell(new Prove(_generation, prove.Ref, prove.Challenge, prove.Name, prove.Token, prove.Positions));
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
        var limits = challenge.Limits ?? new SessionLimits().ToWire(UserName.MaxCharacters);
        var nowMs = NowMs; // of before anyone hears of it
        _requests.Start(limits, nowMs);
        Context.Parent.Tell(new ConnectionEvent.Entered(welcome, challenge, _sessionKeys, _requests.Session));
        var online = welcome.Rooms.Count > 0 ? welcome.Rooms[0].MemberCount : (uint)welcome.Here.Count;
        Feed(new LinkInput.Entered(_name ?? "", online, limits, nowMs, _renewIn));
    }

    private void OnAnswered(ClientEffect.Answered answered)
    {
        _name = _session.Name;
        if (answered.Tag == PingTag)
            return;
        _requests.Answer(answered.Tag, answered.Reply);
        SendWaiting();
    }

    private void OnSessionEnded(ClientEffect.Ended ended)
    {
        Context.Parent.Tell(new ConnectionEvent.Gone());
        _requests.Stop();
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
                Timers.StartSingleTimer(Wake.Retry, Wake.Retry, retry.Delay);
                break;
            case LinkEffect.Report report:
                Context.Parent.Tell(new ConnectionEvent.Status(report.Status));
                break;
        }
    }

    private void Open()
    {
        Timers.Cancel(Wake.Retry);
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
}
