using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Scenarios;

/// <summary>Someone else in the chat, with keys of their own, who encrypts and signs without the client's code.</summary>
public sealed class ScriptedPerson(string name) : IDisposable
{
    private readonly SigningKey _identity = SigningKey.Generate();
    private readonly AgreementKey _session = AgreementKey.Generate();
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private ulong _counter;

    public string Name { get; set; } = name;

    public Fingerprint Key => Fingerprint.Of(_identity.PublicKey.Point.Span);

    public Member Public => new() { Name = Name, IdentityKey = ByteString.CopyFrom(_identity.PublicKey.Point.Span) };

    /// <summary>When the session key was made, as its owner signs it.</summary>
    public long MadeUnixMs { get; set; }

    /// <summary>As a Who answers: with the session key.</summary>
    public Member Whole
    {
        get
        {
            var member = Public;
            member.SessionKeyMadeUnixMs = MadeUnixMs;
            member.SessionKey = ByteString.CopyFrom(_session.Point.Span);
            member.SessionKeySignature = ByteString.CopyFrom(_identity.Sign(KeyProof.SessionKeyContext(MadeUnixMs, _session.Point.Span)));
            return member;
        }
    }

    public ByteString ToLobby(string text) => ToLobby(Encoding.UTF8.GetBytes(text));

    public ByteString ToLobby(byte[] plaintext) => ToRoom("lobby", ScriptedSession.LobbySecret, plaintext);

    public ByteString ToRoom(string room, ReadOnlySpan<byte> roomSecret, string text) => ToRoom(room, roomSecret, Encoding.UTF8.GetBytes(text));

    public ByteString ToRoom(string room, ReadOnlySpan<byte> roomSecret, byte[] plaintext)
    {
        Assert.True(RoomSecret.TryImport(roomSecret, out var secret));
        var header = Header(MessageKind.Post, SHA256.HashData(Encoding.UTF8.GetBytes(room)));
        return Pack(SuiteId.Sealed, header, Suite(SuiteId.Sealed).SealForRoom(secret, _identity, header, plaintext));
    }

    /// <summary>An act of this person's, signed.</summary>
    public RoomAct Act(string room, ulong epoch, ulong number, RoomActKind kind, Fingerprint? about = null, uint seconds = 0, ByteString? topic = null)
    {
        var act = new RoomAct
        {
            Kind = kind,
            Number = number,
            Target = about?.ToByteString() ?? ByteString.Empty,
            Seconds = seconds,
            Envelope = topic ?? ByteString.Empty,
            By = ByteString.CopyFrom(_identity.PublicKey.Point.Span),
            TimeUnixMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        };
        act.Signature = ByteString.CopyFrom(_identity.Sign(RoomActs.Context(room, epoch, act)));
        return act;
    }

    public ByteString To(Hello receiver, string text, SuiteId suite = SuiteId.Sealed) =>
        To(receiver, Encoding.UTF8.GetBytes(text), suite);

    public ByteString To(Hello receiver, byte[] plaintext, SuiteId suite = SuiteId.Sealed)
    {
        Assert.True(AgreementPoint.TryImport(receiver.SessionKey.Span, out var point));
        var header = Header(MessageKind.Private, SHA256.HashData(receiver.IdentityKey.Span));
        return Pack(suite, header, Suite(suite).SealForPeer(point, _identity, header, plaintext));
    }

    /// <summary>Opens a private message as only this person can.</summary>
    public string Read(Hello sender, ByteString bytes) => Encoding.UTF8.GetString(ReadBytes(sender, bytes));

    /// <summary>Opens a private message as only this person can.</summary>
    public byte[] ReadBytes(Hello sender, ByteString bytes)
    {
        var envelope = Envelope.Parser.ParseFrom(bytes);
        Assert.True(P256PublicKey.TryImport(sender.IdentityKey.Span, out var key));
        var header = new MessageHeader(
            MessageKind.Private, _identity.PublicKey.Fingerprint, key.Fingerprint, envelope.Salt.Memory, envelope.Counter);
        var message = new SealedMessage(envelope.Ciphertext.Memory, envelope.Signature.Memory);
        var opened = Suite((SuiteId)envelope.Suite).OpenFromPeer(_session, key, header, message);
        Assert.Equal(OpenFailure.None, opened.Failure);
        return opened.Plaintext.ToArray();
    }

    public void Dispose()
    {
        _identity.Dispose();
        _session.Dispose();
    }

    private MessageHeader Header(MessageKind kind, byte[] target) =>
        new(kind, target, _identity.PublicKey.Fingerprint, _salt, ++_counter);

    private static ByteString Pack(SuiteId suite, MessageHeader header, SealedMessage message) => new Envelope
    {
        Suite = (uint)suite,
        Salt = ByteString.CopyFrom(header.Salt.Span),
        Counter = header.Counter,
        Ciphertext = ByteString.CopyFrom(message.Ciphertext.Span),
        Signature = ByteString.CopyFrom(message.Signature.Span),
    }.ToByteString();

    private static Suite Suite(SuiteId id) => SuiteList.All.Single(suite => suite.Id == id);
}
