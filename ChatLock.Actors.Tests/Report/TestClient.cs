using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Actor;
using ChatLock.Actors.FanOut;
using ChatLock.Actors.Sessions;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Actors.Tests.Report;

/// <summary>A client with a real key on a connection in memory: what the server writes is decoded and kept.</summary>
public sealed class TestClient : IConnection, IFrameWriter, IDisposable
{
    /// <summary>A guard against hanging, not an assertion about speed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SigningKey _key;
    private readonly AgreementKey _sessionKey = AgreementKey.Generate();
    private readonly Channel<ServerFrame> _came = Channel.CreateUnbounded<ServerFrame>();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _arrival = NewSource();
    private TaskCompletionSource<bool>? _stuck;
    private IActorRef _session = ActorRefs.Nobody;
    private ulong _lastRef;
    private int _credits;

    public TestClient(SigningKey? key = null) => _key = key ?? SigningKey.Generate();

    public SigningKey Key => _key;

    public string RemoteAddress => "test";

    public IFrameWriter Writer => this;

    public long? PartialSinceMs { get; set; }

    /// <summary>Every frame that this client's socket carried, and the bytes of each.</summary>
    public ConcurrentQueue<ServerFrame> Everything { get; } = new();

    public int Credits => Volatile.Read(ref _credits);

    /// <summary>What happens when the session gives a credit: a bug of the server's, if a test wants one.</summary>
    public Action OnCredit { get; set; } = () => { };

    public Challenge Challenge { get; private set; } = new();

    public Welcome Welcome { get; private set; } = new();

    public Fingerprint Fingerprint => Fingerprint.Of(_key.PublicKey.Point.Span);

    public static async Task<TestClient> ConnectAsync(ChatServer server, SigningKey? key = null)
    {
        var client = new TestClient(key);
        client._session = await server.AcceptAsync(client);
        client.Challenge = (await client.NextAsync(BodyOneofCase.Challenge)).Challenge;
        return client;
    }

    public static async Task<TestClient> EnterAsync(ChatServer server, string name, SigningKey? key = null, params Position[] positions)
    {
        var client = await ConnectAsync(server, key);
        client.SendHello(name, token: null, positions);
        await client.WelcomedAsync();
        return client;
    }

    /// <summary>A new connection of the same client, which shows the token of its last one.</summary>
    public async Task<TestClient> ResumeAsync(ChatServer server, params Position[] positions)
    {
        var client = await ConnectAsync(server, _key);
        client.SendHello("whatever", Welcome.ResumeToken, positions);
        await client.WelcomedAsync();
        return client;
    }

    public async Task WelcomedAsync() => Welcome = (await NextAsync(BodyOneofCase.Welcome)).Welcome;

    public ulong SendHello(string name, ByteString? token = null, params Position[] positions)
    {
        var hello = HelloFor(name);
        hello.ResumeToken = token ?? ByteString.Empty;
        hello.Positions.Add(positions);
        return Send(new ClientFrame { Hello = hello });
    }

    public Hello HelloFor(string name)
    {
        var point = _sessionKey.Point.Span;
        return new Hello
        {
            IdentityKey = ByteString.CopyFrom(_key.PublicKey.Point.Span),
            Name = name,
            SessionKey = ByteString.CopyFrom(point),
            SessionKeySignature = ByteString.CopyFrom(_key.Sign(KeyProof.SessionKeyContext(0, point))),
            Signature = ByteString.CopyFrom(_key.Sign(
                KeyProof.HelloContext(Challenge.Nonce.Span, Challenge.ServerId.Span, point, name))),
        };
    }

    public ulong Send(ClientFrame frame)
    {
        frame.Ref = ++_lastRef;
        _session.Tell(new SessionMessage.Frame(frame));
        return frame.Ref;
    }

    public ulong Post(string text, string? room = null) => Send(new ClientFrame
    {
        Post = new Post { Room = room ?? RoomId.Lobby.Text, MessageId = NewId(), Envelope = ByteString.CopyFromUtf8(text) },
    });

    public ulong SendPrivate(Fingerprint to, string text, ByteString? id = null) => Send(new ClientFrame
    {
        Private = new Private { Recipient = to.ToByteString(), MessageId = id ?? NewId(), Envelope = ByteString.CopyFromUtf8(text) },
    });

    public ulong Join(string room, bool create = false, Position? position = null) =>
        Send(new ClientFrame { Join = new Join { Room = room, Create = create, Suite = 2, Position = position } });

    public Task<Reply> WhoAsync(string name) => ReplyToAsync(Send(new ClientFrame { Who = new Who { Name = name } }));

    /// <summary>Private messages up to this one were dealt with.</summary>
    public ulong Acknowledge(Position position) => Send(new ClientFrame { Ack = new Ack { Positions = { position } } });

    /// <summary>The socket ends without a word.</summary>
    public void Vanish() => _session.Tell(new SessionMessage.End(CloseReason.ConnectionLost));

    /// <summary>The first frame of all that came, or will come, that this is true of.</summary>
    public async Task<ServerFrame> FindAsync(Func<ServerFrame, bool> wanted)
    {
        while (true)
        {
            var arrival = _arrival.Task;
            if (Everything.FirstOrDefault(wanted) is { } found)
                return found;
            await arrival.WaitAsync(Patience);
        }
    }

    /// <summary>As many private messages as were sent to this client, once there are so many.</summary>
    public async Task<string[]> PrivateTextsAsync(int count)
    {
        await FindAsync(_ => Private().Count() >= count);
        return [.. Private().Select(message => message.Envelope.ToStringUtf8())];
    }

    public IEnumerable<PrivateMessage> Private() =>
        Everything.Where(frame => frame.PrivateMessage is not null).Select(frame => frame.PrivateMessage);

    /// <summary>The next frame of this kind; others that come before it are passed over.</summary>
    public async Task<ServerFrame> NextAsync(BodyOneofCase kind)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _came.Reader.ReadAsync(patience.Token) is var frame)
        {
            if (frame.BodyCase == kind)
                return frame;
        }

        throw new InvalidOperationException("unreachable");
    }

    /// <summary>The reply to a request.</summary>
    public async Task<Reply> ReplyToAsync(ulong @ref)
    {
        while ((await NextAsync(BodyOneofCase.Reply)).Reply is var reply)
        {
            if (reply.Ref == @ref)
                return reply;
        }

        throw new InvalidOperationException("unreachable");
    }

    /// <summary>What is not stored, since a journal is being opened again, is sent again.</summary>
    public async Task<Accepted> AcceptedAsync(Func<ulong> send)
    {
        while (await ReplyToAsync(send()) is var reply)
        {
            if (reply.Accepted is { } accepted)
                return accepted;
            if (reply.Refused is not { Code: RefusalCode.NotStored })
                throw new InvalidOperationException($"{reply}");
        }

        throw new InvalidOperationException("unreachable");
    }

    /// <summary>The next Presence that this is true of.</summary>
    public async Task<Presence> PresenceAsync(Func<Presence, bool> wanted)
    {
        while ((await NextAsync(BodyOneofCase.Presence)).Presence is var presence)
        {
            if (wanted(presence))
                return presence;
        }

        throw new InvalidOperationException("unreachable");
    }

    /// <summary>All that was sent to this client before now has arrived: an answered request is the mark.</summary>
    public Task SettleAsync() => ReplyToAsync(Send(new ClientFrame { Ping = new Ping() }));

    /// <summary>From now on nothing this client is sent gets through, until the test says so.</summary>
    public void StopTaking() => _stuck = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

    public void TakeAgain() => _stuck!.SetResult(true);

    public Task ReleasedAsync() => _released.Task.WaitAsync(Patience);

    public void Write(EncodedFrame frame)
    {
        var decoded = Parser.ParseFrom(frame.Body.Span);
        Everything.Enqueue(decoded);
        _came.Writer.TryWrite(decoded);
        Interlocked.Exchange(ref _arrival, NewSource()).SetResult();
    }

    public ValueTask<bool> FlushAsync() => _stuck is { } stuck ? new ValueTask<bool>(stuck.Task) : ValueTask.FromResult(true);

    public void Credit()
    {
        Interlocked.Increment(ref _credits);
        OnCredit();
    }

    public void StopReading()
    {
    }

    public void Released() => _released.TrySetResult();

    public void Dispose() => _sessionKey.Dispose();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static ByteString NewId() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
}
