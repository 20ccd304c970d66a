namespace ChatLock.Protocol.Tests.Golden;

/// <summary>vectors/rooms. Its README says what the fields are; bytes are lower-case hex, numbers of 64 bits decimal strings.</summary>
internal sealed record RoomIdVectorFile(IReadOnlyList<RoomIdVector> Ids, IReadOnlyList<SealedIdVector> Sealed);

/// <summary>A text and which kind of room's id it is, if it is one.</summary>
internal sealed record RoomIdVector(string Comment, string Text, string Kind);

/// <summary>What a sealed room's id is made of.</summary>
internal sealed record SealedIdVector(string Comment, uint Suite, string Owner, string Secret, string Id);

internal sealed record InviteVectorFile(IReadOnlyList<InviteVector> Invites);

/// <summary>An invite's code and what is in it; nothing is when it isn't good.</summary>
internal sealed record InviteVector(string Comment, string Code, string Expected, uint? Suite, string? Owner, string? Secret, string? Room);

internal sealed record ActVectorFile(IReadOnlyList<SignedActVector> Acts);

/// <summary>A signed act, and whether it is one.</summary>
internal sealed record SignedActVector(
    string Comment, string Expected, string Room, string Epoch, ActVector Act, string? Context, string Signature);

/// <summary>An act without its signature.</summary>
internal sealed record ActVector(string Kind, string Number, string Target, uint Seconds, string Envelope, string By, string TimeUnixMs);

internal sealed record RulesVectorFile(IReadOnlyList<RulesVector> Rules);

/// <summary>What happens in a room, step by step, and what is in force in the end. Signatures aren't looked at.</summary>
internal sealed record RulesVector(string Comment, string? Owner, IReadOnlyList<RulesStep> Steps, RulesState End);

internal sealed record RulesStep(ActVector Act, string Expected);

/// <summary>Keys as fingerprints, sorted; acts by their numbers.</summary>
internal sealed record RulesState(
    string LastAct, IReadOnlyList<string> InForce, IReadOnlyList<string> Ops, IReadOnlyList<string> Banned,
    IReadOnlyList<MuteVector> Muted, uint SlowModeSeconds, string? Topic);

internal sealed record MuteVector(string Key, string UntilUnixMs);
