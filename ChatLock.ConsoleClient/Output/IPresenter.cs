using ChatLock.Client;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Turns what happened into lines.</summary>
internal interface IPresenter
{
    IEnumerable<OutputLine> Present(ClientEvent happened);

    /// <summary>Something about the client itself, such as what its command line came to.</summary>
    IEnumerable<OutputLine> About(string sentence, LineLevel level);
}
