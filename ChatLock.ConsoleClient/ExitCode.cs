namespace ChatLock.ConsoleClient;

/// <summary>What scripts act on; docs/TERMINAL.md section 7.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int CannotConnect = 3;
    public const int NameTaken = 4;
    public const int NotVerified = 5;
    public const int Interrupted = 130;
}
