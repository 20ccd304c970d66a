using System.Diagnostics.CodeAnalysis;

namespace ChatLock.Client.Identity;

/// <summary>One person in a data folder: an identity with what it remembers of others.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Number">1 for the default person; 2 and up when the ones before are in use.</param>
/// <param name="Identity">The key.</param>
/// <param name="IsNew">Whether the key was made just now.</param>
public sealed record Profile(string Folder, int Number, ClientIdentity Identity, bool IsNew) : IDisposable
{
    /// <summary>Clients that one user can run at once from one data folder.</summary>
    public const int Max = 16;

    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The file of this profile's pinned peers.</summary>
    public string KnownPeersPath => InFolder(Folder, "known_peers", Number, "");

    /// <summary>The file of pinned servers, shared by all profiles of the folder.</summary>
    public string KnownServersPath => Path.Combine(Folder, "known_servers");

    /// <summary>Takes the first profile that no running client uses, and makes its key if there is none.</summary>
    /// <param name="folder">The data folder; made if missing, for its owner only.</param>
    /// <param name="profile">The profile, or <c>null</c> when the answer is <c>false</c>.</param>
    /// <param name="problem">What is wrong and how to mend it, as a sentence.</param>
    public static bool TryOpen(string folder, [NotNullWhen(true)] out Profile? profile, out string problem)
    {
        profile = null;
        problem = "";
        try
        {
            MakeFolder(folder);
            for (var number = 1; number <= Max && profile is null && problem.Length == 0; number++)
                profile = TryTake(folder, number, out problem);
            if (profile is null && problem.Length == 0)
                problem = $"{Max} clients already run from {folder}. Give this one a folder of its own: --data FOLDER";
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            problem = $"The data folder {folder} can't be used: {failed.Message} Choose another one: --data FOLDER";
        }
        return profile is not null;
    }

    /// <summary>Gives the profile back.</summary>
    public void Dispose() => Identity.Dispose();

    private static Profile? TryTake(string folder, int number, out string problem)
    {
        problem = "";
        if (ProfileLease.TryTake(InFolder(folder, "identity", number, ".lock")) is not { } lease)
            return null;

        var file = InFolder(folder, "identity", number, ".pem");
        var read = IdentityFile.ReadOrCreate(file, out var isNew);
        problem = read.Problem;
        var sessionKeys = InFolder(folder, "session_keys", number, "");
        if (read.Key is { } key && SessionKeyFile.Read(sessionKeys, out problem) is { } keys)
            return new Profile(folder, number, new ClientIdentity(key, new SessionKeyStore(sessionKeys, keys), lease), isNew);
        read.Key?.Dispose();
        lease.Dispose();
        return null;
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
    }

    private static string InFolder(string folder, string name, int number, string extension) =>
        Path.Combine(folder, number == 1 ? name + extension : $"{name}-{number}{extension}");
}
