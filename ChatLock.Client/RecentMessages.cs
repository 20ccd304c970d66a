using ChatLock.Client.Conversations;

namespace ChatLock.Client;

/// <summary>A message as the inspector needs it.</summary>
/// <param name="Number">Its number in this run, from 1.</param>
/// <param name="Title">What it is: "message 17, from bob to all". Foreign parts aren't escaped.</param>
/// <param name="Trace">The message with its keys; <c>null</c> where not even the envelope could be read.</param>
internal sealed record InspectedMessage(int Number, string Title, MessageTrace? Trace);

/// <summary>The latest messages of this run, numbered. Not a value: it is the root's own.</summary>
internal sealed class RecentMessages
{
    /// <summary>Messages kept for /inspect.</summary>
    public const int Max = 500;

    private readonly Queue<InspectedMessage> _messages = new();

    /// <summary>The number of the last one; 0 before there is one.</summary>
    public int Last { get; private set; }

    public int Add(Func<int, InspectedMessage> make)
    {
        _messages.Enqueue(make(++Last));
        if (_messages.Count > Max)
            _messages.Dequeue();
        return Last;
    }

    public InspectedMessage? Find(int number) => _messages.FirstOrDefault(message => message.Number == number);
}
