namespace ChatLock.Client.Identity;

/// <summary>A profile in use by this process. The operating system gives it back even after kill -9.</summary>
internal sealed class ProfileLease : IDisposable
{
    private readonly FileStream _lock;

    private ProfileLease(FileStream held) => _lock = held;

    /// <summary>Takes the lock file, or answers <c>null</c> when another client holds it.</summary>
    public static ProfileLease? TryTake(string path)
    {
        try
        {
            return new ProfileLease(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();
}
