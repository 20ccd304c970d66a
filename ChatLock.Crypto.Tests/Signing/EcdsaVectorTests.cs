using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Signing;

public class EcdsaVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void SHA_224_of_the_tests_is_the_standard_s() =>
        Assert.Equal("23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7",
            Convert.ToHexString(Hashes.Of("SHA-224", "abc"u8)));

    [Theory]
    [InlineData("ecdsa_secp256r1_sha256_p1363_test.json", 208)]
    [InlineData("ecdsa_secp256r1_sha512_p1363_test.json", 264)]
    public void Wycheproof_s_signatures_are_judged_as_it_says(string file, int count)
    {
        var run = 0;
        foreach (var (group, test) in Vectors.Wycheproof(file))
        {
            var key = Import(group.GetProperty("publicKey").Hex("uncompressed"));
            var verified = key.VerifyHash(Hashes.Of(group.Text("sha"), test.Hex("msg")), test.Hex("sig"));
            Assert.True(verified == (test.Text("result") == "valid"), $"tcId {test.GetProperty("tcId")}");
            run++;
        }
        Ran($"Wycheproof {file}", run, count);
        VectorCounts.Passed($"wycheproof/{file}", run);
    }

    [Fact]
    public void Wycheproof_s_SHA_256_signatures_are_judged_the_same_by_the_public_door()
    {
        var run = 0;
        foreach (var (group, test) in Vectors.Wycheproof("ecdsa_secp256r1_sha256_p1363_test.json"))
        {
            var key = Import(group.GetProperty("publicKey").Hex("uncompressed"));
            Assert.Equal(test.Text("result") == "valid", key.Verify(test.Hex("msg"), test.Hex("sig")));
            run++;
        }
        Ran("Wycheproof ECDSA through Verify", run, 208);
    }

    [Theory]
    [InlineData("SigVer.rsp", 75)]
    [InlineData("SigGen.txt", 75)]
    public void NIST_s_signatures_are_judged_as_it_says(string file, int count)
    {
        var run = 0;
        foreach (var record in Vectors.Cavp($"nist-p256/{file}"))
        {
            var hash = Hashes.Of(record[""].Split(',')[1], Convert.FromHexString(record["Msg"]));
            var verified = Import(Point(record, "Qx", "Qy")).VerifyHash(hash, Join(record["R"], record["S"]));
            Assert.Equal(!record.TryGetValue("Result", out var result) || result.StartsWith('P'), verified);
            run++;
        }
        Ran($"NIST {file}", run, count);
        VectorCounts.Passed($"nist-p256/{file}", run);
    }

    [Fact]
    public void NIST_s_public_keys_are_judged_as_it_says()
    {
        var run = 0;
        foreach (var record in Vectors.Cavp("nist-p256/PKV.rsp"))
        {
            var point = Point(record, "Qx", "Qy");
            Assert.Equal(record["Result"].StartsWith('P'), P256PublicKey.TryImport(point, out _));
            Assert.Equal(record["Result"].StartsWith('P'), AgreementPoint.TryImport(point, out _));
            run++;
        }
        Ran("NIST PKV", run, 12);
        VectorCounts.Passed("nist-p256/PKV.rsp", run);
    }

    [Fact]
    public void NIST_s_private_keys_have_the_public_keys_it_says()
    {
        var run = 0;
        foreach (var record in Vectors.Cavp("nist-p256/KeyPair.rsp").Where(record => record.ContainsKey("d")))
        {
            using var pair = AgreementKey.FromScalar(Convert.FromHexString(record["d"]));
            Assert.Equal(Point(record, "Qx", "Qy"), pair.Point.ToArray());
            run++;
        }
        Ran("NIST KeyPair", run, 10);
        VectorCounts.Passed("nist-p256/KeyPair.rsp", run);
    }

    [Fact]
    public void RFC_6979_s_signatures_verify_and_none_does_over_another_message()
    {
        var vectors = Vectors.Json<JsonElement>("rfc6979/p256.json");
        var key = Import([0x04, .. vectors.Hex("public_x"), .. vectors.Hex("public_y")]);
        var run = 0;
        foreach (var test in vectors.GetProperty("tests").EnumerateArray())
        {
            var message = Encoding.UTF8.GetBytes(test.Text("message"));
            var signature = Join(test.Text("r"), test.Text("s"));
            Assert.True(key.VerifyHash(Hashes.Of(test.Text("hash"), message), signature));
            Assert.False(key.VerifyHash(Hashes.Of(test.Text("hash"), [.. message, 0]), signature));
            run++;
        }
        Ran("RFC 6979", run, 11);
        VectorCounts.Passed("rfc6979/p256.json", run);
    }

    private static P256PublicKey Import(byte[] point)
    {
        Assert.True(P256PublicKey.TryImport(point, out var key));
        return key;
    }

    private static byte[] Point(IReadOnlyDictionary<string, string> record, string x, string y) =>
        [0x04, .. Coordinate(record[x]), .. Coordinate(record[y])];

    // Four of PKV's coordinates have 33 bytes, written with 65 digits.
    private static byte[] Coordinate(string hex) =>
        Convert.FromHexString(hex.Length % 2 == 0 ? hex : "0" + hex);

    private static byte[] Join(string r, string s) => Convert.FromHexString(r + s);

    private void Ran(string what, int run, int expected)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {run}"));
        Assert.Equal(expected, run);
    }
}
