using ChatLock.Client;
using ChatLock.Protocol.Identity;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>How many commands have no answer yet, by what happens. A room that sends us out while we leave it may be counted for both:
/// whoever waits for nothing to be pending waits for a bounded time.</summary>
internal sealed class PendingCount
{
    private Fingerprint? _you;
    private int _making;

    public int Count { get; private set; }

    public void Asked(ClientCommand command)
    {
        Count++;
        if (command is ClientCommand.CreateRoom)
            _making++;
    }

    public void Happened(ClientEvent happened)
    {
        if (happened is ClientEvent.Entered entered)
            _you = entered.Key;
        if (Answers(happened) && Count > 0)
            Count--;
    }

    private bool Answers(ClientEvent happened) => happened switch
    {
        ClientEvent.MessageSent or ClientEvent.MessageFailed or ClientEvent.WhoAnswered or ClientEvent.PeerShown or ClientEvent.PeerPinned
            or ClientEvent.IgnoreChanged or ClientEvent.Inspected or ClientEvent.SuiteShown or ClientEvent.YouRenamed
            or ClientEvent.CommandRefused or ClientEvent.RoomsListed or ClientEvent.MembersListed or ClientEvent.InviteShown => true,
        ClientEvent.RoomEntered { IsAgain: false } when _making > 0 => --_making < 0, // its invite follows
        ClientEvent.RoomEntered { IsAgain: false } or ClientEvent.RoomLeft { Code: "left" } or ClientEvent.TopicChanged { IsYou: true } => true,
        ClientEvent.RoomActed acted => acted.By.Key == _you,
        _ => false,
    };
}
