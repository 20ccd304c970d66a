using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using ChatLock.Actors;
using ChatLock.Crypto.Signing;
using ChatLock.Gateway.Settings;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Gateway.Tests.EndToEnd;

public sealed class SmokeTests
{
    [Fact]
    public async Task Two_clients_talk()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var config = SettingsLayers.Merge(
            new Dictionary<string, string>
            {
                ["data-folder"] = folder, ["listen.tcp"] = "", ["listen.tcp-plain"] = "127.0.0.1:0",
                ["listen.page"] = "127.0.0.1:0", ["listen.page-tls"] = "",
            }, [], null);
        await using var host = await GatewayHost.StartAsync(config, TimeProvider.System);
        using var alice = new Wire(host.TcpPlain!);
        using var bob = new Wire(host.TcpPlain!);
        await alice.HelloAsync("alice");
        await bob.HelloAsync("bob");
        await alice.SendAsync(new ClientFrame { Ref = 2, Post = new Post { Room = "lobby", MessageId = ByteString.CopyFrom(new byte[16]), Envelope = ByteString.CopyFromUtf8("hi") } });
        var posted = await bob.ReadAsync(ServerFrame.BodyOneofCase.Posted);
        Assert.Equal("alice", posted.Posted.From.Name);
        var reply = await alice.ReadAsync(ServerFrame.BodyOneofCase.Reply);
        Assert.Equal(1UL, reply.Reply.Accepted.Sequence);
        await host.StopAsync();
        Assert.Equal(CloseReason.ServerStopping, (await bob.ReadAsync(ServerFrame.BodyOneofCase.Close)).Close.Reason);
    }

    private sealed class Wire : IDisposable
    {
        private readonly TcpClient _tcp = new();
        private readonly PipeReader _input;

        public Wire(IPEndPoint server)
        {
            _tcp.Connect(server);
            _input = PipeReader.Create(_tcp.GetStream());
        }

        public async Task HelloAsync(string name)
        {
            var challenge = (await ReadAsync(ServerFrame.BodyOneofCase.Challenge)).Challenge;
            using var key = SigningKey.Generate();
            var session = key.PublicKey.Point;
            var hello = new Hello
            {
                IdentityKey = ByteString.CopyFrom(key.PublicKey.Point.Span), Name = name, SessionKey = ByteString.CopyFrom(session.Span),
                SessionKeySignature = ByteString.CopyFrom(key.Sign(KeyProof.SessionKeyContext(session.Span))),
                Signature = ByteString.CopyFrom(key.Sign(KeyProof.HelloContext(challenge.Nonce.Span, challenge.ServerId.Span, session.Span, name))),
            };
            await SendAsync(new ClientFrame { Ref = 1, Hello = hello });
            await ReadAsync(ServerFrame.BodyOneofCase.Welcome);
        }

        public async Task SendAsync(ClientFrame frame) => await _tcp.GetStream().WriteAsync(EncodedFrame.Of(frame).WithPrefix);

        public async Task<ServerFrame> ReadAsync(ServerFrame.BodyOneofCase want)
        {
            while (true)
            {
                var read = await _input.ReadAsync();
                var buffer = read.Buffer;
                if (LengthPrefix.TryRead(ref buffer, 65536, out var body) == FrameRead.Complete)
                {
                    Assert.True(FrameBody.TryRead(body, out ServerFrame? frame));
                    _input.AdvanceTo(buffer.Start);
                    if (frame.BodyCase == want)
                        return frame;
                    continue;
                }

                _input.AdvanceTo(buffer.Start, buffer.End);
                Assert.False(read.IsCompleted, "closed");
            }
        }

        public void Dispose() => _tcp.Dispose();
    }
}
