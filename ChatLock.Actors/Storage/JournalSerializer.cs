using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace ChatLock.Actors.Storage;

/// <summary>Writes <see cref="JournalBytes"/> as they are. HOCON/persistence.conf binds it to that one type.</summary>
public sealed class JournalSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands in every row; for ever.</summary>
    public const int Number = 4600;

    /// <summary>Of the rows: what stands beside the number.</summary>
    public const string Version = "1";

    public override int Identifier => Number;

    public override string Manifest(object o) => Version;

    public override byte[] ToBinary(object obj) => obj is JournalBytes stored
        ? stored.Bytes.ToByteArray()
        : throw new SerializationException($"{obj.GetType().Name} isn't for journals");

    public override object FromBinary(byte[] bytes, string manifest) => new JournalBytes(Read(bytes, manifest));

    /// <summary>The same for a row that is read without Akka.</summary>
    public static ByteString Read(byte[] bytes, string manifest) => manifest == Version
        ? UnsafeByteOperations.UnsafeWrap(bytes)
        : throw new SerializationException("a row of an unknown version");
}
