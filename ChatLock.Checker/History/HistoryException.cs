namespace ChatLock.Checker.History;

/// <summary>A history that can't be judged: its sentence names the file and the line.</summary>
public sealed class HistoryException : Exception
{
    public HistoryException()
    {
    }

    public HistoryException(string message) : base(message)
    {
    }

    public HistoryException(string message, Exception inner) : base(message, inner)
    {
    }

    public HistoryException(string file, int line, string problem) : base($"{file}, line {line}: {problem}")
    {
    }
}
