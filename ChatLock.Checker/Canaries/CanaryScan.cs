using ChatLock.Checker.Checking;

namespace ChatLock.Checker.Canaries;

/// <summary>What a scan saw.</summary>
/// <param name="Found">Each canary once a file and form, with the first offset; the first <see cref="Verdict.KeptMax"/>.</param>
/// <param name="Files">Files read.</param>
/// <param name="Bytes">Bytes read.</param>
public sealed record CanaryReport(IReadOnlyList<Violation.CanaryFound> Found, int Files, long Bytes)
{
    /// <summary>Which canaries were found somewhere.</summary>
    public IReadOnlySet<string> Canaries => Found.Select(one => one.Canary).ToHashSet();
}

/// <summary>Looks for canaries in files and folders, with a buffer of fixed size however large they are.</summary>
public static class CanaryScan
{
    private const int BufferBytes = 1024 * 1024;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <param name="canaries">What to look for.</param>
    /// <param name="paths">Files, and folders with all that is below them.</param>
    /// <exception cref="CanaryException">Something can't be read, or is a link that would have to be followed: what isn't looked
    /// at must not count as clean.</exception>
    public static CanaryReport Scan(CanarySet canaries, IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(canaries);
        ArgumentNullException.ThrowIfNull(paths);
        var (found, files, bytes) = (new List<Violation.CanaryFound>(), 0, 0L);
        var buffer = new byte[BufferBytes];
        try
        {
            foreach (var file in paths.SelectMany(FilesOf))
            {
                using var stream = OpenIfThere(file);
                if (stream is null)
                    continue;
                bytes += Scan(canaries, file, stream, buffer, found);
                files++;
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new CanaryException($"Not all could be looked through: {failed.Message}", failed);
        }
        return new CanaryReport(found, files, bytes);
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new CanaryException($"There is no file or folder {path}.");
        return new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything).Where(IsFile).Select(file => file.FullName);
    }

    private static bool IsFile(FileSystemInfo entry)
    {
        if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            throw new CanaryException($"{entry.FullName} is a link. Name what it points to as well, and take the link away, or the scan doesn't see it.");
        return entry is FileInfo;
    }

    /// <summary>A database at work deletes files between listing and opening; what is gone holds nothing.</summary>
    private static FileStream? OpenIfThere(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static long Scan(CanarySet canaries, string file, FileStream stream, byte[] buffer, List<Violation.CanaryFound> found)
    {
        var left = new List<CanaryForm>(canaries.Forms);
        var (start, kept) = (0L, 0);
        while (stream.Read(buffer.AsSpan(kept)) is var count and > 0)
        {
            var seen = buffer.AsSpan(0, kept + count);
            for (var index = left.Count - 1; index >= 0; index--)
            {
                if (seen.IndexOf(left[index].Bytes) is not (var at and >= 0))
                    continue;
                Add(found, file, start + at, left[index]);
                left.RemoveAt(index);
            }
            // What could be the beginning of a form stays, in front of what follows.
            var keep = Math.Min(seen.Length, canaries.LongestBytes - 1);
            seen[^keep..].CopyTo(buffer);
            start += seen.Length - keep;
            kept = keep;
        }
        return start + kept;
    }

    private static void Add(List<Violation.CanaryFound> found, string file, long at, CanaryForm form)
    {
        if (found.Count < Verdict.KeptMax)
            found.Add(new Violation.CanaryFound(file, form.Text, $"{file} holds the plaintext \"{form.Text}\" as {form.Name}, at byte {at}."));
    }
}
