using System.IO.Pipelines;
using System.Security.Cryptography;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

/// <summary>One client's connection, from the server's side.</summary>
public sealed class ScriptedSession(Stream stream, byte[] serverId) : IAsyncDisposable
{
    /// <summary>The lobby's secret unless a test says otherwise.</summary>
    public static readonly byte[] LobbySecret = [.. Enumerable.Repeat((byte)7, RoomSecret.Length)];

    private readonly PipeReader _reader = PipeReader.Create(stream);

    /// <summary>The last number given out in the lobby.</summary>
    public ulong Sequence { get; set; }

    /// <summary>The last number given out in the client's mailbox.</summary>
    public ulong Mail { get; set; }

    /// <summary>What the next Welcome gives to resume with.</summary>
    public ByteString Token { get; set; } = NewId();

    public byte[] Nonce { get; } = RandomNumberGenerator.GetBytes(KeyProof.NonceBytes);

    public async Task SendAsync(ServerFrame frame) => await stream.WriteAsync(EncodedFrame.Of(frame).WithPrefix);

    public async Task SendRawAsync(byte[] bytes) => await stream.WriteAsync(bytes);

    /// <summary>The next frame from the client; <c>null</c> at the end of the stream.</summary>
    public async Task<ClientFrame?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(ScriptedServer.Patience);
        while (true)
        {
            var read = await _reader.ReadAsync(patience.Token);
            var buffer = read.Buffer;
            if (LengthPrefix.TryRead(ref buffer, 1024 * 1024, out var body) == FrameRead.Complete)
            {
                Assert.True(FrameBody.TryRead(body, out ClientFrame? frame));
                _reader.AdvanceTo(buffer.Start);
                return frame;
            }
            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    /// <summary>The next frame of one kind; there must be no other before it, acknowledgements of the mailbox excepted, which are
    /// answered here.</summary>
    public async Task<ClientFrame> ReadAsync(ClientFrame.BodyOneofCase kind)
    {
        var frame = await ReadAsync();
        while (frame?.Ack is not null && kind != ClientFrame.BodyOneofCase.Ack)
        {
            await ReplyAsync(new Reply { Ref = frame.Ref, Accepted = new Accepted() });
            frame = await ReadAsync();
        }
        Assert.Equal(kind, frame?.BodyCase);
        return frame!;
    }

    public Task ChallengeAsync(SessionLimits? limits = null) => SendAsync(new ServerFrame
    {
        Challenge = new Challenge
        {
            Nonce = ByteString.CopyFrom(Nonce),
            ServerId = ByteString.CopyFrom(serverId),
            Versions = { ServerSession.Version },
            Limits = (limits ?? new SessionLimits()).ToWire(32),
            Server = "scripted",
        },
    });

    /// <summary>Reads a Hello and checks its proof.</summary>
    public async Task<ClientFrame> ReadHelloAsync()
    {
        var frame = await ReadAsync(ClientFrame.BodyOneofCase.Hello);
        Assert.Equal(ProofCheck.Good, KeyProof.Check(frame.Hello, Nonce, serverId));
        return frame;
    }

    public Task WelcomeAsync(ClientFrame hello, params Member[] here) => WelcomeAsync(hello, LobbySecret, here);

    public Task WelcomeAsync(ClientFrame hello, byte[] lobbySecret, uint suite) => WelcomeAsync(hello, lobbySecret, suite, []);

    public Task WelcomeAsync(ClientFrame hello, byte[] lobbySecret, params Member[] here) =>
        WelcomeAsync(hello, lobbySecret, (uint)SuiteId.Sealed, here);

    private Task WelcomeAsync(ClientFrame hello, byte[] lobbySecret, uint suite, Member[] here) => SendAsync(new ServerFrame
    {
        Welcome = new Welcome
        {
            Ref = hello.Ref,
            You = new Member { Name = hello.Hello.Name, IdentityKey = hello.Hello.IdentityKey },
            SessionId = ByteString.CopyFrom(new byte[16]),
            Rooms =
            {
                new RoomInfo
                {
                    Position = new Position { Room = "lobby", Epoch = 1, Sequence = Sequence },
                    Suite = suite,
                    OpenSecret = ByteString.CopyFrom(lobbySecret),
                    MemberCount = (uint)here.Length + 1,
                },
            },
            Here = { here },
            ResumeToken = Token,
            Resumed = !hello.Hello.ResumeToken.IsEmpty,
            Mailbox = new Position { Epoch = 1, Sequence = Mail },
        },
    });

    /// <summary>The whole way into the lobby.</summary>
    public async Task<Hello> AdmitAsync(params Member[] here)
    {
        await ChallengeAsync();
        var hello = await ReadHelloAsync();
        await WelcomeAsync(hello, here);
        return hello.Hello;
    }

    public Task AcceptAsync(ulong @ref) => ReplyAsync(new Reply
    {
        Ref = @ref,
        Accepted = new Accepted { Sequence = ++Sequence, TimeUnixMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() },
    });

    public Task RefuseAsync(ulong @ref, RefusalCode code, string sentence, params string[] suggestions) => ReplyAsync(new Reply
    {
        Ref = @ref,
        Refused = new Refused { Code = code, Sentence = sentence, Suggestions = { suggestions } },
    });

    public Task ReplyAsync(Reply reply) => SendAsync(new ServerFrame { Reply = reply });

    public Task PostAsync(Member from, ByteString envelope) => SendAsync(new ServerFrame
    {
        Posted = new Posted
        {
            Position = new Position { Room = "lobby", Epoch = 1, Sequence = ++Sequence },
            TimeUnixMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            From = from,
            Envelope = envelope,
            MessageId = NewId(),
        },
    });

    /// <summary>Something in a room other than the lobby, under its next number.</summary>
    public Task PostInAsync(string room, Member from, ByteString envelope, ulong sequence) =>
        PostInAsync(room, sequence, new Posted { From = from, Envelope = envelope, MessageId = NewId() });

    public Task ActInAsync(string room, RoomAct act, ulong sequence) => PostInAsync(room, sequence, new Posted { Act = act });

    private Task PostInAsync(string room, ulong sequence, Posted posted)
    {
        posted.Position = new Position { Room = room, Epoch = 1, Sequence = sequence };
        posted.TimeUnixMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return SendAsync(new ServerFrame { Posted = posted });
    }

    /// <returns>The message's id.</returns>
    public async Task<ByteString> PrivateAsync(Member from, ByteString envelope, ByteString? id = null)
    {
        id ??= NewId();
        await SendAsync(new ServerFrame
        {
            PrivateMessage = new PrivateMessage
            {
                From = from,
                Envelope = envelope,
                MessageId = id,
                Position = new Position { Epoch = 1, Sequence = ++Mail },
            },
        });
        return id;
    }

    public Task PresenceAsync(Presence presence)
    {
        presence.Room = "lobby";
        return SendAsync(new ServerFrame { Presence = presence });
    }

    /// <summary>The connection breaks without a word.</summary>
    public void Break() => stream.Dispose();

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static ByteString NewId() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SessionLimits.MessageIdBytes));
}
