using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <summary>Judges histories. Feed it every record of every file, each file in its order, then ask for the verdict.</summary>
/// <remarks>
/// Pure: no clock, no file. Time is linear in the records, but for sorting the numbers of each room once and the few records
/// about names. Memory: about 400 bytes for each message and a bit for each client and message, 16 bytes for each delivery.
/// This file takes records in; what can only be judged in the end is in RoomChecks, MessageChecks and NameChecks.
/// </remarks>
public sealed partial class HistoryChecker
{
    private readonly Findings _findings = new();
    private readonly List<string> _files = [];
    private readonly List<ClientLedger> _clients = [];
    private readonly Dictionary<ClientKey, ClientLedger> _byKey = [];
    private readonly Dictionary<MessageId, KnownMessage> _messages = [];
    private readonly Dictionary<(string Room, ulong Epoch), RoomLog> _logs = [];
    private readonly NameChecks _names = new();
    private string _clock = "";
    private int _delivered;
    private int _detached;
    private int _resumed;
    private int _signatures;

    /// <summary>The records that follow are of this file.</summary>
    /// <param name="file">How it is called in sentences.</param>
    /// <param name="clock">Its clock.</param>
    public void Begin(string file, string clock)
    {
        _files.Add(file);
        _clock = clock;
    }

    /// <summary>The next record of the file.</summary>
    /// <exception cref="HistoryException">The client has records in two files, so that their order isn't known.</exception>
    public void Take(in ReadRecord read)
    {
        var client = ClientOf(read);
        var place = new RecordPlace(client.File, read.Line);
        var at = read.Record.AtMicroseconds;
        switch (read.Record.What)
        {
            case Happening.Received came:
                OnReceived(client, came, place);
                break;
            case Happening.ReceivedPrivately came:
                OnReceivedPrivately(client, came, place);
                break;
            case Happening.PassedBy passed:
                CheckSignature(client, passed.Id, passed.From, passed.Signature, place);
                break;
            case Happening.SentToRoom sent:
                OnSent(client, sent.Id, sent.Room, default, sent.Counter, at, place);
                break;
            case Happening.SentPrivately sent:
                OnSent(client, sent.Id, null, sent.Recipient, sent.Counter, at, place);
                break;
            case Happening.Acknowledged taken:
                OnAcknowledged(client, taken, at, place);
                break;
            case Happening.AcknowledgedPrivately taken:
                Message(taken.Id).Acknowledge(null, at, place);
                break;
            case Happening.Refused refused:
                Message(refused.Id).Refuse();
                break;
            case Happening.Failed failed:
                Message(failed.Id).IsGivenUp = true;
                break;
            case Happening.Joined joined:
                OnJoined(client, joined.Position, place);
                break;
            case Happening.Parted parted:
                Part(client.In(parted.Room));
                break;
            case Happening.Gap gap:
                OnGap(client, gap);
                break;
            case Happening.ActSeen act:
                OnAct(client, act.Position, place);
                break;
            case Happening.NameHeld held:
                client.Names.Add(held.Name);
                _names.Held(held.Name, client, at, place);
                break;
            case Happening.NameReleased released:
                client.Names.Remove(released.Name);
                _names.Released(released.Name, client, at, place);
                break;
            case Happening.Connected or Happening.Resumed:
                client.IsAttached = true;
                client.Returns.Add(place.Line);
                _resumed += read.Record.What is Happening.Resumed ? 1 : 0;
                break;
            case Happening.Detached:
                (client.IsAttached, _detached) = (false, _detached + 1);
                break;
            case Happening.Left:
                OnLeft(client, at, place);
                break;
            case Happening.Ended:
                client.HasEnded = true;
                break;
        }
    }

    private ClientLedger ClientOf(in ReadRecord read)
    {
        var file = _files.Count - 1;
        if (!_byKey.TryGetValue(read.Record.Client, out var client))
        {
            client = new ClientLedger(read.Record.Client, _clients.Count, file, _clock);
            _byKey.Add(client.Key, client);
            _clients.Add(client);
        }
        return client.File == file
            ? client
            : throw new HistoryException(_files[file], read.Line, $"{client.Key} has records in {_files[client.File]} too.");
    }

    private KnownMessage Message(MessageId id)
    {
        if (_messages.TryGetValue(id, out var known))
            return known;
        var message = new KnownMessage(id);
        _messages.Add(id, message);
        return message;
    }

    private RoomLog Log(string room, ulong epoch)
    {
        if (_logs.TryGetValue((room, epoch), out var known))
            return known;
        var log = new RoomLog(room, epoch);
        _logs.Add((room, epoch), log);
        return log;
    }

    private string Where(RecordPlace place) => $"{_files[place.File]}:{place.Line}";
}
