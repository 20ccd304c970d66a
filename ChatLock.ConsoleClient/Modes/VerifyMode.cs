using ChatLock.Client;
using ChatLock.Client.Pins;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Output;
using ChatLock.Protocol.Identity;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>Shows both fingerprints; with the expected one, compares and remembers the result.</summary>
/// <remarks>Exit code 5: another key than expected, or than remembered. 2: what is expected isn't a fingerprint.</remarks>
/// <param name="client">The client.</param>
/// <param name="presenter">Words or JSON.</param>
/// <param name="output">Where to.</param>
/// <param name="rooms">The rooms we are in.</param>
/// <param name="name">Whose key.</param>
/// <param name="expected">64 hexadecimal digits, with anything between them, or the 12 words; <c>null</c> only shows.</param>
internal sealed class VerifyMode(
    ChatClient client, IPresenter presenter, ILineOutput output, RoomBook rooms, string name, string? expected)
    : OneShotMode(client, presenter, output, rooms)
{
    private readonly Func<Fingerprint, bool>? _isExpected = expected is null ? null : Parse(expected);

    protected override void Begin()
    {
        if (expected is null || _isExpected is not null)
        {
            Ask(new ClientCommand.Verify(name, VerifyAnswer.Show));
            return;
        }
        Say("A fingerprint is 64 hexadecimal digits, or 12 words of the list; this is neither.");
        Verdict = ExitCode.Usage;
        Leave();
    }

    /// <summary>Reads what people write: 12 words, or digits without what is between them.</summary>
    private static Func<Fingerprint, bool>? Parse(string text)
    {
        if (VerificationWords.TryParse(text, out var words))
            return key => key.ToWords().SequenceEqual(words);
        var digits = string.Concat(text.Where(char.IsAsciiHexDigit));
        return digits.Length == 2 * Fingerprint.Bytes && Fingerprint.TryFrom(Convert.FromHexString(digits), out var fingerprint)
            ? key => key == fingerprint
            : null;
    }

    protected override void On(ClientEvent happened)
    {
        switch (happened)
        {
            case ClientEvent.PeerShown shown:
                Judge(shown);
                break;
            case ClientEvent.PeerPinned:
                Leave();
                break;
            case ClientEvent.CommandRefused:
                Verdict = ExitCode.Failed;
                Leave();
                break;
        }
    }

    private void Judge(ClientEvent.PeerShown shown)
    {
        if (_isExpected?.Invoke(shown.Peer.Key) == true)
        {
            Ask(new ClientCommand.Verify(name, VerifyAnswer.Same));
            return;
        }
        if (expected is not null)
            Say("That is NOT the expected key.");
        if (expected is not null || shown.Peer.Standing == PinStanding.Changed)
            Verdict = ExitCode.NotVerified;
        Leave();
    }
}
