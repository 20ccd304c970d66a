using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using ChatLock.Crypto.Classic;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Classic;

/// <summary>The official vectors for DES, weak keys included; CBC is built here, on the block cipher.</summary>
public sealed class DesVectorTests(ITestOutputHelper output)
{
    private const int MonteCarloSteps = 10_000;
    private static readonly string[] Tables = ["invperm", "permop", "subtab", "varkey", "vartext"];

    [Fact]
    public void The_940_known_answers_of_NIST_hold_with_and_without_a_trace()
    {
        var count = 0;
        foreach (var (mode, table) in from mode in new[] { "ECB", "CBC" } from table in Tables select (mode, table))
            count += CheckFile($"des/nist-kat/T{mode}{table}.rsp", "KEYs");

        output.WriteLine($"DES known answers: {count} of 940");
        Assert.Equal(940, count);
    }

    [Fact]
    public void The_40_multi_block_messages_of_NIST_hold()
    {
        var count = CheckFile("des/nist-mmt/TECBMMT1.rsp", "KEY1") + CheckFile("des/nist-mmt/TCBCMMT1.rsp", "KEY1");

        output.WriteLine($"DES multi-block messages: {count} of 40");
        Assert.Equal(40, count);
    }

    [Theory]
    [InlineData("ECB")]
    [InlineData("CBC")]
    public void The_800_Monte_Carlo_steps_of_NIST_hold(string mode)
    {
        var records = Vectors.Cavp($"des/nist-mct/T{mode}Monte1.rsp").ToArray();
        for (var i = 0; i < records.Length; i++)
        {
            var (result, nextKey) = MonteCarlo(records[i], mode == "CBC");
            Assert.Equal(Block(records[i][IsEncrypt(records[i]) ? "CIPHERTEXT" : "PLAINTEXT"]), result);
            if (i + 1 < records.Length && records[i + 1][""] == records[i][""])
                Assert.Equal(Block(records[i + 1]["KEY1"]), nextKey);
        }

        output.WriteLine($"DES Monte Carlo, {mode}: {records.Length} of 800 steps of 10,000");
        Assert.Equal(800, records.Length);
        VectorCounts.Passed($"des/nist-mct/T{mode}Monte1.rsp", records.Length);
    }

    [Fact]
    public void The_171_vectors_of_NBS_500_20_hold()
    {
        var count = 0;
        foreach (var line in File.ReadLines(Vectors.PathOf("des/nbs-500-20/descert.dat")))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var key, var plaintext, var ciphertext])
                continue;
            var schedule = new DesKeySchedule(Convert.FromHexString(key));
            Assert.Equal(Block(ciphertext), Des.EncryptBlock(schedule, Block(plaintext)));
            Assert.Equal(Block(plaintext), Des.DecryptBlock(schedule, Block(ciphertext)));
            count++;
        }

        output.WriteLine($"NBS 500-20: {count} of 171");
        Assert.Equal(171, count);
        VectorCounts.Passed("des/nbs-500-20/descert.dat", count);
    }

    [Fact]
    public void The_16_weak_and_semi_weak_keys_encrypt_as_published_and_are_refused_for_messages()
    {
        var file = Vectors.Json<JsonElement>("des/weak-keys.json");
        var weak = file.GetProperty("weak").EnumerateArray().Select(entry => (entry, DesKeyFlaw.Weak));
        var semiWeak = file.GetProperty("semiWeak").EnumerateArray().Select(entry => (entry, DesKeyFlaw.SemiWeak));
        var count = 0;
        foreach (var (entry, flaw) in weak.Concat(semiWeak))
        {
            var key = entry.Hex("key");
            Assert.Equal(Block(entry.Text("ct")), Des.EncryptBlock(new DesKeySchedule(key), Block(entry.Text("pt"))));
            Assert.Equal(flaw, DesKey.TryCreate(key, out var refused));
            Assert.Null(refused);
            count++;
        }

        Assert.Equal(16, count);
        VectorCounts.Passed("des/weak-keys.json", count);
    }

    private static int CheckFile(string file, string keyName)
    {
        var records = Vectors.Cavp(file).ToArray();
        foreach (var record in records)
        {
            Check(record, keyName, traced: false);
            Check(record, keyName, traced: true);
        }
        VectorCounts.Passed(file, records.Length);
        return records.Length;
    }

    private static void Check(IReadOnlyDictionary<string, string> record, string keyName, bool traced)
    {
        var key = Convert.FromHexString(record[keyName]);
        var (plaintext, ciphertext) = (Convert.FromHexString(record["PLAINTEXT"]), Convert.FromHexString(record["CIPHERTEXT"]));
        var encrypt = IsEncrypt(record);
        var chain = record.TryGetValue("IV", out var iv) ? Block(iv) : (ulong?)null;
        var result = Run(key, encrypt ? plaintext : ciphertext, chain, encrypt, traced);
        Assert.Equal(encrypt ? ciphertext : plaintext, result);
    }

    private static byte[] Run(byte[] key, byte[] input, ulong? chain, bool encrypt, bool traced)
    {
        var schedule = new DesKeySchedule(key);
        var keyBits = BinaryPrimitives.ReadUInt64BigEndian(key);
        var result = new byte[input.Length];
        for (var at = 0; at < input.Length; at += 8)
        {
            var block = BinaryPrimitives.ReadUInt64BigEndian(input.AsSpan(at));
            var into = encrypt ? block ^ (chain ?? 0) : block;
            var outOf = traced ? Traced(keyBits, into, encrypt) : encrypt ? Des.EncryptBlock(schedule, into) : Des.DecryptBlock(schedule, into);
            BinaryPrimitives.WriteUInt64BigEndian(result.AsSpan(at), encrypt ? outOf : outOf ^ (chain ?? 0));
            if (chain is not null)
                chain = encrypt ? outOf : block;
        }

        return result;
    }

    private static ulong Traced(ulong key, ulong block, bool encrypt) =>
        ChatLock.Crypto.Lab.DesTrace.Of(key, block, encrypt ? DesDirection.Encrypt : DesDirection.Decrypt).Output;

    /// <summary>SP 800-17 and -20: 10,000 blocks, each made of the one before; then the key is xored with the results.</summary>
    private static (ulong Result, ulong NextKey) MonteCarlo(IReadOnlyDictionary<string, string> record, bool chained)
    {
        var key = Block(record["KEY1"]);
        var encrypt = IsEncrypt(record);
        var schedule = new DesKeySchedule(Convert.FromHexString(record["KEY1"]));
        var text = Block(record[encrypt ? "PLAINTEXT" : "CIPHERTEXT"]);
        var chain = chained ? Block(record["IV"]) : 0;
        ulong result = 0;
        for (var step = 0; step < MonteCarloSteps; step++)
        {
            if (encrypt)
            {
                result = Des.EncryptBlock(schedule, text ^ chain);
                (text, chain) = chained ? (chain, result) : (result, 0);
            }
            else
            {
                result = Des.DecryptBlock(schedule, text) ^ chain;
                (text, chain) = chained ? (result, text) : (result, 0);
            }
        }

        return (result, OddParity(key ^ result));
    }

    private static ulong OddParity(ulong key)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, key);
        return BinaryPrimitives.ReadUInt64BigEndian(DesKeyBytes.WithOddParity(bytes));
    }

    private static bool IsEncrypt(IReadOnlyDictionary<string, string> record) => record[""] == "ENCRYPT";

    private static ulong Block(string hex) => ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
