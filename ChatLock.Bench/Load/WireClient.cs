using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Bench.Load;

/// <summary>The least that is a client: a socket, a key, a Hello. What comes after Welcome is the load's business.</summary>
/// <param name="key">Who it is; another client takes over its session with the same one. Disposed by the first.</param>
internal sealed class WireClient(SigningKey? key = null) : IDisposable
{
    private readonly bool _ownsKey = key is null;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _prefix = new byte[LengthPrefix.Bytes];
    private Stream _stream = Stream.Null;
    private byte[] _serverKeyHash = [];

    public SigningKey Key { get; } = key ?? SigningKey.Generate();

    public Welcome Welcome { get; private set; } = new();

    /// <summary>For a load that reads plain TCP in its own way.</summary>
    public Socket Socket => _socket;

    /// <summary>The socket's number, for epoll.</summary>
    public int Handle => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <param name="resume">The token of the session that is to go on, and where it stood.</param>
    public async Task EnterAsync(IPEndPoint server, bool tls, string name, (ByteString Token, IReadOnlyList<Position> Positions)? resume = null)
    {
        await _socket.ConnectAsync(server);
        _stream = new NetworkStream(_socket);
        if (tls)
        {
            var secured = new SslStream(_stream, false, (_, certificate, _, _) => Remember(certificate));
            await secured.AuthenticateAsClientAsync("localhost");
            _stream = secured;
        }

        var challenge = (await ReadAsync()).Challenge;
        if (tls && !challenge.ServerId.Span.SequenceEqual(_serverKeyHash))
            throw new BenchException("the server's id isn't its certificate's");
        await SendAsync(new ClientFrame { Ref = 1, Hello = HelloFor(challenge, name, resume) });
        while (Welcome.You is null)
        {
            var frame = await ReadAsync();
            Welcome = frame.Welcome ?? throw new InvalidOperationException($"no Welcome but {frame}");
        }
    }

    public async Task SendAsync(ClientFrame frame) => await _stream.WriteAsync(EncodedFrame.Of(frame).WithPrefix);

    public async Task<ServerFrame> ReadAsync()
    {
        await _stream.ReadExactlyAsync(_prefix);
        var length = BinaryPrimitives.ReadInt32BigEndian(_prefix);
        var body = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await _stream.ReadExactlyAsync(body.AsMemory(0, length));
            return ServerFrame.Parser.ParseFrom(body, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>Reads and throws away, answering Ping, until the server closes.</summary>
    public async Task IdleAsync()
    {
        try
        {
            while (await ReadAsync() is { BodyCase: not ServerFrame.BodyOneofCase.Close } frame)
            {
                if (frame.Ping is { } ping)
                    await SendAsync(new ClientFrame { Pong = new Pong { Nonce = ping.Nonce } });
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The server stopped or we did.
        }
    }

    /// <summary>Says goodbye and waits for the server's.</summary>
    public async Task LeaveAsync()
    {
        await SendAsync(new ClientFrame { Bye = new Bye() });
        await IdleAsync();
    }

    /// <summary>Ends the connection as a broken network does: no goodbye, no FIN. The key stays usable.</summary>
    public void Cut()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
        if (_ownsKey)
            Key.Dispose();
    }

    /// <summary>A self-signed certificate is right if its key is the one that the Challenge names.</summary>
    private bool Remember(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 known)
            return false;
        _serverKeyHash = SHA256.HashData(known.PublicKey.ExportSubjectPublicKeyInfo());
        return true;
    }

    private Hello HelloFor(Challenge challenge, string name, (ByteString Token, IReadOnlyList<Position> Positions)? resume)
    {
        using var session = AgreementKey.Generate();
        return new Hello
        {
            IdentityKey = ByteString.CopyFrom(Key.PublicKey.Point.Span),
            Name = name,
            SessionKey = ByteString.CopyFrom(session.Point.Span),
            SessionKeySignature = ByteString.CopyFrom(Key.Sign(KeyProof.SessionKeyContext(0, session.Point.Span))),
            Signature = ByteString.CopyFrom(Key.Sign(KeyProof.HelloContext(
                challenge.Nonce.Span, challenge.ServerId.Span, session.Point.Span, name))),
            Client = "chatlock-bench",
            ResumeToken = resume?.Token ?? ByteString.Empty,
            Positions = { resume?.Positions ?? [] },
        };
    }
}
