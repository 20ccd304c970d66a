using ChatLock.Checker.History;

namespace ChatLock.Checker.Checking;

/// <summary>Checks histories in files.</summary>
public static class HistoryFiles
{
    /// <exception cref="HistoryException">A file can't be read or isn't a whole history.</exception>
    public static Verdict Check(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var checker = new HistoryChecker();
        foreach (var path in paths)
        {
            using var reader = HistoryReader.Open(path);
            checker.Begin(reader.File, reader.Clock);
            foreach (var read in reader.ReadAll())
                checker.Take(read);
        }
        return checker.Finish();
    }
}
