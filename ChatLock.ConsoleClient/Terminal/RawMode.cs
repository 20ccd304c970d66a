using System.Runtime.InteropServices;

namespace ChatLock.ConsoleClient.Terminal;

/// <summary>A terminal that gives every key at once and echoes none, until it is disposed.</summary>
/// <remarks>The platform's termios is kept as opaque bytes: its layout differs between systems, cfmakeraw knows it.</remarks>
internal sealed class RawMode : IDisposable
{
    private const int StandardInput = 0;
    private const int AfterOutput = 1; // TCSADRAIN on Linux and macOS
    private const int TermiosMaxBytes = 256;
    private readonly byte[] _before;

    private RawMode(byte[] before) => _before = before;

    /// <summary>Puts standard input into raw mode; <c>null</c> where that can't be done.</summary>
    public static RawMode? TryEnter()
    {
        if (OperatingSystem.IsWindows())
            return null;
        var before = new byte[TermiosMaxBytes];
        if (tcgetattr(StandardInput, before) != 0)
            return null;
        var raw = (byte[])before.Clone();
        cfmakeraw(raw);
        return tcsetattr(StandardInput, AfterOutput, raw) == 0 ? new RawMode(before) : null;
    }

    public void Dispose() => _ = tcsetattr(StandardInput, AfterOutput, _before);

#pragma warning disable SYSLIB1054, IDE1006 // The generated kind needs unsafe code; the names are the C library's.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetattr(int descriptor, byte[] termios);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcsetattr(int descriptor, int actions, byte[] termios);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void cfmakeraw(byte[] termios);
#pragma warning restore SYSLIB1054, IDE1006
}
