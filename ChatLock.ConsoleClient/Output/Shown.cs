using ChatLock.Client;
using ChatLock.Protocol.Text;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Foreign text on its way to the terminal: everything goes through here.</summary>
internal static class Shown
{
    private const int NameMaxCharacters = 128;
    private const int SentenceMaxCharacters = 600;
    private const int RoomMaxCharacters = 80;
    private const int LinkMaxCharacters = 2_000;
    private const int MessageMaxCharacters = 20_000;
    private const int MessageMaxLines = 200;
    private const int MessageMaxRows = 1_000;
    private const int ColumnsLeast = 16;

    public static string Name(string name) => ForeignText.ForLine(name, NameMaxCharacters);

    public static string Name(Peer peer) => Name(peer.Name);

    /// <summary>What a room is called. A colon would let it end where the text begins.</summary>
    public static string Room(string label) => ForeignText.ForLine(label, RoomMaxCharacters).Replace(':', ';');

    public static string Link(string link) => ForeignText.ForLine(link, LinkMaxCharacters);

    public static string Sentence(string sentence) => ForeignText.ForLine(sentence, SentenceMaxCharacters);

    /// <summary>A sentence cut into rows, so that the terminal doesn't wrap it to where a sender's name starts.</summary>
    /// <param name="sentence">Foreign, in part at least.</param>
    /// <param name="columns">Terminal cells of a row; <c>null</c> leaves it in one.</param>
    public static IEnumerable<string> Sentence(string sentence, int? columns) => columns is { } width
        ? ForeignText.Rows(OneLine(sentence), Math.Max(width, ColumnsLeast), SentenceMaxCharacters, MessageMaxRows)
        : [Sentence(sentence)];

    /// <summary>The lines of a message.</summary>
    /// <param name="text">Foreign.</param>
    /// <param name="columns">Terminal cells for each; <c>null</c> leaves them as long as they are.</param>
    public static IReadOnlyList<string> Message(string text, int? columns) => columns is { } width
        ? ForeignText.Rows(text, Math.Max(width, ColumnsLeast), MessageMaxCharacters, MessageMaxRows)
        : ForeignText.Lines(text, MessageMaxCharacters, MessageMaxLines);

    private static string OneLine(string sentence) => sentence.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ');
}
