using System.Security.Cryptography;
using System.Text;
using ChatLock.Checker.Faults;
using ChatLock.Checker.History;
using ChatLock.Checker.Wire;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Checker.Tests.Wire;

public sealed class EnvelopeVerifierTests : IDisposable
{
    private readonly SigningKey _alice = SigningKey.Generate();
    private readonly SigningKey _bob = SigningKey.Generate();
    private ulong _counter;

    public static TheoryData<string> Suites => [.. SuiteList.All.Select(suite => suite.Name)];

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void What_a_client_signs_verifies_here(string suite)
    {
        Assert.Equal((SignatureCheck.Valid, true), new EnvelopeVerifier().VerifyPost(Post(suite, "#garden")));
        Assert.Equal((SignatureCheck.Valid, true), new EnvelopeVerifier().VerifyPrivate(Private(suite), _bob.PublicKey.Fingerprint.ToArray()));
    }

    [Fact]
    public void Every_changed_bit_of_an_envelope_is_noticed()
    {
        var posted = Post("sealed", "lobby");
        var good = posted.Envelope.ToByteArray();
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            posted.Envelope = ByteString.CopyFrom(bad);
            Assert.Equal((SignatureCheck.Invalid, true), new EnvelopeVerifier().VerifyPost(posted));
        }
    }

    [Fact]
    public void A_message_of_another_room_another_recipient_or_another_sender_is_not_genuine()
    {
        var posted = Post("sealed", "lobby");
        posted.Position.Room = "#garden";
        Assert.Equal(SignatureCheck.Invalid, new EnvelopeVerifier().VerifyPost(posted).Check);
        var other = Post("sealed", "lobby");
        other.From = MemberOf(_bob);
        Assert.Equal(SignatureCheck.Invalid, new EnvelopeVerifier().VerifyPost(other).Check);
        Assert.Equal(SignatureCheck.Invalid, new EnvelopeVerifier().VerifyPrivate(Private("sealed"), _alice.PublicKey.Fingerprint.ToArray()).Check);
        Assert.Equal(SignatureCheck.Invalid, new EnvelopeVerifier().VerifyPost(new Posted()).Check);
    }

    [Fact]
    public void A_message_is_verified_once_and_a_bad_one_told_each_time()
    {
        var verifier = new EnvelopeVerifier();
        var posted = Post("sealed", "lobby");
        Assert.Equal((SignatureCheck.Valid, true), verifier.VerifyPost(posted));
        Assert.Equal((SignatureCheck.Valid, false), verifier.VerifyPost(posted));
        posted.Position.Room = "#garden";
        Assert.Equal((SignatureCheck.Invalid, true), verifier.VerifyPost(posted));
        Assert.Equal((SignatureCheck.Invalid, true), verifier.VerifyPost(posted));
    }

    [Fact]
    public async Task A_tap_tells_what_passes_wherever_the_network_cuts_it()
    {
        var bad = Post("sealed", "lobby");
        bad.From = MemberOf(_bob);
        byte[] stream = [
            .. EncodedFrame.Of(new ServerFrame { Challenge = new Challenge() }).WithPrefix.ToArray(),
            .. EncodedFrame.Of(new ServerFrame { Posted = Post("sealed", "lobby") }).WithPrefix.ToArray(),
            .. EncodedFrame.Of(new ServerFrame { PrivateMessage = Private("sealed") }).WithPrefix.ToArray(),
            .. EncodedFrame.Of(new ServerFrame { Posted = bad }).WithPrefix.ToArray()];
        for (var piece = 1; piece < stream.Length; piece = piece * 3 + 1)
        {
            var seen = new List<(ClientKey Client, Happening.PassedBy What)>();
            var tap = new FrameTap(new EnvelopeVerifier(), (client, what) =>
            {
                seen.Add((client, what));
                return ValueTask.CompletedTask;
            });
            await tap.Watch(FaultDirection.ToGateway).PassAsync(EncodedFrame.Of(
                new ClientFrame { Ref = 1, Hello = new Hello { IdentityKey = MemberOf(_bob).IdentityKey } }).WithPrefix);
            var watcher = tap.Watch(FaultDirection.ToClient);
            foreach (var bytes in stream.Chunk(piece))
                await watcher.PassAsync(bytes);
            Assert.Equal([SignatureCheck.Valid, SignatureCheck.Valid, SignatureCheck.Invalid], seen.Select(one => one.What.Signature));
            Assert.All(seen, one => Assert.Equal(KeyOf(_bob), one.Client));
            Assert.Equal([KeyOf(_alice), KeyOf(_alice), KeyOf(_bob)], seen.Select(one => one.What.From));
        }
    }

    [Fact]
    public async Task A_stream_that_makes_no_frames_is_followed_no_further()
    {
        var tap = new FrameTap(new EnvelopeVerifier(), (_, _) => throw new InvalidOperationException("nothing of it is a message"));
        var watcher = tap.Watch(FaultDirection.ToClient);
        await watcher.PassAsync((byte[])[0xFF, 0xFF, 0xFF, 0xFF]);
        await watcher.PassAsync(EncodedFrame.Of(new ServerFrame { Posted = Post("sealed", "lobby") }).WithPrefix);
    }

    private static Member MemberOf(SigningKey key) => new() { IdentityKey = ByteString.CopyFrom(key.PublicKey.Point.Span) };

    private static ClientKey KeyOf(SigningKey key) => ClientKey.Of(Fingerprint.Of(key.PublicKey.Point.Span));

    private Posted Post(string suiteName, string room)
    {
        var suite = SuiteList.All.Single(one => one.Name == suiteName);
        RoomSecret.TryImport(new byte[32], out var secret);
        var header = Header(MessageKind.Post, SHA256.HashData(Encoding.UTF8.GetBytes(room)));
        return new Posted
        {
            Position = new Position { Room = room, Epoch = 1, Sequence = 1 },
            From = MemberOf(_alice),
            MessageId = ByteString.CopyFrom(new byte[16]),
            Envelope = Envelope(suite, header, suite.SealForRoom(secret!, _alice, header, "hello"u8)),
        };
    }

    private PrivateMessage Private(string suiteName)
    {
        var suite = SuiteList.All.Single(one => one.Name == suiteName);
        using var session = AgreementKey.Generate();
        AgreementPoint.TryImport(session.Point.Span, out var point);
        var header = Header(MessageKind.Private, _bob.PublicKey.Fingerprint.ToArray());
        return new PrivateMessage
        {
            From = MemberOf(_alice),
            MessageId = ByteString.CopyFrom(new byte[16]),
            Envelope = Envelope(suite, header, suite.SealForPeer(point!, _alice, header, "hello"u8)),
        };
    }

    private MessageHeader Header(MessageKind kind, byte[] target) =>
        new(kind, target, _alice.PublicKey.Fingerprint, new byte[16], ++_counter);

    private static ByteString Envelope(Suite suite, MessageHeader header, SealedMessage message) => new Envelope
    {
        Suite = (uint)suite.Id,
        Salt = ByteString.CopyFrom(header.Salt.Span),
        Counter = header.Counter,
        Ciphertext = ByteString.CopyFrom(message.Ciphertext.Span),
        Signature = ByteString.CopyFrom(message.Signature.Span),
    }.ToByteString();
}
