using System.Diagnostics;

namespace ChatLock.Actors.Tests.Storage;

/// <summary>A small disk in memory. Mounting needs root.</summary>
public sealed class Tmpfs : IDisposable
{
    public Tmpfs(int megabytes)
    {
        Folder = Directory.CreateTempSubdirectory("chatlock-tmpfs").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Folder) != 0)
            throw new InvalidOperationException("mount failed");
    }

    public static bool CanMount { get; } = OperatingSystem.IsLinux() && TryOnce();

    public string Folder { get; }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static bool TryOnce()
    {
        try
        {
            new Tmpfs(megabytes: 1).Dispose();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that needs a disk of its own, and is counted as skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        if (!Tmpfs.CanMount)
            Skip = "A tmpfs can't be mounted here (that needs root on Linux).";
    }
}
