using Akka.Actor;
using ChatLock.Client.Conversations;
using ChatLock.Protocol.Wire;

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

    /// <summary>Say something to all in a room.</summary>
    /// <param name="Body">The text; cleaned here, refused with a sentence if it can't be sent.</param>
    /// <param name="Room">The room's id (<see cref="RoomView.Id"/>); <c>null</c>: the lobby.</param>
    public sealed record Say(MessageBody Body, string? Room = null) : ClientCommand;

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

    /// <summary>Enter a room, or make an open one: answered by <see cref="ClientEvent.RoomEntered"/> or
    /// <see cref="ClientEvent.CommandRefused"/>.</summary>
    /// <param name="Target">An open room's name, with or without <c>#</c>; an invite's code; or a whole link with one.</param>
    public sealed record Join(string Target) : ClientCommand;

    /// <summary>Make a sealed room: its secret is made here and never sent. The answer is <see cref="ClientEvent.RoomEntered"/>, then
    /// <see cref="ClientEvent.InviteShown"/>.</summary>
    /// <param name="Name">What the room is called in its invite; the server doesn't learn it. 1 to 32 characters.</param>
    /// <param name="Suite">Fixed for good; <c>null</c>: sealed.</param>
    public sealed record CreateRoom(string Name, SuiteInfo? Suite = null) : ClientCommand;

    /// <summary>Leave a room.</summary>
    /// <param name="Room">The room's id.</param>
    public sealed record Part(string Room) : ClientCommand;

    /// <summary>Tell which open rooms there are.</summary>
    public sealed record ListRooms : ClientCommand;

    /// <summary>Tell who is in a room.</summary>
    /// <param name="Room">The room's id.</param>
    public sealed record Members(string Room) : ClientCommand;

    /// <summary>Give a room a topic, which only its members can read.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="Text">Empty: none.</param>
    public sealed record SetTopic(string Room, string Text) : ClientCommand;

    /// <summary>Do something about someone in a room that is ours, or where we are an op.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="Kind">Kick, ban, unban, mute, unmute, op or deop.</param>
    /// <param name="Name">Whom it is about.</param>
    /// <param name="Seconds">For how long to mute; 0: until unmuted. Else 0.</param>
    public sealed record Moderate(string Room, RoomActKind Kind, string Name, uint Seconds = 0) : ClientCommand;

    /// <summary>Let members post once in so many seconds.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="Seconds">0: as often as they like.</param>
    public sealed record SlowMode(string Room, uint Seconds) : ClientCommand;

    /// <summary>Show the links that lead into a room.</summary>
    /// <param name="Room">The room's id.</param>
    public sealed record ShowInvite(string Room) : ClientCommand;

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
