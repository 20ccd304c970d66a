using Akka.Actor;

namespace ChatLock.Client.Pins;

/// <summary>Write these pins.</summary>
internal abstract record SavePins : INoSerializationVerificationNeeded
{
    private SavePins()
    {
    }

    /// <summary>All peers.</summary>
    public sealed record Peers(PeerPins Pins) : SavePins;

    /// <summary>One server more, or one that changed.</summary>
    public sealed record Server(string Address, string Certificate) : SavePins;
}

/// <summary>They couldn't be written; told to the sender.</summary>
internal sealed record SaveFailed(string Sentence) : INoSerializationVerificationNeeded;

/// <summary>Writes the pin files, so that a slow disk doesn't hold up the conversations.</summary>
internal sealed class PinWriterActor : UntypedActor
{
    private readonly PinStore _store;

    public PinWriterActor(PinStore store) => _store = store;

    public static Props Props(PinStore store) => Akka.Actor.Props.Create(() => new PinWriterActor(store));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SavePins.Peers save when _store.PeersPath is { } path:
                Try(() => PinFile.Write(path, PinFile.Text(save.Pins)));
                break;
            case SavePins.Server save when _store.ServersPath is { } path:
                // Another profile's client may have added a server meanwhile: read, then write.
                Try(() => PinFile.Write(path, PinFile.Text(PinFile.ReadServers(path).Set(save.Address, save.Certificate))));
                break;
            case SavePins:
                break; // nothing is kept
            default:
                Unhandled(message);
                break;
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or PinFileException)
        {
            Sender.Tell(new SaveFailed($"What is remembered of others can't be saved: {failed.Message}"));
        }
    }
}
