using ChatLock.Client;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Turns what happened into lines.</summary>
internal interface IPresenter
{
    IEnumerable<OutputLine> Present(ClientEvent happened);

    /// <summary>Something about the client itself, such as what its command line came to.</summary>
    OutputLine About(string code, string sentence, LineLevel level);
}
