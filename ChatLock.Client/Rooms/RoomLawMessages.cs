using System.Collections.Immutable;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Rooms;

/// <summary>An act as it came, with what its signature turned out to be.</summary>
internal readonly record struct CheckedAct(RoomAct Act, bool IsGenuine);

/// <summary>All that can happen to a room's rules as a member knows them.</summary>
internal abstract record LawInput
{
    private LawInput()
    {
    }

    /// <summary>The room was entered, as the server tells it.</summary>
    /// <param name="Owner">Whose it is.</param>
    /// <param name="Epoch">Of its log.</param>
    /// <param name="Acts">Those in force, by rising numbers.</param>
    /// <param name="LastAct">The number of the last one.</param>
    /// <param name="IsAgain">What was missed follows: acts among it.</param>
    public sealed record Entered(
        Fingerprint? Owner, ulong Epoch, IReadOnlyList<CheckedAct> Acts, ulong LastAct, bool IsAgain) : LawInput;

    /// <summary>An act came, at this number of the log.</summary>
    public sealed record Came(CheckedAct Checked, ulong Sequence) : LawInput;

    /// <summary>Numbers of the log won't come; acts may be among them.</summary>
    public sealed record Missed : LawInput;

    /// <summary>The user wants something done.</summary>
    public sealed record Wish(ActWish Wanted) : LawInput;

    /// <summary>The server's answer to our act.</summary>
    public sealed record Replied(Reply Reply) : LawInput;

    /// <summary>A wait is over.</summary>
    public sealed record Overdue : LawInput;

    /// <summary>Disconnected; whatever had no answer has none.</summary>
    public sealed record Offline : LawInput;

    /// <summary>No longer in the room.</summary>
    public sealed record Close(string Sentence) : LawInput;
}

/// <summary>All that a room's rules can want done.</summary>
internal abstract record LawEffect
{
    private LawEffect()
    {
    }

    /// <summary>Sign this wish under this number, keep it with <see cref="RoomLaw.WithSigned"/>, and send it.</summary>
    public sealed record Sign(ActWish Wish, ulong Number) : LawEffect;

    /// <summary>Send an act that is signed already.</summary>
    public sealed record Send(RoomAct Act) : LawEffect;

    /// <summary>Come back with <see cref="LawInput.Overdue"/>.</summary>
    public sealed record WakeAfter(TimeSpan Delay) : LawEffect;

    /// <summary>An act is in force, or was done.</summary>
    public sealed record Acted(RoomAct Act) : LawEffect;

    /// <summary>Something is wrong with an act; say so.</summary>
    public sealed record Refused(RoomAct Act, ActFault Fault) : LawEffect;

    /// <summary>A wish isn't fulfilled.</summary>
    public sealed record Failed(ActWish Wish, RefusalCode Code, string Sentence) : LawEffect;
}

/// <summary>An act of ours on its way.</summary>
/// <param name="Wish">What was wanted.</param>
/// <param name="Act">As signed; <c>null</c> until it is.</param>
/// <param name="Number">Its number.</param>
internal sealed record OwnAct(ActWish Wish, RoomAct? Act, ulong Number);

/// <summary>An act that came before ours, with a smaller number, was answered.</summary>
internal readonly record struct HeldAct(RoomAct Act, ulong Sequence);
