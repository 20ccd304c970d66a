using System.Runtime.CompilerServices;
using Akka.Actor;
using ChatLock.Checker.History;
using ChatLock.Client;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Identity;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Names;

namespace ChatLock.Checker.Soak;

/// <summary>The client library, as people's clients use it, with a key of its own that is kept nowhere.</summary>
internal sealed class LibraryClient : ISoakClient
{
    private static readonly Backoff Impatient = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));

    /// <summary>Failures that aren't the server's word: what became of the message isn't known.</summary>
    private static readonly HashSet<string> Unknown = ["not-sent", "offline"];

    private readonly ClientIdentity _identity = ClientIdentity.Temporary();
    private readonly Func<ChatClient> _start;
    private readonly Lock _turn = new();
    private volatile ChatClient _client;
    private bool _hasStopped;
    private bool _isOver;

    public LibraryClient(ActorSystem system, ServerAddress server, string name)
    {
        var settings = new ClientSettings { Server = server, Name = name, Backoff = Impatient };
        _start = () => ChatClient.Start(system, settings, _identity, PinStore.InMemory());
        _client = _start();
        Key = ClientKey.Of(_identity.Fingerprint);
    }

    public ClientKey Key { get; }

    public void Connect()
    {
        lock (_turn)
        {
            if (_isOver)
                return;
            if (_hasStopped)
            {
                _hasStopped = false;
                var stopped = _client;
                _client = _start();
                _ = stopped.DisposeAsync().AsTask(); // and its events end
            }

            _client.Do(new ClientCommand.Connect());
        }
    }

    public void ChooseName(string name) => _client.Do(new ClientCommand.ChooseName(name));

    public void Join(string room) => _client.Do(new ClientCommand.Join(room));

    public void Say(string room, string text) =>
        _client.Do(new ClientCommand.Say(new MessageBody(text), room == RoomName.Lobby.Text ? null : room));

    public void SayTo(string name, string text) => _client.Do(new ClientCommand.SayTo(name, new MessageBody(text)));

    public async IAsyncEnumerable<SoakEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancelled)
    {
        for (ChatClient? read = null; read != _client;)
        {
            read = _client;
            await foreach (var happened in read.ReadEventsAsync(cancelled).ConfigureAwait(false))
            {
                if (Translate(happened) is not { } told)
                    continue;
                lock (_turn)
                    _hasStopped |= told is SoakEvent.Stopped;
                yield return told;
            }
        }
    }

    public ValueTask StopAsync()
    {
        lock (_turn)
        {
            _isOver = true;
            return _client.DisposeAsync();
        }
    }

    public void Dispose() => _identity.Dispose();

    private static SoakEvent? Translate(ClientEvent happened) => happened switch
    {
        ClientEvent.Entered entered => new SoakEvent.Online(entered.Name, entered.IsResumed),
        ClientEvent.StatusChanged { Status: ConnectionStatus.Stopped stopped } => new SoakEvent.Stopped(stopped.Sentence),
        ClientEvent.StatusChanged { Status: ConnectionStatus.Waiting or ConnectionStatus.Connecting } => new SoakEvent.Offline(),
        ClientEvent.NameNeeded needed => new SoakEvent.NameRefused(needed.Code ?? "none-asked"),
        ClientEvent.RoomEntered entered => new SoakEvent.RoomEntered(entered.Room.Id),
        ClientEvent.RoomLeft left => new SoakEvent.RoomLeft(left.Id, left.Code),
        ClientEvent.MessageSent { To: null } sent => new SoakEvent.Taken(RoomOf(sent.Room), sent.Sequence, sent.Body.Text),
        ClientEvent.MessageSent sent => new SoakEvent.TakenPrivately(sent.Body.Text),
        ClientEvent.MessageFailed failed => new SoakEvent.Failed(failed.Body.Text, failed.Code, !Unknown.Contains(failed.Code)),
        ClientEvent.MessageCame { IsPrivate: true } came => new SoakEvent.CamePrivately(ClientKey.Of(came.From.Key), came.Body.Text),
        ClientEvent.MessageCame came =>
            new SoakEvent.Came(RoomOf(came.Room), came.Sequence, ClientKey.Of(came.From.Key), came.Body.Text),
        ClientEvent.MessageUnreadable bad => new SoakEvent.Unreadable(bad.Reason.ToString()),
        ClientEvent.MessagesMissing { IsPrivate: true } => new SoakEvent.PrivateMissing(),
        ClientEvent.MessagesMissing gap => new SoakEvent.Missing(RoomOf(gap.Room), gap.From, gap.To),
        _ => null,
    };

    private static string RoomOf(string? room) => room ?? RoomName.Lobby.Text;
}
