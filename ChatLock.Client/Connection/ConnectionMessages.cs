using Akka.Actor;
using ChatLock.Crypto.Sealing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>What may be asked of the connection.</summary>
internal abstract record ConnectionCommand : INoSerializationVerificationNeeded
{
    private ConnectionCommand()
    {
    }

    /// <summary>Connect now, for the first time or instead of waiting on.</summary>
    public sealed record Connect : ConnectionCommand;

    /// <summary>Ask for this name.</summary>
    public sealed record ChooseName(string Name) : ConnectionCommand;

    /// <summary>Send a request; the sender gets exactly one <see cref="ConnectionAnswer"/> with this tag.</summary>
    /// <param name="Tag">The sender's.</param>
    /// <param name="Frame">The request.</param>
    /// <param name="Session">The session that the sender knows of: <see cref="ConnectionEvent.Entered"/>. It isn't sent in another one, where
    /// what the sender believes may not be so yet: a room is entered again after the session has begun.</param>
    public sealed record Ask(long Tag, ClientFrame Frame, long Session) : ConnectionCommand;

    /// <summary>Say when a request that nobody waits for would keep no other waiting: <see cref="ConnectionAnswer.Turn"/>.
    /// One has its turn at a time.</summary>
    public sealed record AwaitTurn(long Tag, long Session) : ConnectionCommand;

    /// <summary>The sender's turn is over.</summary>
    public sealed record EndTurn : ConnectionCommand;

    /// <summary>One frame that was passed on has been dealt with: one more may be read.</summary>
    public sealed record FrameDone : ConnectionCommand
    {
        /// <summary>The only one.</summary>
        public static readonly FrameDone One = new();
    }

    /// <summary>Say goodbye and stop.</summary>
    public sealed record Leave : ConnectionCommand;
}

/// <summary>The answer to <see cref="ConnectionCommand.Ask"/> or <see cref="ConnectionCommand.AwaitTurn"/>.</summary>
internal abstract record ConnectionAnswer(long Tag) : INoSerializationVerificationNeeded
{
    /// <summary>The server answered.</summary>
    public sealed record Replied(long Tag, Reply Reply) : ConnectionAnswer(Tag);

    /// <summary>The asker's turn, until it ends it.</summary>
    public sealed record Turn(long Tag) : ConnectionAnswer(Tag);

    /// <summary>That session isn't there, or not any more; it never left and had no effect.</summary>
    public sealed record NotSent(long Tag) : ConnectionAnswer(Tag);

    /// <summary>Too many requests wait already; it never left and had no effect.</summary>
    public sealed record QueueFull(long Tag) : ConnectionAnswer(Tag);

    /// <summary>The connection ended before the answer came: it may or may not have had an effect.</summary>
    public sealed record Unknown(long Tag) : ConnectionAnswer(Tag);
}

/// <summary>What the connection tells its owner.</summary>
internal abstract record ConnectionEvent : INoSerializationVerificationNeeded
{
    private ConnectionEvent()
    {
    }

    /// <summary>How the connection stands, in a form for people.</summary>
    public sealed record Status(ConnectionStatus Now) : ConnectionEvent;

    /// <summary>The certificate was seen for the first time and is remembered from now on.</summary>
    public sealed record ServerPinned(ServerAddress Server, string Certificate) : ConnectionEvent;

    /// <summary>A name is needed; what was wrong with the last one, if there was one.</summary>
    public sealed record NameNeeded(string? Wanted, Refused? Refusal) : ConnectionEvent;

    /// <summary>In the lobby. The keys open private messages to us, the newest first. Sessions are numbered from 1 on.</summary>
    public sealed record Entered(Welcome Welcome, Challenge Challenge, IReadOnlyList<AgreementKey> SessionKeys, long Session) : ConnectionEvent;

    /// <summary>No longer in the lobby, whatever comes next.</summary>
    public sealed record Gone : ConnectionEvent;

    /// <summary>A frame for the conversations; its receiver answers <see cref="ConnectionCommand.FrameDone"/>.</summary>
    public sealed record Came(ServerFrame Frame) : ConnectionEvent;
}
