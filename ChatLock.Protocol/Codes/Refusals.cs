using ChatLock.Protocol.Names;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Codes;

/// <summary>Every refusal a server gives: the stable code with its sentence. A connection stays usable after each.</summary>
/// <remarks>docs/PROTOCOL.md section 8. Each call makes a new message: nobody shares a mutable one.</remarks>
public static class Refusals
{
    /// <summary>Another key holds the name, or one that can't be told from it.</summary>
    /// <param name="confusable">Whether the held name only looks like the wanted one.</param>
    /// <param name="suggestions">Free names.</param>
    public static Refused NameTaken(bool confusable, IEnumerable<string> suggestions) => new()
    {
        Code = confusable ? RefusalCode.NameConfusable : RefusalCode.NameTaken,
        Sentence = confusable
            ? "Someone here has a name that looks just like that one."
            : "Someone here has that name already.",
        Suggestions = { suggestions },
    };

    /// <summary>The text can't be a name.</summary>
    public static Refused NameInvalid(NameProblem problem) => Of(RefusalCode.NameInvalid, problem.Sentence);

    /// <summary>One change of name at a time.</summary>
    public static Refused RenameUnderWay =>
        Of(RefusalCode.TooFast, "Your last change of name is still under way.", retryAfterMs: 100);

    /// <summary>One request to enter a room at a time.</summary>
    public static Refused JoinUnderWay =>
        Of(RefusalCode.TooFast, "You are on your way into that room already.", retryAfterMs: 100);

    /// <summary>There is no room of that name.</summary>
    public static Refused NoSuchRoom => Of(RefusalCode.NoSuchRoom, "There is no room of that name here.");

    /// <summary>The lobby can't be left.</summary>
    public static Refused LobbyStays => Of(RefusalCode.Unsupported, "Everyone is in the lobby; it can't be left.");

    /// <summary>The lobby has no owner.</summary>
    public static Refused LobbyUnowned => Of(RefusalCode.NotAllowed, "Nobody owns the lobby, so nobody can do that there.");

    /// <summary>The text can't be a room's id, or the room can't be made that way.</summary>
    /// <param name="sentence">What is wrong.</param>
    public static Refused RoomInvalid(string sentence) => Of(RefusalCode.RoomInvalid, sentence);

    /// <summary>More rooms than a session may be in.</summary>
    /// <param name="roomsMax">The limit.</param>
    public static Refused TooManyRooms(int roomsMax) =>
        Of(RefusalCode.TooManyRooms, $"You are in {roomsMax} rooms already; leave one first.");

    /// <summary>More rooms than a key may own, or the server keeps.</summary>
    public static Refused TooManyRoomsMade =>
        Of(RefusalCode.TooManyRooms, "No further room can be made here now; use one that is there.");

    /// <summary>As many members as a room takes.</summary>
    public static Refused RoomFull => Of(RefusalCode.RoomFull, "That room is full.");

    /// <summary>The room's owner doesn't let this key in.</summary>
    public static Refused Banned => Of(RefusalCode.Banned, "You are banned from that room.");

    /// <summary>Sent out of a room by its owner or someone it gave that right to.</summary>
    public static Refused Kicked => Of(RefusalCode.Kicked, "You were sent out of the room.");

    /// <summary>The room's owner doesn't let this key post.</summary>
    /// <param name="retryAfterMs">When it may again; 0 if that isn't known.</param>
    public static Refused Muted(uint retryAfterMs) => Of(RefusalCode.Muted, "You are muted in that room.", retryAfterMs);

    /// <summary>The room takes one post of a member in so many seconds.</summary>
    /// <param name="seconds">The interval.</param>
    /// <param name="retryAfterMs">When the next one is taken.</param>
    public static Refused SlowMode(uint seconds, uint retryAfterMs) =>
        Of(RefusalCode.SlowMode, $"That room takes one message of each in {seconds} s; wait a moment.", retryAfterMs);

    /// <summary>Only the owner, or someone with that right, may do this.</summary>
    public static Refused NotAllowed => Of(RefusalCode.NotAllowed, "You may not do that in this room.");

    /// <summary>An act with a number that isn't the next one: somebody else was first, or it was done before.</summary>
    public static Refused StaleAct => Of(RefusalCode.StaleAct, "Something else was done in that room meanwhile; try again.");

    /// <summary>An act that can't be one: a field is missing or of the wrong length, or the signature doesn't verify.</summary>
    public static Refused ActInvalid => Of(RefusalCode.InvalidField, "That act isn't whole, or not signed by you.");

    /// <summary>As many acts in force as a room keeps.</summary>
    public static Refused TooManyActs => Of(RefusalCode.RoomFull, "Too many are banned, muted or opped in that room already.");

    /// <summary>The token isn't this key's last one, was used, or is too old.</summary>
    public static Refused CannotResume =>
        Of(RefusalCode.CannotResume, "That session can't go on; begin a new one.");

    /// <summary>The journal didn't take it; nothing is known to be stored.</summary>
    public static Refused NotStored =>
        Of(RefusalCode.NotStored, "The server can't store messages at present; it will be tried again.", retryAfterMs: 1000);

    /// <summary>More comes to a room than can be stored.</summary>
    public static Refused RoomBusy =>
        Of(RefusalCode.TooFast, "More is written to that room than can be stored; wait a moment.", retryAfterMs: 500);

    /// <summary>As much as a mailbox takes, of one sender or in all.</summary>
    public static Refused MailboxFull =>
        Of(RefusalCode.MailboxFull, "Too much waits for the receiver already; try again when they were here.");

    /// <summary>Positions that contradict each other, or too many of them.</summary>
    public static Refused PositionsInvalid => Of(RefusalCode.InvalidField, "A position names a room once, and no more rooms than allowed.");

    /// <summary>A post to a room by someone who isn't in it.</summary>
    public static Refused NotAMember => Of(RefusalCode.NotAMember, "You are not in that room.");

    /// <summary>Nobody here holds that key.</summary>
    public static Refused RecipientNotHere => Of(RefusalCode.NotHere, "The receiver isn't here.");

    /// <summary>Nobody here has that name or key.</summary>
    public static Refused NobodyFound => Of(RefusalCode.NotHere, "Nobody of that name or key is here.");

    /// <summary>A request this version doesn't know.</summary>
    public static Refused UnknownRequest =>
        Of(RefusalCode.Unsupported, "This server doesn't know that request; it may be older than your client.");

    /// <summary>A recipient of the wrong length.</summary>
    public static Refused RecipientLength => Of(RefusalCode.InvalidField, "A recipient is a fingerprint of 32 bytes.");

    /// <summary>A message id of the wrong length.</summary>
    public static Refused MessageIdLength => Of(RefusalCode.InvalidField, "A message id has 16 bytes.");

    /// <summary>A message that carries nothing.</summary>
    public static Refused NoEnvelope => Of(RefusalCode.InvalidField, "A message without an envelope can't be sent.");

    /// <summary>A Who that asks for more than one thing.</summary>
    public static Refused WhoQuestion =>
        Of(RefusalCode.InvalidField, "Ask for one name, or one fingerprint of 32 bytes, or one page.");

    /// <summary>Something here went wrong; the request had no effect that the server knows of.</summary>
    public static Refused Internal =>
        Of(RefusalCode.Internal, "Something went wrong in the server; please try again.", retryAfterMs: 1000);

    /// <summary>The server doesn't know yet who holds which name, and more wait for that than it keeps in line.</summary>
    public static Refused Starting =>
        Of(RefusalCode.Internal, "The server isn't ready yet; please try again.", retryAfterMs: 1000);

    /// <summary>An envelope above the limit.</summary>
    /// <param name="textMaxBytes">The limit on text, in bytes of UTF-8.</param>
    public static Refused TooLarge(int textMaxBytes) =>
        Of(RefusalCode.TooLarge, $"A message has at most {textMaxBytes} bytes of text.");

    /// <summary>A topic above the limit.</summary>
    /// <param name="topicMaxBytes">The limit on a topic's text, in bytes of UTF-8.</param>
    public static Refused TopicTooLarge(int topicMaxBytes) =>
        Of(RefusalCode.TooLarge, $"A topic has at most {topicMaxBytes} bytes of text.");

    /// <summary>More requests than the rate limit allows.</summary>
    /// <param name="perSecond">The limit.</param>
    /// <param name="retryAfterMs">When there will be room for one more.</param>
    public static Refused TooFast(int perSecond, uint retryAfterMs) =>
        Of(RefusalCode.TooFast, $"At most {perSecond} a second; wait a moment.", retryAfterMs);

    private static Refused Of(RefusalCode code, string sentence, uint retryAfterMs = 0) =>
        new() { Code = code, Sentence = sentence, RetryAfterMs = retryAfterMs };
}
