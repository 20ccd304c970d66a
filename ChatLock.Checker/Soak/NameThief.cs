using Akka.Actor;
using ChatLock.Checker.History;
using ChatLock.Client.Connection;

namespace ChatLock.Checker.Soak;

/// <summary>Asks for names of others, with a new key each time: what is held by someone, here or cut off, must be refused.</summary>
internal sealed class NameThief(ActorSystem system, Func<ServerAddress> server, IReadOnlyList<Soaker> victims, HistoryWriter history, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Times that a name was refused, as it should be.</summary>
    public int Refused { get; private set; }

    /// <summary>Times that one was given away.</summary>
    public int Given { get; private set; }

    public async Task TryOneAsync()
    {
        var name = victims[random.Next(victims.Count)].Name;
        using var thief = new LibraryClient(system, server(), name);
        using var patience = new CancellationTokenSource(Patience);
        thief.Connect();
        try
        {
            var isAnswered = false;
            await foreach (var happened in thief.EventsAsync(patience.Token).ConfigureAwait(false))
            {
                if (isAnswered || !await IsAnswerAsync(thief, happened).ConfigureAwait(false))
                    continue;
                isAnswered = true;
                await thief.StopAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway is down just now.
            await thief.StopAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> IsAnswerAsync(LibraryClient thief, SoakEvent happened)
    {
        switch (happened)
        {
            case SoakEvent.NameRefused:
                Refused++;
                return true;
            case SoakEvent.Online online:
                Given++;
                await history.WriteAsync(thief.Key, new Happening.NameHeld(online.Name)).ConfigureAwait(false);
                await history.WriteAsync(thief.Key, new Happening.Left()).ConfigureAwait(false);
                await history.WriteAsync(thief.Key, new Happening.Ended()).ConfigureAwait(false);
                return true;
            default:
                return happened is SoakEvent.Stopped;
        }
    }
}
