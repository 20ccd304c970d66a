using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Akka.TestKit.Xunit2;
using ChatLock.Actors.Storage;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Storage;

public sealed class JournalSerializerTests() : TestKit(Bound)
{
    private static readonly Config Bound = ConfigurationFactory.ParseString(
        """
        akka.loglevel = OFF
        akka.actor.serializers.journal = "ChatLock.Actors.Storage.JournalSerializer, ChatLock.Actors"
        akka.actor.serialization-bindings { "ChatLock.Actors.Storage.JournalBytes, ChatLock.Actors" = journal }
        """);

    [Fact]
    public void Bytes_are_stored_as_they_are_under_a_number_and_a_version()
    {
        var stored = new JournalBytes(ByteString.CopyFrom(1, 2, 3));
        var serializer = (SerializerWithStringManifest)Sys.Serialization.FindSerializerFor(stored);

        Assert.Equal((4600, "1"), (serializer.Identifier, serializer.Manifest(stored)));
        Assert.Equal([1, 2, 3], serializer.ToBinary(stored));
        Assert.Equal(stored, serializer.FromBinary([1, 2, 3], "1"));
    }

    [Fact]
    public void Nothing_else_is_written_or_read()
    {
        var serializer = new JournalSerializer((ExtendedActorSystem)Sys);

        Assert.Throws<SerializationException>(() => serializer.ToBinary("text"));
        Assert.Throws<SerializationException>(() => serializer.FromBinary([1], "2"));
        Assert.Throws<SerializationException>(() => serializer.FromBinary([1], "System.String"));
    }
}
