using ChatLock.Client;
using ChatLock.Client.Pins;
using ChatLock.ConsoleClient.Output;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>Shows both fingerprints; with the expected one, compares and remembers the result.</summary>
/// <remarks>Exit code 5: another key than expected, or than remembered.</remarks>
internal sealed class VerifyMode(
    ChatClient client, IPresenter presenter, ILineOutput output, string name, string? expected)
    : OneShotMode(client, presenter, output)
{
    /// <summary>A fingerprint as people write it, without what is between the digits.</summary>
    public static string Normal(string fingerprint) =>
        string.Concat(fingerprint.Where(char.IsAsciiHexDigit)).ToLowerInvariant();

    protected override void Begin() => Ask(new ClientCommand.Verify(name, VerifyAnswer.Show));

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
        var isSame = expected is not null && Normal(expected) == Convert.ToHexStringLower(shown.Peer.Key.ToBytes());
        if (isSame)
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
