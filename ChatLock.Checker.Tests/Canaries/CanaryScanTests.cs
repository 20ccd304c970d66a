using System.Text;
using ChatLock.Checker.Canaries;
using ChatLock.Checker.Checking;

namespace ChatLock.Checker.Tests.Canaries;

public sealed class CanaryScanTests : IDisposable
{
    private const string Canary = "Canary-7f3a_0bZZ";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatlock-canary-");

    public static TheoryData<string> Forms => ["UTF-8", "UTF-16", "UTF-16BE", "hexadecimal", "HEXADECIMAL", "base64", "base64url"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_canary_is_found_in_each_form_wherever_it_begins(string form)
    {
        for (var before = 0; before < 7; before++)
        {
            for (var after = 0; after < 4; after++)
            {
                var file = Write("some.db", Encoded($"{new string('~', before)}{Canary}{new string('~', after)}", form));
                var found = Assert.Single(Scan(_folder.FullName).Found);
                Assert.Equal(new Violation.CanaryFound(file, Canary, ""), found);
                Assert.Contains($"as {form.Split('-')[0].ToLowerInvariant()[..3]}", found.Sentence, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void A_canary_is_found_wherever_the_buffer_cuts_it()
    {
        const int buffer = 1024 * 1024;
        for (var at = buffer - 2 * Canary.Length; at <= buffer + 1; at++)
        {
            var bytes = new byte[2 * buffer];
            Encoding.Unicode.GetBytes(Canary, bytes.AsSpan(at));
            Write("large.db", bytes);
            Assert.Contains($"at byte {at}.", Assert.Single(Scan(_folder.FullName).Found).Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Other_bytes_hold_no_canary()
    {
        var bytes = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(bytes);
        Write("clean.db", bytes);
        Write("almost.log", Encoding.UTF8.GetBytes(Canary[..^1] + " " + Canary[1..]));
        var report = Scan(_folder.FullName);
        Assert.Empty(report.Found);
        Assert.Equal((2, bytes.Length + 2 * Canary.Length - 1), (report.Files, (int)report.Bytes));
    }

    [Fact]
    public void Folders_are_searched_to_the_bottom_and_files_that_are_being_written_are_read()
    {
        var deep = _folder.CreateSubdirectory("a").CreateSubdirectory(".b");
        using var writing = new FileStream(Path.Combine(deep.FullName, "gateway.db-wal"), FileMode.Create, FileAccess.Write, FileShare.Read);
        writing.Write(Encoding.UTF8.GetBytes(Canary));
        writing.Flush();
        Assert.EndsWith("gateway.db-wal", Assert.Single(Scan(_folder.FullName).Found).File, StringComparison.Ordinal);
        Assert.Single(Scan(writing.Name).Found);
    }

    [Fact]
    public void What_cannot_be_looked_at_does_not_count_as_clean()
    {
        Assert.Contains("no file or folder", Assert.Throws<CanaryException>(() => Scan(_folder.FullName + "/none")).Message, StringComparison.Ordinal);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "pg_wal"), "/elsewhere");
        Assert.Contains("is a link", Assert.Throws<CanaryException>(() => Scan(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with a blank in it")]
    [InlineData("ünicode-canary-of-some-length")]
    public void What_is_found_by_chance_or_escaped_in_files_cannot_be_a_canary(string text) =>
        Assert.Contains("can't be a canary", Assert.Throws<CanaryException>(() => CanarySet.Of([text])).Message, StringComparison.Ordinal);

    [Fact]
    public void New_canaries_are_canaries_and_differ()
    {
        Assert.NotEqual(CanarySet.New(), CanarySet.New());
        Assert.Single(CanarySet.Of([CanarySet.New()]).Texts);
    }

    private static CanaryReport Scan(string path) => CanaryScan.Scan(CanarySet.Of([Canary]), [path]);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Encoded(string text, string form) => form switch
    {
        "UTF-8" => Encoding.UTF8.GetBytes(text),
        "UTF-16" => Encoding.Unicode.GetBytes(text),
        "UTF-16BE" => Encoding.BigEndianUnicode.GetBytes(text),
        "hexadecimal" => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))),
        "HEXADECIMAL" => Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(text))),
        "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        _ => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_').TrimEnd('=')),
    };
}
