using System.Diagnostics.CodeAnalysis;
using ChatLock.Client;

namespace ChatLock.ConsoleClient.Output;

/// <summary>The beginnings of messages that wait for someone who is away, so that it can be said which of them has arrived.</summary>
internal sealed class WaitingTexts
{
    /// <summary>Messages remembered; what becomes of older ones is said only with -v.</summary>
    public const int Max = 500;

    private const int TextMaxCharacters = 40;
    private readonly Dictionary<int, string> _texts = [];
    private readonly Queue<int> _inOrder = new();

    public ClientEvent.MessageSent Note(ClientEvent.MessageSent sent)
    {
        if (!sent.IsWaiting || !_texts.TryAdd(sent.Number, Beginning(sent.Body.Text)))
            return sent;
        _inOrder.Enqueue(sent.Number);
        if (_inOrder.Count > Max)
            _texts.Remove(_inOrder.Dequeue());
        return sent;
    }

    public bool TryTake(int number, [NotNullWhen(true)] out string? text) => _texts.Remove(number, out text);

    private static string Beginning(string text)
    {
        var line = text.Split('\n', 2)[0];
        var shown = string.Concat(line.EnumerateRunes().Take(TextMaxCharacters));
        return shown.Length < text.Length ? shown + "…" : shown;
    }
}
