using System.Security.Cryptography;
using ChatLock.Actors;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Rooms;

namespace ChatLock.Gateway.Settings;

/// <summary>The key behind the secrets of open rooms: a file beside the database, never in it, so that a copy of the database
/// alone can't be read. Nothing on the disk, no file either.</summary>
public static class OpenRoomKey
{
    private const string FileName = "open-rooms.key";

    /// <exception cref="SettingsException">The file can't be read, made, or isn't such a key.</exception>
    public static OpenRoomSecrets Load(GatewaySettings settings)
    {
        if (settings.Server.Storage.Durability == StorageDurability.Memory)
            return OpenRoomSecrets.Random();

        var path = Path.Combine(OwnerOnly.MakeDataFolder(settings.DataFolder), FileName);
        try
        {
            if (!File.Exists(path))
                OwnerOnly.Write(path, RandomNumberGenerator.GetBytes(OpenRoomSecrets.Bytes));
            var key = File.ReadAllBytes(path);
            return key.Length == OpenRoomSecrets.Bytes
                ? new OpenRoomSecrets(key)
                : throw new SettingsException(
                    $"{path} has {key.Length} bytes instead of {OpenRoomSecrets.Bytes}. Put the right one back, or move it away: " +
                    "then open rooms begin with new secrets, and what is stored of them can't be read any more.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The key of the open rooms {path} can't be used: {wrong.Message} Make it readable for this user.");
        }
    }
}
