using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Rooms;

/// <summary>What the user wants done in a room as its owner or op.</summary>
/// <param name="Kind">What.</param>
/// <param name="Target">Whom it is about; <c>null</c> with topic and slow mode.</param>
/// <param name="Seconds">Of a mute or of slow mode.</param>
/// <param name="Topic">The new topic, cleaned; empty: none. Only with topics.</param>
internal sealed record ActWish(RoomActKind Kind, Fingerprint? Target, uint Seconds = 0, string Topic = "");

/// <summary>What is wrong with an act that came.</summary>
internal enum ActFault
{
    /// <summary>It isn't signed by the key that it names, or isn't whole.</summary>
    BadSignature,

    /// <summary>Who did it hasn't the right.</summary>
    NotAllowed,

    /// <summary>Acts before it didn't come, so nobody can say what they changed. It is applied.</summary>
    Hole,
}

/// <summary>How we stand in a room.</summary>
/// <param name="Owner">Fingerprint of the owner's identity key; <c>null</c>: nobody owns it.</param>
/// <param name="IsOwner">Whether that is us.</param>
/// <param name="IsOp">Whether we are an op.</param>
/// <param name="Topic">The text; <c>null</c>: none, or none that could be read.</param>
internal sealed record RoomStanding(Fingerprint? Owner, bool IsOwner, bool IsOp, string? Topic);
