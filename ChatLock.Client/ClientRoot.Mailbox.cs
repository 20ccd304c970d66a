using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Mailbox;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client;

/// <content>Private messages as they come out of the mailbox, and telling the server when they were dealt with.</content>
internal sealed partial class ClientRoot
{
    private MailboxState _mailbox = new();

    /// <returns>Whether a conversation has it and will give the credit back.</returns>
    private bool OnPrivate(PrivateMessage message)
    {
        if (!_takesMail)
            return false; // it stays where it is, for a run that shows it
        var at = message.Position ?? new Position();
        Feed(new MailboxInput.Came(at.Sequence));
        var from = message.From ?? new Member();
        var (name, key) = PeerDirectory.Of(from);
        if (from.IdentityKey.Length == KeyProof.PointBytes && ConversationWith(key, name) is { } conversation)
        {
            conversation.Tell(new ConversationCommand.Came(
                from, new ByteStrings(message.Envelope, message.MessageId), message.TimeUnixMs, at));
            return true;
        }
        if (!_saidTooMany)
            Emit(new ClientEvent.Notice("private-dropped", "A private message without a valid sender, or from one sender too many, was dropped.", IsWarning: true));
        _saidTooMany = true;
        MarkHandled(at);
        return false;
    }

    /// <summary>Once whoever reads the events has read up to here, this message was dealt with.</summary>
    private void MarkHandled(Position at) => _events.Mark(Self, new MailboxInput.Handled(at.Epoch, at.Sequence));

    private void Feed(MailboxInput input)
    {
        (_mailbox, var effects) = _mailbox.On(input);
        foreach (var effect in effects)
            Perform(effect);
    }

    private void Perform(MailboxEffect effect)
    {
        switch (effect)
        {
            case MailboxEffect.WakeAfter wake:
                Timers.StartSingleTimer(nameof(MailboxInput.Due), MailboxInput.Due.Now, wake.Delay);
                break;
            case MailboxEffect.Acknowledge acknowledge:
                Ask(new ClientFrame { Ack = new Ack { Positions = { acknowledge.UpTo } } }, answer =>
                {
                    // After a cut there is nothing under way any more, whatever is said of it then.
                    if (answer is ConnectionAnswer.Replied or ConnectionAnswer.QueueFull)
                        Feed(new MailboxInput.Answered(answer is ConnectionAnswer.Replied { Reply.Accepted: not null }));
                });
                break;
        }
    }
}
