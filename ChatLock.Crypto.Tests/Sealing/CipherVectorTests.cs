using System.Security.Cryptography;
using ChatLock.Crypto.Sealing;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Sealing;

public class CipherVectorTests(ITestOutputHelper output)
{
    private const int NonceBits = 96;

    [Fact]
    public void Wycheproof_s_AES_GCM_messages_of_our_nonce_length_open_or_not_as_it_says()
    {
        var (run, passedOver) = (0, 0);
        foreach (var (group, test) in Vectors.Wycheproof("aes_gcm_test.json"))
        {
            if (group.GetProperty("ivSize").GetInt32() != NonceBits)
            {
                passedOver++;
                continue;
            }
            var (key, nonce, aad, plaintext) = (test.Hex("key"), test.Hex("iv"), test.Hex("aad"), test.Hex("msg"));
            byte[] expected = [.. test.Hex("ct"), .. test.Hex("tag")];
            var valid = test.Text("result") == "valid";
            Assert.Equal(valid ? plaintext : null, AuthenticatedCipher.Open(key, nonce, aad, expected));
            if (valid)
                Assert.Equal(expected, AuthenticatedCipher.Seal(key, nonce, aad, plaintext));
            run++;
        }
        output.WriteLine($"Wycheproof AES-GCM: {run} run, {passedOver} of other nonce lengths passed over");
        Assert.Equal((155, 99), (run, passedOver));
        VectorCounts.Passed("wycheproof/aes_gcm_test.json", run);
    }

    [Fact]
    public void A_message_shorter_than_its_tag_does_not_open()
    {
        for (var length = 0; length < AuthenticatedCipher.TagLength; length++)
            Assert.Null(AuthenticatedCipher.Open(new byte[16], new byte[12], [], new byte[length]));
    }

    [Fact]
    public void The_platform_s_HKDF_gives_Wycheproof_s_keys()
    {
        var run = 0;
        foreach (var (_, test) in Vectors.Wycheproof("hkdf_sha256_test.json"))
        {
            byte[] Derive() => HKDF.DeriveKey(HashAlgorithmName.SHA256,
                test.Hex("ikm"), test.GetProperty("size").GetInt32(), test.Hex("salt"), test.Hex("info"));
            if (test.Text("result") == "valid")
                Assert.Equal(test.Hex("okm"), Derive());
            else
                Assert.ThrowsAny<ArgumentException>(Derive);
            run++;
        }
        output.WriteLine($"Wycheproof HKDF-SHA256: {run}");
        Assert.Equal(68, run);
        VectorCounts.Passed("wycheproof/hkdf_sha256_test.json", run);
    }
}
