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

    public Fingerprint Fingerprint => Fingerprint.Of(_key.PublicKey.Point.Span);

    public static async Task<TestClient> ConnectAsync(ChatServer server, SigningKey? key = null)
    {
        var client = new TestClient(key);
        client._session = await server.AcceptAsync(client);
        client.Challenge = (await client.NextAsync(BodyOneofCase.Challenge)).Challenge;
        return client;
    }

    public static async Task<TestClient> EnterAsync(ChatServer server, string name, SigningKey? key = null)
    {
        var client = await ConnectAsync(server, key);
        client.SendHello(name);
        await client.NextAsync(BodyOneofCase.Welcome);
        return client;
    }

    public ulong SendHello(string name) => Send(new ClientFrame { Hello = HelloFor(name) });

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

    public ulong Post(string text) => Send(new ClientFrame
    {
        Post = new Post { Room = RoomId.Lobby.Text, MessageId = NewId(), Envelope = ByteString.CopyFromUtf8(text) },
    });

    public ulong SendPrivate(Fingerprint to, string text) => Send(new ClientFrame
    {
        Private = new Private { Recipient = to.ToByteString(), MessageId = NewId(), Envelope = ByteString.CopyFromUtf8(text) },
    });

    /// <summary>The socket ends without a word.</summary>
    public void Vanish() => _session.Tell(new SessionMessage.End(CloseReason.ConnectionLost));

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

    private static ByteString NewId() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
}
