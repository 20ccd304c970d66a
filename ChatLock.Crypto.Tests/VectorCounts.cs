using System.Text;
using System.Text.Json;

namespace ChatLock.Crypto.Tests;

/// <summary>Tells how many cases of a vector file passed, so that this language can be compared with the other.</summary>
/// <remarks>With CHATLOCK_VECTOR_COUNTS=FILE each file is one line of JSON in FILE; vectors/README.md says what a case is.
/// Lines are short and appended whole, by as many processes as like.</remarks>
internal static class VectorCounts
{
    private const string Switch = "CHATLOCK_VECTOR_COUNTS";

    /// <summary>All cases of a file passed; called by one test a file, after the last of them.</summary>
    /// <param name="file">Below vectors/, as in "suites/sealed.json".</param>
    /// <param name="count">How many cases it has.</param>
    public static void Passed(string file, int count)
    {
        if (Environment.GetEnvironmentVariable(Switch) is not { Length: > 0 } path)
            return;
        var line = JsonSerializer.Serialize(new { side = "cs", file, passed = count }) + "\n";
        using var stream = OpenAlone(path);
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.ASCII.GetBytes(line));
    }

    // One writer at a time: while one holds the file the others wait their turn.
    private static FileStream OpenAlone(string path)
    {
        var turn = new SpinWait();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (attempt < 10_000)
            {
                turn.SpinOnce();
            }
        }
    }
}
