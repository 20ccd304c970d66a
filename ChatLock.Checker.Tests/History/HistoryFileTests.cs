using System.Text;
using ChatLock.Checker.Checking;
using ChatLock.Checker.History;
using ChatLock.Checker.Tests.Checking;
using CsCheck;

namespace ChatLock.Checker.Tests.History;

public sealed class HistoryFileTests
{
    private const string Header = """{"k":"history","v":1,"clock":"0123456789abcdef"}""";
    private const string Line = """{"t":5,"c":"00000000000000aa","k":"connected"}""";
    private static readonly HistoryClock Clock = new(TimeProvider.System);

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        var kinds = Enumerable.Range(0, 3).SelectMany(GoodHistory.Make).ToList();
        var key = kinds[0].Client;
        kinds.Add(new HistoryRecord(7, key, new Happening.Failed(new MessageId(UInt128.MaxValue), "not-sent")));
        kinds.Add(new HistoryRecord(8, key, new Happening.PassedBy(key, new MessageId(1), SignatureCheck.ByClient)));
        kinds.Add(new HistoryRecord(long.MaxValue, key, new Happening.Joined(new LogPosition("\"\\\n🙂", ulong.MaxValue, ulong.MaxValue))));
        Assert.Equal(kinds, Read(await WriteAsync(kinds)).Select(read => read.Record));
    }

    [Fact]
    public async Task A_history_in_files_is_judged_as_in_memory()
    {
        var folder = Directory.CreateTempSubdirectory("chatlock-checker-");
        var clients = GoodHistory.Make(3).GroupBy(record => record.Client);
        foreach (var client in clients)
        {
            await using var writer = HistoryWriter.Create(Path.Combine(folder.FullName, $"{client.Key}.jsonl"), Clock);
            foreach (var record in client)
                await writer.WriteAsync(record);
        }
        var verdict = HistoryFiles.Check(Directory.GetFiles(folder.FullName));
        Assert.Empty(verdict.Violations);
        Assert.Equal(Judge.One(GoodHistory.Make(3)).Tally, verdict.Tally);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("{}", 1, "in the middle of a line")]
    [InlineData("{}\n", 1, "a history begins with")]
    [InlineData("nonsense\n", 1, "damaged")]
    [InlineData("""{"k":"history","v":2,"clock":"x"}""" + "\n", 1, "version 2")]
    [InlineData(Header + "\n" + Line + "\n" + """{"t":5,"c":"00000000000""", 3, "in the middle of a line")]
    [InlineData(Header + "\n" + Line + "\n" + """{"t":5,"c":"00000000000""" + "\n", 3, "damaged")]
    [InlineData(Header + "\n\n", 2, "not a JSON object")]
    [InlineData(Header + "\n[1]\n", 2, "not a JSON object")]
    [InlineData(Header + "\n" + Line + Line + "\n", 2, "damaged")]
    [InlineData(Header + "\n" + """{"c":"00000000000000aa","k":"connected"}""" + "\n", 2, "no time")]
    [InlineData(Header + "\n" + """{"t":-1,"c":"00000000000000aa","k":"connected"}""" + "\n", 2, "\"t\"")]
    [InlineData(Header + "\n" + """{"t":5,"c":"aa","k":"connected"}""" + "\n", 2, "no client")]
    [InlineData(Header + "\n" + """{"t":5,"c":"00000000000000aa","k":"slept"}""" + "\n", 2, "\"slept\" is unknown")]
    [InlineData(Header + "\n" + """{"t":5,"c":"00000000000000aa","k":"connected","more":1}""" + "\n", 2, "\"more\" is unknown")]
    [InlineData(Header + "\n" + """{"t":5,"c":"00000000000000aa","k":"received","room":"lobby"}""" + "\n", 2, "\"received\" is missing")]
    [InlineData(Header + "\n" + """{"t":5,"c":"00000000000000aa","k":"gap","room":"a","epoch":1,"first":3,"last":2}""" + "\n", 2, "\"gap\"")]
    [InlineData(Header + "\n" + """{"t":5,"c":"00000000000000aa","k":"name-held","name":7}""" + "\n", 2, "\"name\"")]
    public void A_damaged_history_is_refused_with_the_line(string file, int line, string problem)
    {
        var refused = Assert.Throws<HistoryException>(() => Read(Encoding.UTF8.GetBytes(file)));
        Assert.StartsWith($"some.jsonl, line {line}: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_an_end_is_not_read_into_memory()
    {
        var file = Encoding.UTF8.GetBytes(Header + "\n" + new string('x', 1_000_000));
        Assert.Contains("longer than", Assert.Throws<HistoryException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_with_a_sentence()
    {
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            try
            {
                Read([.. Encoding.UTF8.GetBytes(Header + "\n"), .. bytes]);
            }
            catch (HistoryException refused)
            {
                Assert.Contains("line", refused.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task A_history_that_is_cut_off_anywhere_is_refused_or_unfinished()
    {
        var whole = await WriteAsync(GoodHistory.Make(1));
        var random = new Random(1);
        for (var turn = 0; turn < 100; turn++)
        {
            var cut = random.Next(1, whole.Length - 1);
            try
            {
                var checker = new HistoryChecker();
                checker.Begin("some.jsonl", "one clock");
                foreach (var read in Read(whole[..cut]))
                    checker.Take(read);
                Assert.False(checker.Finish().IsGood && cut > Header.Length + 1);
            }
            catch (HistoryException)
            {
                // Refused.
            }
        }
    }

    [Fact]
    public void A_client_in_two_files_is_refused()
    {
        var record = new HistoryRecord(1, new ClientKey(5), new Happening.Connected());
        Assert.Contains("history-0 too", Assert.Throws<HistoryException>(() => Judge.Files([[record], [record]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_writes_into_a_file_that_is_full_learns_it()
    {
        var writer = new HistoryWriter(new FullStream(), Clock);
        await Assert.ThrowsAsync<IOException>(async () => await writer.DisposeAsync());
        await Assert.ThrowsAnyAsync<Exception>(async () => await writer.WriteAsync(new ClientKey(1), new Happening.Ended()));
    }

    private static List<ReadRecord> Read(byte[] file)
    {
        using var reader = HistoryReader.Open("some.jsonl", new MemoryStream(file));
        return [.. reader.ReadAll()];
    }

    private static async Task<byte[]> WriteAsync(IEnumerable<HistoryRecord> records)
    {
        var file = new MemoryStream();
        await using (var writer = new HistoryWriter(file, Clock))
        {
            foreach (var record in records)
                await writer.WriteAsync(record);
        }
        return file.ToArray();
    }

    private sealed class FullStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("No space left on device."));
    }
}
