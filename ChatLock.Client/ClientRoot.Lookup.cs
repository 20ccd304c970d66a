using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client;

/// <content>How a name that was typed becomes a key: from who is known to be here, else by asking the server.</content>
internal sealed partial class ClientRoot
{
    /// <summary>Messages to names that can't be looked up while offline.</summary>
    public const int HeldMax = 100;

    /// <summary>Messages to one name that wait for the server to say whose it is.</summary>
    public const int LookedUpMax = 500;

    private readonly Dictionary<long, Action<ConnectionAnswer>> _asked = [];
    private readonly Queue<NamedMessage> _held = new();
    private readonly Dictionary<string, Queue<NamedMessage>> _lookedUp = new(StringComparer.Ordinal);
    private long _lastTag;

    /// <summary>A message to a name, before it is known whose that is.</summary>
    private sealed record NamedMessage(string Name, MessageBody Body, SuiteInfo Suite)
    {
        public string Key => PeerName.Key(Name);
    }

    /// <summary>What became of a name.</summary>
    private abstract record Found
    {
        public sealed record Here(string Name, Fingerprint Key) : Found;

        public sealed record Missing(string Code, string Sentence) : Found;

        public sealed record Offline : Found;
    }

    /// <remarks>What is said to a name stays in its order: while one message waits for the look-up, those after it do too, even if the
    /// name's key has become known meanwhile.</remarks>
    private void SayTo(NamedMessage message)
    {
        if (_lookedUp.TryGetValue(message.Key, out var waiting))
        {
            if (waiting.Count < LookedUpMax)
                waiting.Enqueue(message);
            else
                Emit(new ClientEvent.MessageFailed(message.Name, message.Body, BusyAnswer.Code, BusyAnswer.Sentence));
            return;
        }
        if (!IsOnline && _held.Any(held => held.Key == message.Key))
        {
            Hold(message);
            return;
        }
        _lookedUp.Add(message.Key, new Queue<NamedMessage>([message]));
        Find(message.Name, found =>
        {
            _lookedUp.Remove(message.Key, out var all);
            foreach (var one in all ?? [])
                Send(one, found);
        });
    }

    private void Send(NamedMessage message, Found found)
    {
        switch (found)
        {
            case Found.Offline:
                Hold(message);
                break;
            case Found.Missing missing:
                Emit(new ClientEvent.MessageFailed(message.Name, message.Body, missing.Code, missing.Sentence));
                break;
            case Found.Here here:
                SayToKey(here, message.Body, message.Suite);
                break;
        }
    }

    private void Find(string typed, Action<Found> then)
    {
        if (!UserName.TryParse(typed, out var name, out var problem))
            then(new Found.Missing(CodeNames.Of(RefusalCode.NameInvalid), problem.Sentence));
        else if (_directory.TryFind(name.Text, out var key))
            then(new Found.Here(_directory.NameOf(key) ?? name.Text, key));
        else if (!IsOnline)
            then(new Found.Offline());
        else
            Ask(new ClientFrame { Who = new Who { Name = name.Text } }, answer => then(FoundBy(name.Text, answer)));
    }

    private Found FoundBy(string name, ConnectionAnswer answer)
    {
        if (answer is ConnectionAnswer.QueueFull)
            return new Found.Missing(BusyAnswer.Code, BusyAnswer.Sentence);
        if (answer is not ConnectionAnswer.Replied { Reply: var reply })
            return new Found.Offline();
        if (reply.Roster is not { Members: [var member, ..] })
            return new Found.Missing(CodeNames.Of(RefusalCode.NotHere), $"{name} isn't here.");

        var (held, key) = Meet(member);
        return PeerName.Key(held) == PeerName.Key(name)
            ? new Found.Here(held, key)
            : new Found.Missing(CodeNames.Of(RefusalCode.NotHere), $"The server gave somebody else's key for {name}; nothing was sent.");
    }

    private void Ask(ClientFrame frame, Action<ConnectionAnswer> then)
    {
        _asked.Add(++_lastTag, then);
        _connection.Tell(new ConnectionCommand.Ask(_lastTag, frame, SessionNumber), Self);
    }

    private void OnAnswer(ConnectionAnswer answer)
    {
        if (_asked.Remove(answer.Tag, out var then))
            then(answer);
    }

    private (string Name, Fingerprint Key) Meet(Member member)
    {
        var (name, key) = PeerDirectory.Of(member);
        if (key != _identity.Fingerprint)
            _directory = _directory.With(name, key);
        return (name, key);
    }

    private void Hold(NamedMessage message)
    {
        if (_held.Count >= HeldMax)
        {
            Emit(new ClientEvent.MessageFailed(message.Name, message.Body, "offline", "You are offline, and too many messages wait already."));
            return;
        }
        _held.Enqueue(message);
        Emit(new ClientEvent.MessageHeld(message.Name, message.Body));
    }

    private void LookUpHeld()
    {
        for (var count = _held.Count; count > 0; count--)
            SayTo(_held.Dequeue());
    }

    private void HandBackHeld(string sentence)
    {
        while (_held.TryDequeue(out var held))
            Emit(new ClientEvent.MessageFailed(held.Name, held.Body, "offline", sentence));
    }
}
