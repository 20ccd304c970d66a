using System.Globalization;
using ChatLock.Crypto.Classic;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Classic;

/// <summary>NIST's known answers in cipher feedback mode, which is built here on the block cipher: ChatLock doesn't
/// use it, the vectors reach the cipher by another way.</summary>
public sealed class DesCfbVectorTests(ITestOutputHelper output)
{
    private static readonly string[] Tables = ["invperm", "permop", "subtab", "varkey", "vartext"];

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public void The_470_known_answers_of_NIST_hold_in_cipher_feedback(int segmentBits)
    {
        var count = Tables.Sum(table => CheckFile($"des/nist-kat-cfb/TCFB{segmentBits}{table}.rsp", segmentBits));

        output.WriteLine($"DES known answers, CFB-{segmentBits}: {count} of 470");
        Assert.Equal(470, count);
    }

    private static int CheckFile(string file, int segmentBits)
    {
        var records = Vectors.Cavp(file).ToArray();
        foreach (var record in records)
        {
            var isEncrypting = record[""] == "ENCRYPT";
            var (from, to) = isEncrypting ? ("PLAINTEXT", "CIPHERTEXT") : ("CIPHERTEXT", "PLAINTEXT");
            var schedule = new DesKeySchedule(Convert.FromHexString(record["KEYs"]));
            var result = Cfb(schedule, Block(record["IV"]), Convert.FromHexString(record[from]), segmentBits / 8, isEncrypting);
            Assert.Equal(Convert.FromHexString(record[to]), result);
        }
        VectorCounts.Passed(file, records.Length);
        return records.Length;
    }

    /// <summary>SP 800-38A section 6.3: the register is the last 64 bits of ciphertext.</summary>
    private static byte[] Cfb(DesKeySchedule schedule, ulong register, byte[] input, int segmentBytes, bool isEncrypting)
    {
        var result = new byte[input.Length];
        for (var at = 0; at < input.Length; at += segmentBytes)
        {
            var keystream = Des.EncryptBlock(schedule, register);
            for (var i = at; i < at + segmentBytes; i++)
            {
                result[i] = (byte)(input[i] ^ (keystream >> (56 - (8 * (i - at)))));
                register = (register << 8) | (isEncrypting ? result[i] : input[i]);
            }
        }
        return result;
    }

    private static ulong Block(string hex) => ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
