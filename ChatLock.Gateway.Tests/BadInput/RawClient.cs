using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Gateway.Tests.BadInput;

/// <summary>A client that can send anything, over a real socket.</summary>
public sealed class RawClient : IDisposable
{
    /// <summary>A guard against hanging, not an assertion about speed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly SigningKey _key = SigningKey.Generate();
    private readonly AgreementKey _sessionKey = AgreementKey.Generate();
    private Stream _stream = Stream.Null;
    private PipeReader _input = PipeReader.Create(Stream.Null);
    private Action _endSending;
    private ulong _lastRef;

    private RawClient() => _endSending = () => _tcp.Client.Shutdown(SocketShutdown.Send);

    public Challenge Challenge { get; private set; } = new();

    public Welcome Welcome { get; private set; } = new();

    public Fingerprint Fingerprint => Fingerprint.Of(_key.PublicKey.Point.Span);

    public static async Task<RawClient> ConnectAsync(IPEndPoint server, bool tls = false)
    {
        var client = new RawClient();
        await client.OpenAsync(server, tls);
        return await client.ChallengedAsync();
    }

    /// <summary>The same over a stream that someone else has opened.</summary>
    public static Task<RawClient> ConnectAsync(Stream opened, Action endSending)
    {
        var client = new RawClient { _stream = opened, _input = PipeReader.Create(opened), _endSending = endSending };
        return client.ChallengedAsync();
    }

    public static async Task<RawClient> EnterAsync(IPEndPoint server, string name, bool tls = false)
    {
        var client = await ConnectAsync(server, tls);
        await client.EnterAsync(name);
        return client;
    }

    public async Task EnterAsync(string name)
    {
        await SendAsync(new ClientFrame { Hello = HelloFor(name) });
        Welcome = (await NextAsync(BodyOneofCase.Welcome)).Welcome;
    }

    public Hello HelloFor(string name, byte[]? nonce = null)
    {
        var point = _sessionKey.Point.Span;
        return new Hello
        {
            IdentityKey = ByteString.CopyFrom(_key.PublicKey.Point.Span),
            Name = name,
            SessionKey = ByteString.CopyFrom(point),
            SessionKeySignature = ByteString.CopyFrom(_key.Sign(KeyProof.SessionKeyContext(0, point))),
            Signature = ByteString.CopyFrom(_key.Sign(KeyProof.HelloContext(
                nonce ?? Challenge.Nonce.ToByteArray(), Challenge.ServerId.Span, point, name))),
        };
    }

    public async Task<ulong> SendAsync(ClientFrame frame)
    {
        frame.Ref = ++_lastRef;
        await SendBytesAsync(EncodedFrame.Of(frame).WithPrefix.ToArray());
        return frame.Ref;
    }

    public Task<ulong> PostAsync(string text) => SendAsync(PostFrame(ByteString.CopyFromUtf8(text)));

    public static ClientFrame PostFrame(ByteString envelope) => new()
    {
        Post = new Post { Room = "lobby", MessageId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()), Envelope = envelope },
    };

    /// <summary>A real message to all, as an honest client makes it; then the test may spoil it.</summary>
    public Envelope Seal(string text, ulong counter)
    {
        var room = Welcome.Rooms.Single();
        Assert.True(SuiteList.TryGet(room.Suite, out var suite));
        Assert.True(RoomSecret.TryImport(room.OpenSecret.Span, out var secret));
        var header = new MessageHeader(
            MessageKind.Post, SHA256.HashData("lobby"u8), _key.PublicKey.Fingerprint, new byte[MessageHeader.SaltLength], counter);
        var message = suite.SealForRoom(secret, _key, header, Encoding.UTF8.GetBytes(text));
        return new Envelope
        {
            Suite = room.Suite,
            Salt = ByteString.CopyFrom(header.Salt.Span),
            Counter = counter,
            Ciphertext = ByteString.CopyFrom(message.Ciphertext.Span),
            Signature = ByteString.CopyFrom(message.Signature.Span),
        };
    }

    public async Task SendBytesAsync(params byte[] bytes) => await _stream.WriteAsync(bytes);

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>A body with its right prefix.</summary>
    public Task SendBodyAsync(params byte[] body) => SendBytesAsync([.. Length((uint)body.Length), .. body]);

    public static byte[] Length(uint length)
    {
        var prefix = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(prefix, length);
        return prefix;
    }

    /// <summary>Nothing more will be sent; what comes in can still be read.</summary>
    public void EndSending() => _endSending();

    public async Task<ServerFrame> NextAsync(BodyOneofCase kind)
    {
        while (await ReadAsync() is var frame)
        {
            if (frame is null)
                throw new EndOfStreamException($"closed before {kind}");
            if (frame.BodyCase == kind)
                return frame;
        }

        throw new InvalidOperationException("unreachable");
    }

    public async Task<Reply> ReplyToAsync(ulong @ref)
    {
        while ((await NextAsync(BodyOneofCase.Reply)).Reply is var reply)
        {
            if (reply.Ref == @ref)
                return reply;
        }

        throw new InvalidOperationException("unreachable");
    }

    /// <summary>The reason this connection is closed with; then, once this side has closed too, it must really be over.</summary>
    public async Task<CloseReason> CloseReasonAsync()
    {
        var close = (await NextAsync(BodyOneofCase.Close)).Close;
        Assert.NotEmpty(close.Sentence);
        EndSending();
        Assert.Null(await ReadAsync());
        return close.Reason;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
        _sessionKey.Dispose();
        _key.Dispose();
    }

    private async Task<RawClient> ChallengedAsync()
    {
        Challenge = (await NextAsync(BodyOneofCase.Challenge)).Challenge;
        return this;
    }

    /// <returns>Null: the server has closed.</returns>
    private async Task<ServerFrame?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var read = await _input.ReadAsync(patience.Token);
            var buffer = read.Buffer;
            if (LengthPrefix.TryRead(ref buffer, 1 << 20, out var body) == FrameRead.Complete)
            {
                Assert.True(FrameBody.TryRead(body, out ServerFrame? frame));
                _input.AdvanceTo(buffer.Start);
                return frame;
            }

            _input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private async Task OpenAsync(IPEndPoint server, bool tls)
    {
        await _tcp.ConnectAsync(server);
        _stream = _tcp.GetStream();
        if (tls)
        {
            var secured = new SslStream(_stream, false, (_, certificate, _, _) => certificate is not null);
            await secured.AuthenticateAsClientAsync("localhost");
            _stream = secured;
        }

        _input = PipeReader.Create(_stream);
    }
}
