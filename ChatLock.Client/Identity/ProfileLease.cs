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
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new ProfileLease(new FileStream(path, options));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();
}
