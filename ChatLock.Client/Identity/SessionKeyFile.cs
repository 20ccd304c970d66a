using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Client.Pins;
using ChatLock.Crypto.Sealing;

namespace ChatLock.Client.Identity;

/// <summary>Session keys as a text file for its owner only: a line that says what it is, then one for each key, the newest first:
/// <c>made replaced|current scalar-hex</c>, times in milliseconds since 1970.</summary>
/// <remarks>A file that can't be read stops the client, and nothing is overwritten: with these keys goes what waits in the mailbox.</remarks>
internal static class SessionKeyFile
{
    private const string FirstLine = "chatlock session keys 1";
    private const string AnyVersion = "chatlock session keys ";
    private const string Current = "current";
    private const int FileMaxBytes = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>The keys; <c>null</c> with a problem, a sentence that names the remedy.</returns>
    public static SessionKeys? Read(string path, out string problem)
    {
        problem = "";
        if (!File.Exists(path))
            return SessionKeys.None;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            problem = $"Others can read your session keys {path}. Make them yours alone: chmod 600 '{path}'";
        else if (new FileInfo(path).Length > FileMaxBytes)
            problem = Unreadable(path);
        if (problem.Length > 0)
            return null;

        var lines = File.ReadAllLines(path);
        if (lines is [var first, ..] && first != FirstLine && first.StartsWith(AnyVersion, StringComparison.Ordinal))
        {
            problem = $"{path} was written by a newer ChatLock; use that one, or another data folder: --data FOLDER";
            return null;
        }
        var keys = lines is [FirstLine, .. var rest] ? rest.Select(ReadLine).ToList() : [null];
        if (keys.Contains(null) || !IsInOrder(keys!))
        {
            problem = Unreadable(path);
            return null;
        }
        return SessionKeys.Of(keys!);
    }

    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(string path, SessionKeys keys)
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        foreach (var key in keys.All)
        {
            var scalar = key.Pair.ExportScalar();
            var replaced = key.ReplacedUnixMs?.ToString(CultureInfo.InvariantCulture) ?? Current;
            text.Append(CultureInfo.InvariantCulture, $"{key.MadeUnixMs} {replaced} {Convert.ToHexStringLower(scalar)}\n");
            CryptographicOperations.ZeroMemory(scalar);
        }
        PinFile.Write(path, text.ToString());
    }

    private static SessionKey? ReadLine(string line)
    {
        if (line.Split(' ') is not [var made, var replaced, var hex]
            || !long.TryParse(made, NumberStyles.None, CultureInfo.InvariantCulture, out var madeMs)
            || hex.Length != 64 || !hex.All(char.IsAsciiHexDigitLower))
            return null;
        var isReplaced = long.TryParse(replaced, NumberStyles.None, CultureInfo.InvariantCulture, out var replacedMs);
        if (!isReplaced && replaced != Current)
            return null;
        var scalar = Convert.FromHexString(hex);
        var isKey = AgreementKey.TryImport(scalar, out var pair);
        CryptographicOperations.ZeroMemory(scalar);
        return isKey ? new SessionKey(pair!, madeMs, isReplaced ? replacedMs : null) : null;
    }

    private static bool IsInOrder(List<SessionKey> keys) =>
        keys.Take(1).All(key => key.ReplacedUnixMs is null)
        && keys.Skip(1).All(key => key.ReplacedUnixMs is not null)
        && keys.Zip(keys.Skip(1)).All(pair => pair.First.MadeUnixMs > pair.Second.MadeUnixMs);

    private static string Unreadable(string path) =>
        $"{path} can't be read. Mend it from a backup, or move it away: what waits for you sealed to these keys can't be opened then.";
}
