using System.Numerics;
using ChatLock.Crypto.Sealing;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Sealing;

public class AgreementVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void NIST_s_agreements_give_its_shared_coordinates()
    {
        var run = 0;
        foreach (var record in Vectors.Cavp("nist-p256/KAS_ECC_CDH_PrimitiveTest.txt"))
        {
            using var own = AgreementKey.FromScalar(Convert.FromHexString(record["dIUT"]));
            Assert.Equal("04" + record["QIUTx"] + record["QIUTy"], Convert.ToHexStringLower(own.Point.Span));
            Assert.True(AgreementPoint.TryImport(
                Convert.FromHexString("04" + record["QCAVSx"] + record["QCAVSy"]), out var peer));
            Assert.Equal(record["ZIUT"], Convert.ToHexStringLower(own.Agree(peer)));
            run++;
        }
        output.WriteLine($"NIST KAS ECC CDH: {run}");
        Assert.Equal(25, run);
        VectorCounts.Passed("nist-p256/KAS_ECC_CDH_PrimitiveTest.txt", run);
    }

    [Fact]
    public void Wycheproof_s_peers_are_agreed_with_or_refused_as_it_says()
    {
        var (agreed, refused) = (0, 0);
        foreach (var (_, test) in Vectors.Wycheproof("ecdh_secp256r1_ecpoint_test.json"))
        {
            if (AgreementPoint.TryImport(test.Hex("public"), out var peer))
            {
                using var own = AgreementKey.FromScalar(Scalar(test.Hex("private")));
                Assert.Equal("valid", test.Text("result"));
                Assert.Equal(test.Hex("shared"), own.Agree(peer));
                agreed++;
            }
            else
            {
                // "acceptable" is a compressed point: ChatLock takes uncompressed ones only.
                Assert.NotEqual("valid", test.Text("result"));
                refused++;
            }
        }
        output.WriteLine($"Wycheproof ECDH: {agreed} agreed, {refused} refused, {agreed + refused} together");
        Assert.Equal((264, 21), (agreed, refused));
        VectorCounts.Passed("wycheproof/ecdh_secp256r1_ecpoint_test.json", agreed + refused);
    }

    // Wycheproof writes private keys as signed integers of any length.
    private static byte[] Scalar(byte[] bytes)
    {
        var value = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var minimal = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - minimal.Length], .. minimal];
    }
}
