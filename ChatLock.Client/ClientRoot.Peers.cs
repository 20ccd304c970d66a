using Akka.Actor;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;

namespace ChatLock.Client;

/// <content>Whom the user knows: comparing keys, accepting changed ones, ignoring.</content>
internal sealed partial class ClientRoot
{
    private Peer PeerOf((string Name, Fingerprint Key) who) => new(who.Name, who.Key, Pins.Standing(who.Name, who.Key));

    /// <summary>Finds someone who is here or was once; then the key is the remembered one.</summary>
    private void FindKnown(string typed, Action<Peer, bool> then) => Find(typed, found =>
    {
        var pinned = Pins.Find(typed);
        if (found is Found.Here here)
            then(PeerOf((here.Name, here.Key)), true);
        else if (pinned is { } pin)
            then(PeerOf((typed, pin.Key)), false);
        else if (found is Found.Missing missing)
            Emit(new ClientEvent.CommandRefused(missing.Code, missing.Sentence));
        else
            Emit(new ClientEvent.CommandRefused(OfflineAnswer.Code, OfflineAnswer.Sentence));
    });

    private void Show(string typed, bool isVerifying) => FindKnown(typed, (peer, isHere) => Show(peer, isHere, isVerifying));

    private void Show(Peer peer, bool isHere, bool isVerifying)
    {
        if (isVerifying)
            _shown[PeerName.Key(peer.Name)] = peer.Key;
        Emit(new ClientEvent.PeerShown(
            peer, isHere, _ignored.Contains(peer.Key), Pins.Find(peer.Name)?.Key, _identity.Fingerprint, isVerifying));
    }

    /// <remarks>Between showing a key and the user's answer the server could have given the name to another one.</remarks>
    private void Pin(string typed, bool isVerified) => FindKnown(typed, (peer, isHere) =>
    {
        if (!_shown.TryGetValue(PeerName.Key(peer.Name), out var shown) || shown != peer.Key)
        {
            Show(peer, isHere, isVerifying: true);
            Emit(new ClientEvent.CommandRefused("compare-first", "Compare the fingerprints first; then answer again."));
            return;
        }
        var staysVerified = peer.Standing == PinStanding.Verified;
        SetPins(Pins.Accept(peer.Name, peer.Key, isVerified || staysVerified));
        Emit(new ClientEvent.PeerPinned(PeerOf((peer.Name, peer.Key))));
    });

    private void Ignore(string typed, bool isIgnored) => FindKnown(typed, (peer, _) =>
    {
        if (isIgnored)
            _ignored.Add(peer.Key);
        else
            _ignored.Remove(peer.Key);
        Emit(new ClientEvent.IgnoreChanged(peer, isIgnored));
    });

    /// <summary>Pins the key of a name at the first meeting.</summary>
    private void Remember(string name, Fingerprint key)
    {
        if (Pins.Standing(name, key) == PinStanding.New)
            SetPins(Pins.Meet(name, key));
    }

    /// <summary>Says once that a name has another key now, and shows both.</summary>
    private void WarnOfChange(string name, Fingerprint key)
    {
        var mapped = PeerName.Key(name);
        if (Pins.Find(name) is not { } pin || (_shown.TryGetValue(mapped, out var shown) && shown == key))
            return;
        _shown[mapped] = key;
        Emit(new ClientEvent.PeerKeyChanged(name, pin.Key, key));
    }

    private void SetPins(PeerPins pins)
    {
        _store.Peers = pins;
        _pinWriter.Tell(SavePins.Peers.Now);
    }
}
