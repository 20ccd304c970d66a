using Akka.Actor;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>Requests on their way through the connection: waiting for their turn, then for their answer.</summary>
/// <remarks>Belongs to the connection's actor. Whoever asked gets exactly one <see cref="ConnectionAnswer"/>.</remarks>
internal sealed class RequestQueue
{
    /// <summary>Requests that may wait to be sent. Conversations keep their own queues behind it.</summary>
    public const int WaitingMax = 4_096;

    private readonly Queue<(IActorRef Asker, ConnectionCommand.Ask Ask)> _waiting = new();
    private readonly Dictionary<long, (IActorRef Asker, long Tag)> _asked = [];
    private readonly Queue<(IActorRef Asker, long Tag)> _turns = new(); // one for each conversation at most
    private IActorRef? _turn;
    private RequestPace? _pace;
    private long _lastTag;

    /// <summary>Which session it is, or was.</summary>
    public long Session { get; private set; }

    /// <summary>A session began, under these limits.</summary>
    public void Start(Limits limits, long nowMs)
    {
        _pace = RequestPace.Under(limits, nowMs);
        Session++;
    }

    /// <summary>The session ended: what was sent has an unknown fate, what waited has none.</summary>
    public void Stop()
    {
        _pace = null;
        foreach (var (asker, tag) in _asked.Values)
            asker.Tell(new ConnectionAnswer.Unknown(tag));
        _asked.Clear();
        while (_waiting.TryDequeue(out var waiting))
            waiting.Asker.Tell(new ConnectionAnswer.NotSent(waiting.Ask.Tag));
        _turn = null;
        while (_turns.TryDequeue(out var next))
            next.Asker.Tell(new ConnectionAnswer.NotSent(next.Tag));
    }

    public void AwaitTurn(IActorRef asker, ConnectionCommand.AwaitTurn wait)
    {
        if (!IsOn(wait.Session))
            asker.Tell(new ConnectionAnswer.NotSent(wait.Tag));
        else
            _turns.Enqueue((asker, wait.Tag));
    }

    /// <summary>Gives the next one its turn, if nobody has it, nothing waits and there is room for more.</summary>
    /// <param name="nowMs">Now.</param>
    /// <param name="waitMs">When to ask again; 0 if something else comes before that.</param>
    public void GiveTurn(long nowMs, out uint waitMs)
    {
        waitMs = 0;
        if (_pace is null || _turn is not null || _waiting.Count > 0 || _turns.Count == 0 || !_pace.HasRoom(nowMs, out waitMs))
            return;
        (_turn, var tag) = _turns.Dequeue();
        _turn.Tell(new ConnectionAnswer.Turn(tag));
    }

    public void EndTurn(IActorRef asker)
    {
        if (asker.Equals(_turn))
            _turn = null;
    }

    public void Add(IActorRef asker, ConnectionCommand.Ask ask)
    {
        if (!IsOn(ask.Session))
            asker.Tell(new ConnectionAnswer.NotSent(ask.Tag));
        else if (_waiting.Count >= WaitingMax)
            asker.Tell(new ConnectionAnswer.QueueFull(ask.Tag));
        else
            _waiting.Enqueue((asker, ask));
    }

    /// <summary>The next request that may go now, under a tag of the connection's.</summary>
    /// <param name="nowMs">Now.</param>
    /// <param name="waitMs">When to ask again; 0 if an answer or another request comes before that.</param>
    public ClientInput.Ask? Take(long nowMs, out uint waitMs)
    {
        waitMs = 0;
        if (_pace is null || !_waiting.TryPeek(out var next))
            return null;
        var isMessage = next.Ask.Frame.BodyCase is ClientFrame.BodyOneofCase.Post or ClientFrame.BodyOneofCase.Private;
        var mayGo = _pace.TryTake(isMessage, nowMs, out var pace, out waitMs);
        _pace = pace;
        if (!mayGo)
            return null;
        _waiting.Dequeue();
        _asked.Add(++_lastTag, (next.Asker, next.Ask.Tag));
        return new ClientInput.Ask(_lastTag, next.Ask.Frame);
    }

    public void Answer(long tag, Reply reply)
    {
        _pace = _pace?.Answered();
        if (_asked.Remove(tag, out var asked))
            asked.Asker.Tell(new ConnectionAnswer.Replied(asked.Tag, reply));
    }

    /// <summary>The session didn't take it.</summary>
    public void NotSent(long tag)
    {
        _pace = _pace?.Answered();
        if (_asked.Remove(tag, out var asked))
            asked.Asker.Tell(new ConnectionAnswer.NotSent(asked.Tag));
    }

    private bool IsOn(long session) => _pace is not null && session == Session;
}
