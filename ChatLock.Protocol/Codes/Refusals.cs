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

    /// <summary>There is no room of that name.</summary>
    public static Refused NoSuchRoom => Of(RefusalCode.NoSuchRoom, "There is no room of that name here.");

    /// <summary>The lobby can't be left.</summary>
    public static Refused OnlyLobby =>
        Of(RefusalCode.Unsupported, "This server's only room is the lobby, and everyone is in it.");

    /// <summary>A post to a room by someone who isn't in it.</summary>
    public static Refused NotAMember => Of(RefusalCode.NotAMember, "You are not in that room.");

    /// <summary>Nobody here holds that key.</summary>
    public static Refused RecipientNotHere => Of(RefusalCode.NotHere, "The receiver isn't here.");

    /// <summary>Nobody here has that name or key.</summary>
    public static Refused NobodyFound => Of(RefusalCode.NotHere, "Nobody of that name or key is here.");

    /// <summary>Positions are of no use to a server that doesn't resume.</summary>
    public static Refused NoPositions => Of(RefusalCode.Unsupported, "This server keeps no positions.");

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

    /// <summary>An envelope above the limit.</summary>
    /// <param name="textMaxBytes">The limit on text, in bytes of UTF-8.</param>
    public static Refused TooLarge(int textMaxBytes) =>
        Of(RefusalCode.TooLarge, $"A message has at most {textMaxBytes} bytes of text.");

    /// <summary>More requests than the rate limit allows.</summary>
    /// <param name="perSecond">The limit.</param>
    /// <param name="retryAfterMs">When there will be room for one more.</param>
    public static Refused TooFast(int perSecond, uint retryAfterMs) =>
        Of(RefusalCode.TooFast, $"At most {perSecond} a second; wait a moment.", retryAfterMs);

    private static Refused Of(RefusalCode code, string sentence, uint retryAfterMs = 0) =>
        new() { Code = code, Sentence = sentence, RetryAfterMs = retryAfterMs };
}
