namespace ChatLock.Client.Pins;

/// <summary>A file of pinned keys can't be used; the message is a sentence for the user that names the remedy.</summary>
public sealed class PinFileException : Exception
{
    /// <inheritdoc/>
    public PinFileException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public PinFileException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public PinFileException()
    {
    }
}
