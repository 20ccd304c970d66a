namespace ChatLock.ConsoleClient.Output;

/// <summary>Where lines go.</summary>
internal interface ILineOutput
{
    void Write(OutputLine line);
}
