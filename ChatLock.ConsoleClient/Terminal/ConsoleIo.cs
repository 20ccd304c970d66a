using System.Collections;
using Microsoft.Win32.SafeHandles;

namespace ChatLock.ConsoleClient.Terminal;

/// <summary>The process's streams and surroundings; tests bring their own.</summary>
internal sealed record ConsoleIo
{
    private const int ColumnsDefault = 80;

    public required Stream In { get; init; }

    public required Stream Out { get; init; }

    public required Stream Error { get; init; }

    public required bool InIsTerminal { get; init; }

    public required bool OutIsTerminal { get; init; }

    public required bool ErrorIsTerminal { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The terminal's width now, in cells.</summary>
    public required Func<int> Columns { get; init; }

    /// <summary>TERM=dumb understands no escape sequence.</summary>
    public bool IsDumb => Environment.GetValueOrDefault("TERM") is "dumb";

    /// <remarks>Not Console.Out and Console.In: they would set the terminal up in their own way.</remarks>
    public static ConsoleIo OfProcess() => new()
    {
        In = StandardInput(),
        Out = Console.OpenStandardOutput(),
        Error = Console.OpenStandardError(),
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Columns = ColumnsOfProcess,
    };

    /// <remarks>On a terminal the platform's own stream edits and echoes lines: the descriptor itself gives the keys.</remarks>
    private static Stream StandardInput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    private static int ColumnsOfProcess()
    {
        try
        {
            return Console.WindowWidth is > 0 and var columns ? columns : ColumnsDefault;
        }
        catch (IOException)
        {
            return ColumnsDefault;
        }
    }
}
