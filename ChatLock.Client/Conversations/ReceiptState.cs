using System.Collections.Immutable;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>Which messages of a peer's are shown and not told to be so yet, and how far the next receipt is.</summary>
/// <remarks>A value. docs/PROTOCOL.md section 6. Receipts wait while the peer is away, so as not to fill its mailbox, and while we
/// are. One whose answer a cut connection took is told again: its receiver takes each message once.</remarks>
internal sealed record ReceiptState
{
    /// <summary>From one receipt to the next, for one peer.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    /// <summary>Messages that wait for their receipt; for further ones none is sent.</summary>
    public const int WaitingMax = 1_024;

    private ImmutableList<ReceiptInput.Show> Waiting { get; init; } = [];

    /// <summary>What the receipt under way tells.</summary>
    private ImmutableList<ReceiptInput.Show> Told { get; init; } = [];

    private Stage At { get; init; }

    private bool IsOnline { get; init; }

    private bool IsResting { get; init; }

    private bool IsPeerAway { get; init; }

    /// <summary>Where the next receipt is on its way.</summary>
    private enum Stage
    {
        None,
        AwaitingTurn,
        Meeting,
        UnderWay,
    }

    public (ReceiptState Next, IReadOnlyList<ReceiptEffect> Effects) On(ReceiptInput input) => (At, input) switch
    {
        (_, ReceiptInput.Show show) => OnShow(show),
        (_, ReceiptInput.Offline) => (new ReceiptState { Waiting = [.. Told.Concat(Waiting).Take(WaitingMax)] }, []),
        (_, ReceiptInput.Online) => (this with { IsOnline = true }).Start(),
        (Stage.AwaitingTurn, ReceiptInput.Turn) when Waiting.IsEmpty => EndTurn(),
        (Stage.AwaitingTurn, ReceiptInput.Turn) => (this with { At = Stage.Meeting }, [new ReceiptEffect.Meet()]),
        (Stage.Meeting, ReceiptInput.Met { IsHere: true }) => Send(),
        (Stage.Meeting, ReceiptInput.Met) => (this with { IsPeerAway = true }).EndTurn(),
        (Stage.Meeting, ReceiptInput.Stale stale) => (this with { IsPeerAway = !stale.IsHere }, [new ReceiptEffect.Meet()]),
        (_, ReceiptInput.Stale stale) => (this with { IsPeerAway = !stale.IsHere }).Start(),
        (Stage.Meeting, ReceiptInput.Gone) => (this with { Waiting = [] }).EndTurn(),
        (_, ReceiptInput.Gone) => (this with { Waiting = [] }, []),
        (Stage.UnderWay, ReceiptInput.Answered) => (this with { Told = [] }).EndTurn(),
        (_, ReceiptInput.Rested) => (this with { IsResting = false }).Start(),
        _ => (this, []),
    };

    /// <remarks>Who sends may be here again, even if nobody said so.</remarks>
    private (ReceiptState, IReadOnlyList<ReceiptEffect>) OnShow(ReceiptInput.Show show) => Waiting.Count < WaitingMax
        ? (this with { Waiting = Waiting.Add(show), IsPeerAway = false }).Start()
        : (this, []);

    private (ReceiptState, IReadOnlyList<ReceiptEffect>) Start() =>
        At == Stage.None && IsOnline && !IsResting && !IsPeerAway && !Waiting.IsEmpty
            ? (this with { At = Stage.AwaitingTurn }, [new ReceiptEffect.AwaitTurn()])
            : (this, []);

    private (ReceiptState, IReadOnlyList<ReceiptEffect>) EndTurn()
    {
        var (next, effects) = (this with { At = Stage.None }).Start();
        return (next, [new ReceiptEffect.EndTurn(), .. effects]);
    }

    /// <summary>The oldest first; those of another suite wait for the next receipt.</summary>
    private (ReceiptState, IReadOnlyList<ReceiptEffect>) Send()
    {
        var suite = Waiting[0].Suite;
        var told = Waiting.TakeWhile(show => show.Suite == suite).Take(Plaintext.ReceiptIdsMax).ToImmutableList();
        return (
            this with { At = Stage.UnderWay, IsResting = true, Told = told, Waiting = Waiting.RemoveRange(0, told.Count) },
            [new ReceiptEffect.Send([.. told.Select(show => show.Id)], suite), new ReceiptEffect.RestFor(Rest)]);
    }
}
