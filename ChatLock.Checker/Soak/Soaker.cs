using System.Collections.Concurrent;
using ChatLock.Checker.History;
using ChatLock.Protocol.Names;

namespace ChatLock.Checker.Soak;

/// <summary>One client of the soak and the pen that writes its history.</summary>
/// <remarks>What it does is written before it does it, what it is told when it is told.</remarks>
internal sealed class Soaker(ISoakClient client, string name, IReadOnlyList<string> rooms, HistoryWriter history, SoakCounts counts)
    : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<MessageId, byte> _unanswered = new();
    private readonly Dictionary<string, ulong> _epochs = [];
    private readonly HashSet<string> _names = [];
    private ulong _counter;
    private bool _wasOnline;
    private volatile bool _isOnline;
    private volatile int _entered;

    public ClientKey Key => client.Key;

    public string Name => name;

    /// <summary>Rooms that it says things in: those it joins, and the lobby.</summary>
    public IReadOnlyList<string> Rooms { get; } = [RoomName.Lobby.Text, .. rooms];

    public bool IsOnline => _isOnline;

    /// <summary>Whether it is in all its rooms. Nobody says anything before all are, so each stands at number 0 of each.</summary>
    public bool IsReady => _isOnline && _entered == Rooms.Count;

    /// <summary>Messages whose fate it doesn't know yet.</summary>
    public int Unanswered => _unanswered.Count;

    /// <summary>Connects, and writes down all that happens until the client is stopped.</summary>
    public async Task RunAsync()
    {
        client.Connect();
        await foreach (var happened in client.EventsAsync(CancellationToken.None).ConfigureAwait(false))
        {
            counts.Count(happened);
            await OnAsync(happened).ConfigureAwait(false);
        }
    }

    /// <remarks>From one thread.</remarks>
    public async Task SayAsync(string room, string text)
    {
        var id = SoakText.IdOf(text);
        _unanswered.TryAdd(id, 0);
        await WriteAsync(new Happening.SentToRoom(room, id, ++_counter)).ConfigureAwait(false);
        client.Say(room, text);
    }

    /// <inheritdoc cref="SayAsync"/>
    public async Task SayToAsync(Soaker other, string text)
    {
        var id = SoakText.IdOf(text);
        _unanswered.TryAdd(id, 0);
        await WriteAsync(new Happening.SentPrivately(other.Key, id, ++_counter)).ConfigureAwait(false);
        client.SayTo(other.Name, text);
    }

    /// <summary>Closes the history: all that is owed has had its time to come.</summary>
    public ValueTask EndAsync() => WriteAsync(new Happening.Ended());

    public ValueTask StopAsync() => client.StopAsync();

    public void Dispose() => client.Dispose();

    private async ValueTask OnAsync(SoakEvent happened)
    {
        switch (happened)
        {
            case SoakEvent.Online online:
                await EnterAsync(online).ConfigureAwait(false);
                break;
            case SoakEvent.Stopped when !_wasOnline: // before the gateway was as far; people would start it again, too
                await Task.Delay(BetweenTries).ConfigureAwait(false);
                client.Connect();
                break;
            case SoakEvent.Offline or SoakEvent.Stopped when _isOnline:
                _isOnline = false;
                await WriteAsync(new Happening.Detached()).ConfigureAwait(false);
                break;
            case SoakEvent.NameRefused:
                await Task.Delay(BetweenTries).ConfigureAwait(false);
                client.ChooseName(name);
                break;
            case SoakEvent.RoomEntered entered:
                await JoinAsync(entered.Room).ConfigureAwait(false);
                break;
            case SoakEvent.RoomLeft left:
                await WriteAsync(new Happening.Parted(left.Room)).ConfigureAwait(false);
                break;
            case SoakEvent.Missing missing:
                await MissAsync(missing).ConfigureAwait(false);
                break;
            case SoakEvent.Came came:
                await WriteAsync(new Happening.Received(
                    At(came.Room, came.Sequence), came.From, SoakText.IdOf(came.Text), SignatureCheck.ByClient)).ConfigureAwait(false);
                break;
            case SoakEvent.CamePrivately came:
                await WriteAsync(new Happening.ReceivedPrivately(
                    came.From, SoakText.IdOf(came.Text), SignatureCheck.ByClient)).ConfigureAwait(false);
                break;
            case SoakEvent.Taken taken:
                await AnsweredAsync(taken.Text, id => new Happening.Acknowledged(At(taken.Room, taken.Sequence), id)).ConfigureAwait(false);
                break;
            case SoakEvent.TakenPrivately taken:
                await AnsweredAsync(taken.Text, id => new Happening.AcknowledgedPrivately(id)).ConfigureAwait(false);
                break;
            case SoakEvent.Failed failed:
                await AnsweredAsync(failed.Text, id => failed.IsRefused
                    ? new Happening.Refused(id, failed.Code)
                    : new Happening.Failed(id, failed.Code)).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask EnterAsync(SoakEvent.Online online)
    {
        await WriteAsync(online.IsResumed ? new Happening.Resumed() : new Happening.Connected()).ConfigureAwait(false);
        _isOnline = true;
        if (_names.Add(online.Name))
            await WriteAsync(new Happening.NameHeld(online.Name)).ConfigureAwait(false);
        if (_wasOnline)
            return;
        _wasOnline = true;
        await JoinAsync(RoomName.Lobby.Text).ConfigureAwait(false);
        foreach (var room in rooms)
            client.Join(room);
    }

    /// <summary>The first time is the beginning of the membership; to be brought back isn't another one.</summary>
    private async ValueTask JoinAsync(string room)
    {
        if (!_epochs.TryAdd(room, 0))
            return;
        _entered++;
        counts.Joined(room);
        await WriteAsync(new Happening.Joined(At(room, 0))).ConfigureAwait(false);
    }

    /// <remarks>The library doesn't tell epochs. That one began anew is told; so they are counted from 0 here.</remarks>
    private async ValueTask MissAsync(SoakEvent.Missing missing)
    {
        if (missing.First == 0)
        {
            _epochs[missing.Room]++;
            await WriteAsync(new Happening.Joined(At(missing.Room, 0))).ConfigureAwait(false);
        }
        await WriteAsync(new Happening.Gap(missing.Room, _epochs[missing.Room], missing.First, missing.Last)).ConfigureAwait(false);
    }

    private async ValueTask AnsweredAsync(string text, Func<MessageId, Happening> what)
    {
        var id = SoakText.IdOf(text);
        await WriteAsync(what(id)).ConfigureAwait(false);
        _unanswered.TryRemove(id, out _);
    }

    private LogPosition At(string room, ulong sequence) => new(room, _epochs.GetValueOrDefault(room), sequence);

    private ValueTask WriteAsync(Happening what) => history.WriteAsync(Key, what);
}
