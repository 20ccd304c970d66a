using ChatLock.Client;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Turns what happened into lines.</summary>
internal interface IPresenter
{
    IEnumerable<OutputLine> Present(ClientEvent happened);

    /// <summary>The rooms we are in.</summary>
    IEnumerable<OutputLine> Rooms();

    /// <summary>The topic of the room where lines are said.</summary>
    IEnumerable<OutputLine> Topic();

    /// <summary>Something about the client itself, such as what its command line came to.</summary>
    IEnumerable<OutputLine> About(string sentence, LineLevel level);
}
