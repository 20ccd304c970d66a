using System.Globalization;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>Reads the writable memory of a child process: its heaps, stacks and buffers.</summary>
public static class ProcessMemory
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Which of the needles occur, each as UTF-8 or UTF-16.</summary>
    /// <param name="overlapBytes">Longest needle in any encoding: chunks overlap by this much.</param>
    public static HashSet<string> Find(int pid, NeedleSet needles, int overlapBytes)
    {
        var found = new HashSet<string>();
        using var memory = new FileStream($"/proc/{pid}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var buffer = new byte[ChunkBytes + overlapBytes];
        foreach (var (start, end) in WritableRegions(pid))
        {
            for (var at = start; at < end; at += ChunkBytes)
            {
                var want = (int)Math.Min(buffer.Length, end - at);
                needles.AddFound(buffer.AsSpan(0, Read(memory, at, buffer.AsSpan(0, want))), found);
            }
        }

        return found;
    }

    private static int Read(FileStream memory, long at, Span<byte> buffer)
    {
        try
        {
            memory.Position = at;
            return memory.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            return 0; // a region that was let go meanwhile, or can't be read
        }
    }

    private static List<(long Start, long End)> WritableRegions(int pid) =>
    [
        .. File.ReadLines($"/proc/{pid}/maps")
            .Select(line => line.Split(' ', 3))
            .Where(parts => parts[1].StartsWith("rw", StringComparison.Ordinal))
            .Select(parts => parts[0].Split('-'))
            .Select(range => (Parse(range[0]), Parse(range[1]))),
    ];

    private static long Parse(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
