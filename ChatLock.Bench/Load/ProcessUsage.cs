using System.Globalization;

namespace ChatLock.Bench.Load;

/// <summary>What a process has used, read from /proc.</summary>
/// <param name="CpuSeconds">User and system time of all its threads.</param>
/// <param name="ResidentKiB">What it has in memory now.</param>
internal readonly record struct ProcessUsage(double CpuSeconds, long ResidentKiB)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    public static ProcessUsage Of(int pid)
    {
        // The name, in brackets, may hold spaces: fields are counted from behind it.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = Number(fields[11]) + Number(fields[12]);
        var resident = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return new ProcessUsage(ticks / TicksPerSecond, Number(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
