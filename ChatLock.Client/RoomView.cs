using ChatLock.Client.Conversations;
using ChatLock.Protocol.Rooms;

namespace ChatLock.Client;

/// <summary>A room that we are in, as it is shown.</summary>
/// <param name="Id">As on the wire: <c>lobby</c>, <c>#name</c>, or <c>~</c> and 64 hexadecimal digits. What commands name it by.</param>
/// <param name="DisplayName">For people: <c>lobby</c>, <c>#name</c>, or what the invite calls a sealed room. Foreign text: whoever shows
/// it escapes it. Two rooms may have the same.</param>
/// <param name="Kind">Whether its secret comes from the gateway (lobby, open) or from the invite (sealed).</param>
/// <param name="Suite">How it is encrypted, for good.</param>
/// <param name="Owner">Who made it; <c>null</c>: nobody owns it. In an open room, the gateway's word.</param>
/// <param name="IsYours">Whether we own it.</param>
/// <param name="IsOp">Whether the owner made us an op.</param>
/// <param name="Topic">Foreign text; <c>null</c>: none, or none that could be read.</param>
/// <param name="Members">The first page of the others in it; the lobby's are in <see cref="ClientEvent.Entered"/>.</param>
/// <param name="MemberCount">All of them, us among them, when it was entered.</param>
public sealed record RoomView(
    string Id,
    string DisplayName,
    RoomKind Kind,
    SuiteInfo Suite,
    Peer? Owner,
    bool IsYours,
    bool IsOp,
    string? Topic,
    IReadOnlyList<Peer> Members,
    uint MemberCount);

/// <summary>An open room that somebody is in.</summary>
/// <param name="Id">What commands name it by; <c>#name</c> is also what it is called.</param>
/// <param name="MemberCount">How many are in it.</param>
/// <param name="Suite">How it is encrypted.</param>
/// <param name="IsIn">Whether we are in it.</param>
public sealed record RoomListing(string Id, uint MemberCount, SuiteInfo Suite, bool IsIn);
