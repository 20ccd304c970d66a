using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <summary>All that is known of one message while a history is read. Its records come in any order of files.</summary>
internal sealed class KnownMessage(MessageId id)
{
    private ulong[] _deliveredTo = [];

    public MessageId Id { get; } = id;

    /// <summary>Who sent it; null while no record says so.</summary>
    public ClientLedger? Sender { get; private set; }

    /// <summary>The room it was sent to; null if it is private.</summary>
    public string? Room { get; private set; }

    public ClientKey Recipient { get; private set; }

    /// <summary>The place of its first try among the sender's.</summary>
    public int FirstTry { get; private set; }

    /// <summary>The place of its first try after the last refusal. What was sent between the two may have been taken before it,
    /// or lost and sent again after it: neither order is promised.</summary>
    public int Try { get; private set; }

    public long SentMicroseconds { get; private set; }

    public RecordPlace SentAt { get; private set; }

    /// <summary>Its number as acknowledged; null if it isn't, or private.</summary>
    public LogPosition? Number { get; private set; }

    public bool IsAcknowledged { get; private set; }

    public long AcknowledgedMicroseconds { get; private set; }

    public RecordPlace AcknowledgedAt { get; private set; }

    public bool IsRefused { get; private set; }

    public bool IsGivenUp { get; set; }

    /// <summary>The number under which it came first.</summary>
    public LogPosition? Seen { get; set; }

    /// <summary>Another number under which it came.</summary>
    public LogPosition? SeenToo { get; set; }

    /// <summary>From whom it came, as told; the first.</summary>
    public ClientKey? From { get; set; }

    /// <summary>Another one from whom it came.</summary>
    public ClientKey? FromToo { get; set; }

    public bool HasTwoAcknowledgements { get; set; }

    /// <summary>Members that it was owed and that didn't get it, at their places in their histories.</summary>
    public List<(ClientLedger Client, string Evidence)> MissedBy { get; } = [];

    public int Deliveries { get; private set; }

    public bool IsPrivate => Sender is not null && Room is null;

    public void Send(ClientLedger sender, string? room, ClientKey recipient, int tryNumber, long at, RecordPlace place)
    {
        (Sender, Room, Recipient, FirstTry) = (sender, room, recipient, tryNumber);
        SendAgain(tryNumber, at, place);
    }

    /// <summary>A try after a refusal: from here on it counts as sent.</summary>
    public void SendAgain(int tryNumber, long at, RecordPlace place) =>
        (Try, SentMicroseconds, SentAt, IsRefused) = (tryNumber, at, place, false);

    public void Refuse() => IsRefused = true;

    public void Acknowledge(LogPosition? number, long at, RecordPlace place) =>
        (IsAcknowledged, Number, AcknowledgedMicroseconds, AcknowledgedAt) = (true, number, at, place);

    /// <returns>Whether it is the first time for this client.</returns>
    public bool DeliverTo(ClientLedger client)
    {
        var (word, bit) = (client.Index / 64, 1UL << (client.Index % 64));
        if (word >= _deliveredTo.Length)
            Array.Resize(ref _deliveredTo, word + 1);
        if ((_deliveredTo[word] & bit) != 0)
            return false;
        _deliveredTo[word] |= bit;
        Deliveries++;
        return true;
    }

    /// <summary>Whether its sender sent it before another one of its own, for certain.</summary>
    public bool IsSentBefore(KnownMessage other) => Try < other.FirstTry;

    public bool WasDeliveredTo(ClientLedger client) =>
        client.Index / 64 < _deliveredTo.Length && (_deliveredTo[client.Index / 64] & (1UL << (client.Index % 64))) != 0;
}
