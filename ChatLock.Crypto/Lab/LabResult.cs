namespace ChatLock.Crypto.Lab;

/// <summary>Why the lab can't work with what it was given.</summary>
/// <remarks>INSECURE: the lab is for lessons.</remarks>
public enum LabError
{
    /// <summary>Nothing is wrong; there are lines.</summary>
    None,

    /// <summary>Not a number in the notation asked for.</summary>
    BadNumber,

    /// <summary>Too few or too many digits or bytes.</summary>
    WrongLength,

    /// <summary>A scalar outside 1 to n − 1, or a point that isn't on the curve.</summary>
    OutOfRange,

    /// <summary>No curve of that name.</summary>
    UnknownCurve,

    /// <summary>The given k leads to r = 0 or s = 0: the rules want another one.</summary>
    UnusableNonce,
}

/// <summary>How much of a computation is printed.</summary>
/// <remarks>INSECURE: the lab is for lessons.</remarks>
public enum LabDetail
{
    /// <summary>The values of the formulas, some dozens of lines.</summary>
    Values,

    /// <summary>Every step on the way as well: on P-256 about 1,500 lines.</summary>
    Steps,
}

/// <summary>What the lab prints: either lines, or an error with a sentence for the user.</summary>
/// <param name="Error"><see cref="LabError.None"/> when there are lines.</param>
/// <param name="Sentence">For the user, without any of the input in it; empty when there are lines.</param>
/// <param name="Lines">At most <see cref="LineLengthMax"/> printable ASCII characters each, the first one saying
/// INSECURE; empty on an error.</param>
/// <remarks>INSECURE: the lines contain every key that was given.</remarks>
public sealed record LabResult(LabError Error, string Sentence, IReadOnlyList<string> Lines)
{
    /// <summary>Longest line, in characters.</summary>
    public const int LineLengthMax = 100;

    internal static LabResult Of(IReadOnlyList<string> lines) => new(LabError.None, "", lines);

    internal static LabResult Refused(LabError error, string sentence) => new(error, sentence, []);
}
