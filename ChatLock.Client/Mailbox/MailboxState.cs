using System.Collections.Immutable;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Mailbox;

/// <summary>Which private messages were dealt with, and what the server knows of that.</summary>
/// <remarks>A value. Messages of several peers are dealt with side by side, so what is acknowledged is the highest number up to which
/// nothing is open. What isn't acknowledged when the client dies comes again. docs/PROTOCOL.md section 6b.</remarks>
internal sealed record MailboxState
{
    /// <summary>How long acknowledgements are collected.</summary>
    public static readonly TimeSpan CollectFor = TimeSpan.FromMilliseconds(500);

    /// <summary>Messages after which one goes out at once.</summary>
    public const int CollectMax = 16;

    private bool IsOnline { get; init; }

    private ulong Epoch { get; init; }

    /// <summary>The last one that came.</summary>
    private ulong Last { get; init; }

    /// <summary>Those that came and aren't dealt with.</summary>
    private ImmutableSortedSet<ulong> Open { get; init; } = [];

    private ulong Acknowledged { get; init; }

    private ulong? UnderWay { get; init; }

    private bool IsWaking { get; init; }

    private ulong Handled => Open.IsEmpty ? Last : Open.Min - 1;

    public (MailboxState Next, IReadOnlyList<MailboxEffect> Effects) On(MailboxInput input) => input switch
    {
        MailboxInput.Welcomed welcomed => OnWelcomed(welcomed.At).Pump(),
        MailboxInput.Came came => (this with { Last = came.Sequence, Open = Open.Add(came.Sequence) }, []),
        MailboxInput.Handled handled when handled.Epoch == Epoch => (this with { Open = Open.Remove(handled.Sequence) }).Pump(),
        MailboxInput.Due => (this with { IsWaking = false }).Pump(isDue: true),
        MailboxInput.Answered { IsTaken: true } => OnTaken().Pump(),
        MailboxInput.Answered => (this with { UnderWay = null }).Wake(),
        MailboxInput.Offline => (this with { IsOnline = false, UnderWay = null }, []),
        _ => (this, []),
    };

    /// <remarks>In the same log the server says where it goes on: after what it sent last, or after what it was told was dealt with.</remarks>
    private MailboxState OnWelcomed(Position at) => at.Epoch == Epoch && at.Sequence >= Acknowledged
        ? this with { IsOnline = true, Last = Math.Max(Last, at.Sequence) }
        : new MailboxState { IsOnline = true, Epoch = at.Epoch, Last = at.Sequence, Acknowledged = at.Sequence, IsWaking = IsWaking };

    private MailboxState OnTaken() => this with { Acknowledged = Math.Max(Acknowledged, UnderWay ?? 0), UnderWay = null };

    private (MailboxState, IReadOnlyList<MailboxEffect>) Pump(bool isDue = false)
    {
        if (!IsOnline || UnderWay is not null || Handled <= Acknowledged)
            return (this, []);
        if (isDue || Handled - Acknowledged >= CollectMax)
            return (this with { UnderWay = Handled }, [new MailboxEffect.Acknowledge(new Position { Epoch = Epoch, Sequence = Handled })]);
        return Wake();
    }

    private (MailboxState, IReadOnlyList<MailboxEffect>) Wake() =>
        IsWaking ? (this, []) : (this with { IsWaking = true }, [new MailboxEffect.WakeAfter(CollectFor)]);
}
