namespace ChatLock.Actors.Mailboxes;

/// <summary>What a mailbox takes, and for how long. HOCON/reference.conf, chatlock.mailbox.</summary>
public sealed record MailboxSettings
{
    /// <summary>Messages that wait to be acknowledged.</summary>
    public int MessagesMax { get; init; } = 500;

    /// <summary>Of those, from one sender: strangers can't fill a mailbox alone.</summary>
    public int SenderMax { get; init; } = 100;

    /// <summary>After this a message is gone, acknowledged or not.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    public static MailboxSettings Read(SettingsReader settings)
    {
        var mailbox = new MailboxSettings
        {
            MessagesMax = settings.Int("mailbox.messages-max", 1, 10_000),
            SenderMax = settings.Int("mailbox.sender-max", 1, 10_000),
            KeepFor = settings.Duration("mailbox.keep-for", TimeSpan.FromMinutes(1), TimeSpan.FromDays(90)),
        };
        return mailbox.SenderMax <= mailbox.MessagesMax
            ? mailbox
            : throw settings.Wrong("mailbox.sender-max", "at most mailbox.messages-max");
    }
}
