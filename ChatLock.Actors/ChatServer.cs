using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors;

/// <summary>The server's actors, as whatever accepts sockets sees them.</summary>
public sealed class ChatServer
{
    private readonly IActorRef _root;

    public ChatServer(ActorSystem system, ServerIdentity server)
    {
        Server = server;
        _root = system.ActorOf(ServerRoot.Props(server), "server");
    }

    public ServerIdentity Server { get; }

    /// <summary>A session for a connection; its Challenge is already on the way.</summary>
    public Task<IActorRef> AcceptAsync(IConnection connection)
    {
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        _root.Tell(new SessionsCommand.Accept(connection, session));
        return session.Task;
    }

    /// <summary>Ends all sessions with this reason; done when each has been told, or after <paramref name="timeout"/>.</summary>
    /// <returns>Whether all ended in time.</returns>
    public async Task<bool> DrainAsync(CloseReason reason, TimeSpan timeout)
    {
        try
        {
            await _root.Ask<SessionsCommand.Drained>(new SessionsCommand.Drain(reason), timeout);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
