using ChatLock.Protocol.Text;

namespace ChatLock.Protocol.Names;

/// <summary>Every way in which a name can be wrong (docs/PROTOCOL.md, names).</summary>
public enum NameProblemKind
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No character at all.</summary>
    Empty,

    /// <summary>More characters than the limit.</summary>
    TooLong,

    /// <summary>Half a surrogate pair: not text.</summary>
    LoneSurrogate,

    /// <summary>Outside the PRECIS IdentifierClass (RFC 8264), restricted by UTS #39, or a routing character.</summary>
    ForbiddenCharacter,

    /// <summary>Starts with a mark or with punctuation other than the underscore.</summary>
    BadStart,

    /// <summary>Punctuation only.</summary>
    NoLetterOrDigit,

    /// <summary>More than four marks in a row, or the same one twice (UTS #39 section 5.4).</summary>
    TooManyMarks,

    /// <summary>A character that needs other neighbours (RFC 5892 appendix A), such as a middle dot not between
    /// two l.</summary>
    MisplacedCharacter,

    /// <summary>Mixes writing directions against the Bidi Rule (RFC 5893 section 2).</summary>
    MixedDirections,

    /// <summary>A word that the chat itself speaks with, or one that looks like it.</summary>
    Reserved,
}

/// <summary>What is wrong with a name, and where.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="CodePoint">The character it is about; 0 where it is about the whole.</param>
/// <param name="Limit">In characters; with <see cref="NameProblemKind.TooLong"/> only.</param>
public readonly record struct NameProblem(NameProblemKind Kind, int CodePoint = 0, int Limit = 0)
{
    /// <summary>For people: English, complete, harmless anywhere since it shows no character outside printable
    /// ASCII; empty if nothing is wrong.</summary>
    public string Sentence => Kind switch
    {
        NameProblemKind.None => "",
        NameProblemKind.Empty => "A name needs at least one character.",
        NameProblemKind.TooLong => $"A name can't be longer than {Limit} characters.",
        NameProblemKind.LoneSurrogate => $"A name can't contain half a character ({Described}).",
        NameProblemKind.ForbiddenCharacter => $"A name can't contain {Described}.",
        NameProblemKind.BadStart => $"A name can't start with {Described}; a letter, a digit or _ can be first.",
        NameProblemKind.NoLetterOrDigit => "A name needs a letter or a digit.",
        NameProblemKind.TooManyMarks => $"A name can't pile marks on one letter, as it does with {Described}.",
        NameProblemKind.MisplacedCharacter => $"{Described} can't stand there in a name.",
        NameProblemKind.MixedDirections => "A name can't mix right-to-left and left-to-right writing.",
        NameProblemKind.Reserved => "This name is reserved, or looks like one that is.",
        _ => throw new InvalidOperationException($"no sentence for {Kind}"),
    };

    internal static NameProblem None => default;

    private string Described => CodePointName.Of(CodePoint);
}
