using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ChatLock.Client.Identity;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>What opening a message gave.</summary>
internal abstract record OpenResult
{
    private OpenResult()
    {
    }

    /// <summary>Genuine, new and readable.</summary>
    public sealed record Read(MessageBody Body, MessageTrace Trace) : OpenResult;

    /// <summary>Genuine and new: the peer shows these messages of ours.</summary>
    public sealed record Receipt(IReadOnlyList<ByteString> Ids) : OpenResult;

    /// <summary>A named gap, with what the inspector can tell about it.</summary>
    public sealed record Gap(Unreadable Reason, MessageTrace? Trace) : OpenResult;

    /// <summary>Seen before: dropped, and counted.</summary>
    public sealed record Replay : OpenResult;
}

/// <summary>Encrypts, signs, verifies and decrypts one conversation's messages: its salt, counter and replay marks.</summary>
internal abstract class ConversationCipher
{
    /// <summary>Message ids of the latest genuine messages, for those that were encrypted a second time after a
    /// connection broke between sending and answer: their counter is new, their id is not.</summary>
    public const int IdsRemembered = 1_024;

    /// <summary>Senders' keys kept ready for verification.</summary>
    public const int SendersCached = 1_024;

    private readonly ReplayGuard _guard = new();
    private readonly Dictionary<ByteString, P256PublicKey> _senders = [];
    private readonly HashSet<(ByteString Sender, ByteString Id)> _ids = [];
    private readonly Queue<(ByteString Sender, ByteString Id)> _idsInOrder = new();
    private byte[] _salt = RandomNumberGenerator.GetBytes(MessageHeader.SaltLength);
    private ulong _counter;

    protected ConversationCipher(ClientIdentity identity) => Identity = identity;

    protected ClientIdentity Identity { get; }

    protected abstract MessageKind Kind { get; }

    /// <summary>A new session: a new salt, and the count from 1 again.</summary>
    protected void StartSession()
    {
        _salt = RandomNumberGenerator.GetBytes(MessageHeader.SaltLength);
        _counter = 0;
    }

    /// <summary>Encrypts and signs under the next counter.</summary>
    /// <param name="plaintext">What it says.</param>
    /// <param name="suite">The suite that the sender wants; a room's own outranks it.</param>
    /// <remarks>Whatever is sealed must be sent in this order: a receiver takes a lower counter for a replay.</remarks>
    public MessageTrace Seal(Plaintext plaintext, uint suite)
    {
        var used = SuiteToSend(suite);
        var header = new MessageHeader(Kind, TargetToSend, Identity.Key.PublicKey.Fingerprint, _salt, ++_counter);
        return Encrypt(used, header, plaintext.ToBytes());
    }

    /// <summary>Verifies, then looks whether it is new, then decrypts. Any bytes are answered.</summary>
    /// <param name="from">Who is said to have sent it.</param>
    /// <param name="envelope">As it came.</param>
    /// <param name="messageId">As it came; <c>null</c>: it may have been read before.</param>
    public OpenResult Open(Member from, ByteString envelope, ByteString? messageId)
    {
        if (!TryGetSender(from.IdentityKey, out var sender) ||
            SealedEnvelope.Read(envelope, Kind, TargetToReceive, sender.Fingerprint) is not { } message)
            return new OpenResult.Gap(Unreadable.Malformed, Trace: null);
        if (!SuiteList.TryGet(message.Suite, out var suite))
            return new OpenResult.Gap(Unreadable.UnknownSuite, Trace: null);
        if (!MayReceive(suite))
            return new OpenResult.Gap(Unreadable.WrongSuite, Trace: null);

        var (answer, trace) = Decrypt(suite, sender, message);
        var opened = messageId is null ? answer : _guard.Admit(answer, message.Header);
        return opened.Failure switch
        {
            OpenFailure.None => messageId is null || Remember(from.IdentityKey, messageId) ? Read(opened, trace) : new OpenResult.Replay(),
            OpenFailure.Replayed => new OpenResult.Replay(),
            OpenFailure.BadSignature => new OpenResult.Gap(Unreadable.BadSignature, trace),
            OpenFailure.CannotDecrypt => new OpenResult.Gap(Unreadable.CannotDecrypt, trace),
            _ => new OpenResult.Gap(Unreadable.Malformed, trace),
        };
    }

    protected abstract ReadOnlyMemory<byte> TargetToSend { get; }

    protected abstract ReadOnlyMemory<byte> TargetToReceive { get; }

    protected abstract Suite SuiteToSend(uint wanted);

    protected abstract bool MayReceive(Suite suite);

    protected abstract MessageTrace Encrypt(Suite suite, MessageHeader header, byte[] plaintext);

    protected abstract (Opened Answer, MessageTrace Trace) Decrypt(Suite suite, P256PublicKey sender, SealedEnvelope message);

    private OpenResult Read(Opened opened, MessageTrace trace) => Plaintext.Read(opened.Plaintext.Span) switch
    {
        Plaintext.Text text => new OpenResult.Read(text.Body, trace),
        Plaintext.Receipt receipt when Kind == MessageKind.Private => new OpenResult.Receipt(receipt.Ids),
        Plaintext.Bad bad => new OpenResult.Gap(bad.Reason, trace),
        _ => new OpenResult.Gap(Unreadable.Malformed, trace),
    };

    private bool Remember(ByteString sender, ByteString messageId)
    {
        var id = (sender, messageId);
        if (!_ids.Add(id))
            return false;
        _idsInOrder.Enqueue(id);
        if (_idsInOrder.Count > IdsRemembered)
            _ids.Remove(_idsInOrder.Dequeue());
        return true;
    }

    private bool TryGetSender(ByteString point, [NotNullWhen(true)] out P256PublicKey? sender)
    {
        if (_senders.TryGetValue(point, out sender))
            return true;
        if (!P256PublicKey.TryImport(point.Span, out sender))
            return false;
        if (_senders.Count >= SendersCached)
            _senders.Clear();
        _senders.Add(point, sender);
        return true;
    }
}
