namespace ChatLock.Protocol.Text;

/// <summary>Every way in which a text can't be sent.</summary>
public enum TextProblemKind
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Nothing to send.</summary>
    Empty,

    /// <summary>More bytes of UTF-8 than the limit.</summary>
    TooLong,

    /// <summary>A C0 control other than the line feed and the tab.</summary>
    ControlCharacter,

    /// <summary>Half a surrogate pair: not text.</summary>
    LoneSurrogate,
}

/// <summary>Why a text can't be sent.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="CodePoint">The first character it is about; 0 where it is about the whole.</param>
/// <param name="Limit">In bytes of UTF-8; with <see cref="TextProblemKind.TooLong"/> only.</param>
public readonly record struct TextProblem(TextProblemKind Kind, int CodePoint = 0, int Limit = 0)
{
    /// <summary>For people: English, complete, harmless anywhere since it shows no character outside printable
    /// ASCII; empty if nothing is wrong.</summary>
    public string Sentence => Kind switch
    {
        TextProblemKind.None => "",
        TextProblemKind.Empty => "There is nothing to send.",
        TextProblemKind.TooLong => $"The text is longer than {Limit} bytes of UTF-8; send it in parts.",
        TextProblemKind.ControlCharacter => $"A text can't contain {CodePointName.Of(CodePoint)}.",
        TextProblemKind.LoneSurrogate => $"A text can't contain half a character ({CodePointName.Of(CodePoint)}).",
        _ => throw new InvalidOperationException($"no sentence for {Kind}"),
    };
}
