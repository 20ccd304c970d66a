namespace ChatLock.ConsoleClient.Output;

/// <summary>A line for a person or a script.</summary>
/// <param name="IsData">Data go to standard output, what is about the client to standard error.</param>
/// <param name="Text">Without the line feed; everything foreign in it is escaped.</param>
/// <param name="Level">How much it matters.</param>
internal readonly record struct OutputLine(bool IsData, string Text, LineLevel Level = LineLevel.Normal)
{
    public static OutputLine Data(string text) => new(IsData: true, text);

    public static OutputLine About(string text, LineLevel level = LineLevel.Normal) => new(IsData: false, text, level);
}

/// <summary>How much a line on standard error matters.</summary>
internal enum LineLevel
{
    /// <summary>Only with -v.</summary>
    Detail,

    /// <summary>Not with -q.</summary>
    Normal,

    /// <summary>Always.</summary>
    Error,
}
