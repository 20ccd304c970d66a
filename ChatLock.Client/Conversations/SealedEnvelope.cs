using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>A message as it travels, with what its header says: sent, received or looked at in the inspector.</summary>
internal sealed record SealedEnvelope(uint Suite, MessageHeader Header, SealedMessage Message)
{
    public ByteString ToBytes() => new Envelope
    {
        Suite = Suite,
        Salt = UnsafeByteOperations.UnsafeWrap(Header.Salt),
        Counter = Header.Counter,
        Ciphertext = UnsafeByteOperations.UnsafeWrap(Message.Ciphertext),
        Signature = UnsafeByteOperations.UnsafeWrap(Message.Signature),
    }.ToByteString();

    /// <summary>Reads an envelope as this receiver understands it: kind, target and sender are its own knowledge.</summary>
    public static SealedEnvelope? Read(ByteString bytes, MessageKind kind, ReadOnlyMemory<byte> target, ReadOnlyMemory<byte> sender)
    {
        try
        {
            var envelope = Envelope.Parser.ParseFrom(bytes);
            var header = new MessageHeader(kind, target, sender, envelope.Salt.Memory, envelope.Counter);
            return new SealedEnvelope(envelope.Suite, header, new SealedMessage(envelope.Ciphertext.Memory, envelope.Signature.Memory));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
