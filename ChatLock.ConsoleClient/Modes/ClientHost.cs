using System.Diagnostics.CodeAnalysis;
using ChatLock.Client;
using ChatLock.Client.Identity;
using ChatLock.Client.Pins;
using ChatLock.ConsoleClient.Settings;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>A client with the person it speaks for.</summary>
internal sealed class ClientHost : IAsyncDisposable
{
    private readonly Profile _profile;

    private ClientHost(Profile profile, ChatClient client) => (_profile, Client) = (profile, client);

    public ChatClient Client { get; }

    /// <summary>What to say about who this is, if there is something.</summary>
    public string? Remark => _profile switch
    {
        { Number: > 1 } => $"Another client here uses your first identity; this one is identity {_profile.Number} of {_profile.Folder}.",
        { IsNew: true } => $"A new identity was made for you in {_profile.Folder}.",
        _ => null,
    };

    /// <param name="settings">Where to, and as whom.</param>
    /// <param name="takesMail">Whether private messages are shown to someone.</param>
    /// <param name="host">The client.</param>
    /// <param name="problem">Why there is none.</param>
    public static bool TryOpen(ConsoleSettings settings, bool takesMail, [NotNullWhen(true)] out ClientHost? host, out string problem)
    {
        host = null;
        if (!Profile.TryOpen(settings.DataFolder, out var profile, out problem))
            return false;
        try
        {
            var client = new ClientSettings
            {
                Server = settings.Server,
                Name = settings.Name,
                PrivateSuite = settings.Suite,
                Backoff = settings.Backoff,
                TakesMail = takesMail,
            };
            host = new ClientHost(profile, ChatClient.Start(client, profile.Identity, PinStore.Open(profile)));
            return true;
        }
        catch (PinFileException unreadable)
        {
            profile.Dispose();
            problem = unreadable.Message;
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _profile.Dispose();
    }
}
