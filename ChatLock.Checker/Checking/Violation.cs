using System.Text;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <summary>Which promise is broken, for the table.</summary>
public enum Promise
{
    /// <summary>What was acknowledged arrives.</summary>
    NothingLost,

    /// <summary>It arrives once.</summary>
    NothingDoubled,

    /// <summary>It arrives in order.</summary>
    NothingDisordered,

    /// <summary>Everything else.</summary>
    NothingElse,
}

/// <summary>Something in a history that must not be. docs/CHECKER.md section 2 defines each.</summary>
/// <remarks>Two are the same if they are of one kind and about the same things; the sentence doesn't count.</remarks>
public abstract record Violation
{
    private Violation(Promise promise, string sentence) => (Promise, Sentence) = (promise, sentence);

    public Promise Promise { get; }

    /// <summary>What is wrong, with the evidence: messages, clients, lines of the history.</summary>
    public string Sentence { get; }

    /// <summary>The kind's name in words: "lost-by-all".</summary>
    public string Kind
    {
        get
        {
            var words = new StringBuilder();
            foreach (var letter in GetType().Name)
                words.Append(char.IsUpper(letter) && words.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
            return words.ToString();
        }
    }

    public virtual bool Equals(Violation? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    public sealed override string ToString() => $"{Kind}: {Sentence}";

    // ---- lost ----

    /// <summary>An acknowledged message that a member didn't get.</summary>
    public sealed record Lost(LogPosition Position, MessageId Message, ClientKey Client, string Sentence)
        : Violation(Promise.NothingLost, Sentence);

    /// <summary>An acknowledged message that none of several members got.</summary>
    public sealed record LostByAll(LogPosition Position, MessageId Message, string Sentence)
        : Violation(Promise.NothingLost, Sentence);

    /// <summary>A message that its sender has no answer for, that other members got and this one didn't.</summary>
    public sealed record Skipped(LogPosition Position, MessageId Message, ClientKey Client, string Sentence)
        : Violation(Promise.NothingLost, Sentence);

    /// <summary>Numbers of a room that nobody knows, among those that were given out.</summary>
    public sealed record NumberMissing(string Room, ulong Epoch, ulong First, ulong Last, string Sentence)
        : Violation(Promise.NothingLost, Sentence);

    /// <summary>An acknowledged private message that its recipient didn't get.</summary>
    public sealed record PrivateLost(MessageId Message, ClientKey Recipient, string Sentence)
        : Violation(Promise.NothingLost, Sentence);

    /// <summary>A message whose sender is here and never learned what became of it.</summary>
    public sealed record Unanswered(MessageId Message, ClientKey Client, string Sentence)
        : Violation(Promise.NothingLost, Sentence);

    // ---- doubled ----

    /// <summary>A message that came twice to a client, under the same number.</summary>
    public sealed record Doubled(LogPosition Position, MessageId Message, ClientKey Client, string Sentence)
        : Violation(Promise.NothingDoubled, Sentence);

    /// <summary>A message with two numbers.</summary>
    public sealed record TwoNumbers(MessageId Message, LogPosition First, LogPosition Second, string Sentence)
        : Violation(Promise.NothingDoubled, Sentence);

    /// <summary>A message that was acknowledged with two numbers.</summary>
    public sealed record AcknowledgedTwice(MessageId Message, LogPosition First, LogPosition Second, string Sentence)
        : Violation(Promise.NothingDoubled, Sentence);

    /// <summary>A private message that came twice.</summary>
    public sealed record PrivateDoubled(MessageId Message, ClientKey Recipient, string Sentence)
        : Violation(Promise.NothingDoubled, Sentence);

    // ---- disordered ----

    /// <summary>A number that came to a client after a higher one.</summary>
    public sealed record Disordered(LogPosition Position, ClientKey Client, string Sentence)
        : Violation(Promise.NothingDisordered, Sentence);

    /// <summary>Two messages of one sender, numbered in another order than they were sent in.</summary>
    public sealed record SenderDisordered(MessageId First, MessageId Second, string Sentence)
        : Violation(Promise.NothingDisordered, Sentence);

    /// <summary>A message with a lower number than one that was acknowledged before it was sent.</summary>
    public sealed record RealTimeDisordered(MessageId Acknowledged, MessageId SentLater, string Sentence)
        : Violation(Promise.NothingDisordered, Sentence);

    /// <summary>Two private messages of one sender that came in another order than they were sent in.</summary>
    public sealed record PrivateDisordered(MessageId First, MessageId Second, string Sentence)
        : Violation(Promise.NothingDisordered, Sentence);

    /// <summary>Two messages under one number.</summary>
    public sealed record TwoMessages(LogPosition Position, MessageId First, MessageId Second, string Sentence)
        : Violation(Promise.NothingDisordered, Sentence);

    /// <summary>A number under another epoch than the client's, without the gap that would have said so.</summary>
    public sealed record EpochMixedUp(LogPosition Position, ClientKey Client, string Sentence)
        : Violation(Promise.NothingDisordered, Sentence);

    // ---- everything else ----

    /// <summary>A message whose signature doesn't verify.</summary>
    public sealed record BadSignature(MessageId Message, ClientKey Client, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A message that came as another's than its sender's.</summary>
    public sealed record WrongSender(MessageId Message, ClientKey Claimed, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A message that came or was acknowledged and that nobody sent.</summary>
    public sealed record NeverSent(MessageId Message, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A message that the server refused, and that is there nevertheless.</summary>
    public sealed record RefusedYetThere(MessageId Message, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A message of a room that came to someone who wasn't a member at that number.</summary>
    public sealed record NotAMember(LogPosition Position, ClientKey Client, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A message in another room than it was sent to.</summary>
    public sealed record WrongRoom(MessageId Message, string Room, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A private message that came to someone else.</summary>
    public sealed record PrivateMisdelivered(MessageId Message, ClientKey Client, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A name that two keys held at once.</summary>
    public sealed record NameHeldTwice(string Name, ClientKey First, ClientKey Second, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A plaintext that is in a file of the server's.</summary>
    public sealed record CanaryFound(string File, string Canary, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A history whose client didn't come to its end: what it should have got can't be judged.</summary>
    public sealed record Unfinished(ClientKey Client, string Sentence)
        : Violation(Promise.NothingElse, Sentence);

    /// <summary>A history that lacks records of what its client sent.</summary>
    public sealed record HistoryHole(ClientKey Client, ulong Counter, string Sentence)
        : Violation(Promise.NothingElse, Sentence);
}
