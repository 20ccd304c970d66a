namespace ChatLock.Actors.Storage;

/// <summary>Files and folders that nobody but this user can read, from their first byte on.</summary>
public static class OwnerOnly
{
    private const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static FileStreamOptions NewFile(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileRights;
        return options;
    }

    /// <summary>Written aside and moved into place, so that a crash leaves the whole file or none.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var aside = $"{path}.new";
        using (var file = new FileStream(aside, NewFile(FileMode.Create)))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }

    /// <summary>The data folder, made if it is missing.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="SettingsException">It can't be made.</exception>
    public static string MakeDataFolder(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, FileRights | UnixFileMode.UserExecute);
            return path;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, wrong);
        }
    }

    public static SettingsException Unusable(string dataFolder, Exception wrong) =>
        new($"The data folder {dataFolder} can't be used: {wrong.Message} Set chatlock.data-folder to one that can.");
}
