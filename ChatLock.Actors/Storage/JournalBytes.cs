using Google.Protobuf;

namespace ChatLock.Actors.Storage;

/// <summary>What a journal hands to Akka.Persistence, an event's or a snapshot's bytes: the only type that is ever written
/// or read, so that no stored byte names a type.</summary>
public sealed record JournalBytes(ByteString Bytes);
