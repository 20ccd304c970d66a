namespace ChatLock.Client.Conversations;

/// <summary>Why a message is a named gap and not text.</summary>
public enum Unreadable
{
    /// <summary>The signature isn't the sender's over these bytes.</summary>
    BadSignature,

    /// <summary>Signed by the sender, but not readable with the secret or key at hand.</summary>
    CannotDecrypt,

    /// <summary>The envelope isn't one, or a field of it has a wrong length.</summary>
    Malformed,

    /// <summary>A suite that this version doesn't know.</summary>
    UnknownSuite,

    /// <summary>Not the suite that the room was born with.</summary>
    WrongSuite,

    /// <summary>What was decrypted isn't text.</summary>
    NotText,

    /// <summary>Its sender was muted in the room, or banned from it, before it was posted.</summary>
    NotAllowed,
}

/// <summary>The gaps in words: the reason, then what to do about it.</summary>
public static class UnreadableSentences
{
    /// <summary>For people: what is wrong with the message and the remedy.</summary>
    public static string Of(Unreadable reason, bool isPrivate) => reason switch
    {
        Unreadable.BadSignature => "signature does not verify — not shown; it may be forged",
        Unreadable.CannotDecrypt when isPrivate =>
            "signed, but sealed to a key of yours that is gone — not shown; ask for it to be sent again",
        Unreadable.CannotDecrypt => "signed, but not encrypted with this room's secret — not shown; ask for it to be sent again",
        Unreadable.Malformed => "the envelope is damaged — not shown; ask for it to be sent again",
        Unreadable.UnknownSuite => "encrypted in a way that this version doesn't know — not shown; a newer client can read it",
        Unreadable.WrongSuite => "not encrypted the way this room is — not shown; nothing is read in another suite",
        Unreadable.NotText => "decrypted, but not text — not shown",
        Unreadable.NotAllowed => "from someone who may not speak in this room — not shown; the server should have refused it",
        _ => "can't be read — not shown",
    };

    /// <summary>The stable name in machine-readable output.</summary>
    public static string NameOf(Unreadable reason) => reason switch
    {
        Unreadable.BadSignature => "bad-signature",
        Unreadable.CannotDecrypt => "cannot-decrypt",
        Unreadable.Malformed => "malformed",
        Unreadable.UnknownSuite => "unknown-suite",
        Unreadable.WrongSuite => "wrong-suite",
        Unreadable.NotAllowed => "not-allowed",
        _ => "not-text",
    };
}
