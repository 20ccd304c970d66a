using Akka.Actor;

namespace ChatLock.Client.Pins;

/// <summary>Write these pins.</summary>
internal abstract record SavePins : INoSerializationVerificationNeeded
{
    private SavePins()
    {
    }

    /// <summary>The peers, as the store has them by then.</summary>
    public sealed record Peers : SavePins
    {
        /// <summary>The only one.</summary>
        public static readonly Peers Now = new();
    }

    /// <summary>One server more, or one that changed.</summary>
    public sealed record Server(string Address, string Certificate) : SavePins;
}

/// <summary>They couldn't be written; told to the parent.</summary>
internal sealed record SaveFailed(string Sentence) : INoSerializationVerificationNeeded;

/// <summary>Writes the pin files, so that a slow disk doesn't hold up the conversations.</summary>
/// <remarks>A hundred new peers at once are one write or two: those that wait find nothing left to do.</remarks>
internal sealed class PinWriterActor : UntypedActor
{
    private readonly PinStore _store;
    private PeerPins _written;

    public PinWriterActor(PinStore store) => (_store, _written) = (store, store.Peers);

    public static Props Props(PinStore store) => Akka.Actor.Props.Create(() => new PinWriterActor(store));

    protected override void PostStop() => WritePeers();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SavePins.Peers:
                WritePeers();
                break;
            case SavePins.Server save when _store.ServersPath is { } path:
                // Another profile's client may have added a server meanwhile: read, then write.
                Try(() => PinFile.Write(path, PinFile.Text(PinFile.ReadServers(path).Set(save.Address, save.Certificate))));
                break;
            case SavePins.Server:
                break; // nothing is kept
            default:
                Unhandled(message);
                break;
        }
    }

    private void WritePeers()
    {
        var peers = _store.Peers;
        if (_store.PeersPath is not { } path || ReferenceEquals(peers, _written))
            return;
        Try(() => PinFile.Write(path, PinFile.Text(peers)));
        _written = peers;
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or PinFileException)
        {
            Context.Parent.Tell(new SaveFailed($"What is remembered of others can't be saved: {failed.Message}"));
        }
    }
}
