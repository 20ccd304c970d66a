using Akka.Actor;
using ChatLock.Client.Conversations;

namespace ChatLock.Client;

/// <summary>What a user can want.</summary>
/// <remarks>Names are as typed, in any case. Each command is answered by <see cref="ClientEvent"/>s, at the latest when
/// the connection is back; a message is never lost silently (docs/TERMINAL.md section 4).</remarks>
public abstract record ClientCommand : INoSerializationVerificationNeeded
{
    private ClientCommand()
    {
    }

    /// <summary>Connect, or connect now instead of waiting on.</summary>
    public sealed record Connect : ClientCommand;

    /// <summary>The answer to <see cref="ClientEvent.NameNeeded"/>.</summary>
    public sealed record ChooseName(string Name) : ClientCommand;

    /// <summary>Say something to all.</summary>
    /// <param name="Body">The text; cleaned here, refused with a sentence if it can't be sent.</param>
    public sealed record Say(MessageBody Body) : ClientCommand;

    /// <summary>Say something to one.</summary>
    public sealed record SayTo(string Name, MessageBody Body) : ClientCommand;

    /// <summary>Take another name.</summary>
    public sealed record Rename(string Name) : ClientCommand;

    /// <summary>Tell who is here.</summary>
    public sealed record Who : ClientCommand;

    /// <summary>Tell what is known of someone.</summary>
    public sealed record Whois(string Name) : ClientCommand;

    /// <summary>Show both fingerprints for comparing, or say that they were compared, or accept a changed key.</summary>
    public sealed record Verify(string Name, VerifyAnswer Answer) : ClientCommand;

    /// <summary>Show nothing of someone from now on, or show it again. By key: a change of name doesn't help.</summary>
    public sealed record Ignore(string Name, bool IsIgnored) : ClientCommand;

    /// <summary>Show how a message was encrypted and signed; the last one if none is named.</summary>
    public sealed record Inspect(int? Number) : ClientCommand;

    /// <summary>Use this suite for private messages from now on; <c>null</c> tells which one is used.</summary>
    public sealed record UseSuite(string? Name) : ClientCommand;

    /// <summary>Leave.</summary>
    public sealed record Leave : ClientCommand;
}

/// <summary>What the user says about a key.</summary>
public enum VerifyAnswer
{
    /// <summary>Nothing yet: show the fingerprints.</summary>
    Show,

    /// <summary>They were compared and are the same.</summary>
    Same,

    /// <summary>The key may be the name's new one, uncompared.</summary>
    Accept,
}
