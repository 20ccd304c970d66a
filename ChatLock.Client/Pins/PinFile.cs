using System.Text;
using ChatLock.Protocol.Identity;

namespace ChatLock.Client.Pins;

/// <summary>Pins as text files, a line each: <c>name sha256-hex seen|verified</c> and <c>host:port sha256-hex</c>.</summary>
/// <remarks>A line that can't be read stops the client: skipping it would make a changed key look like a new one.</remarks>
internal static class PinFile
{
    private const int FileMaxBytes = 4 * 1024 * 1024;
    private const string Seen = "seen";
    private const string Verified = "verified";

    /// <summary>Reads known_peers.</summary>
    /// <exception cref="PinFileException">With a sentence for the user.</exception>
    public static PeerPins ReadPeers(string path) => Lines(path).Aggregate(PeerPins.Empty, (pins, line) =>
        line.Fields is [var name, var hex, Seen or Verified] && TryKey(hex, out var key)
            ? pins.Accept(name, key, line.Fields[2] == Verified)
            : throw Unreadable(path, line.Number));

    /// <summary>Reads known_servers.</summary>
    /// <exception cref="PinFileException">With a sentence for the user.</exception>
    public static ServerPins ReadServers(string path) => Lines(path).Aggregate(ServerPins.Empty, (pins, line) =>
        line.Fields is [var server, var hex] && TryKey(hex, out _)
            ? pins.Set(server, hex.ToLowerInvariant())
            : throw Unreadable(path, line.Number));

    public static string Text(PeerPins pins) => Join(pins.All.Select(peer =>
        $"{peer.Name} {Convert.ToHexStringLower(peer.Pin.Key.ToBytes())} {(peer.Pin.IsVerified ? Verified : Seen)}"));

    public static string Text(ServerPins pins) => Join(pins.All.Select(pin => $"{pin.Server} {pin.Certificate}"));

    /// <summary>Replaces a file as a whole, for its owner only.</summary>
    public static void Write(string path, string text)
    {
        var aside = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(aside); // what a crash left could be open to others
        using (var file = new FileStream(aside, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
    }

    private static IEnumerable<(int Number, string[] Fields)> Lines(string path)
    {
        if (!File.Exists(path))
            return [];
        if (new FileInfo(path).Length > FileMaxBytes)
            throw new PinFileException($"{path} is larger than {FileMaxBytes / 1024 / 1024} MiB. Move it away to start anew.");
        return File.ReadAllLines(path)
            .Select((line, index) => (index + 1, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Item2.Length > 0 && line.Item2[0][0] != '#');
    }

    private static bool TryKey(string hex, out Fingerprint key)
    {
        key = default;
        return hex.Length == 2 * Fingerprint.Bytes
            && hex.All(char.IsAsciiHexDigit)
            && Fingerprint.TryFrom(Convert.FromHexString(hex), out key);
    }

    private static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static PinFileException Unreadable(string path, int line) =>
        new($"Line {line} of {path} can't be read. Mend it or take it out; ChatLock trusts nobody anew by accident.");
}
