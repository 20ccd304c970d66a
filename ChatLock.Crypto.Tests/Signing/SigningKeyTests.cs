using System.Security.Cryptography;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Tests.Signing;

public class SigningKeyTests
{
    private static readonly byte[] Data = "what is signed"u8.ToArray();

    [Fact]
    public void What_a_key_signed_verifies_with_its_public_half_only()
    {
        using var key = SigningKey.Generate();
        using var other = SigningKey.Generate();
        var signature = key.Sign(Data);
        Assert.Equal(P256PublicKey.SignatureLength, signature.Length);
        Assert.True(key.PublicKey.Verify(Data, signature));
        Assert.False(other.PublicKey.Verify(Data, signature));
    }

    [Fact]
    public void A_signature_with_any_byte_changed_is_refused()
    {
        using var key = SigningKey.Generate();
        var signature = key.Sign(Data);
        for (var i = 0; i < signature.Length; i++)
        {
            var changed = signature.ToArray();
            changed[i] ^= 0x01;
            Assert.False(key.PublicKey.Verify(Data, changed), $"byte {i}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(72)] // about what DER would be
    [InlineData(128)]
    public void A_signature_of_another_length_is_refused(int length)
    {
        using var key = SigningKey.Generate();
        Assert.False(key.PublicKey.Verify(Data, [.. key.Sign(Data).Concat(key.Sign(Data)).Take(length)]));
    }

    [Fact]
    public void A_key_comes_back_from_its_export()
    {
        using var key = SigningKey.Generate();
        using var copy = SigningKey.ImportPkcs8(key.ExportPkcs8());
        Assert.Equal(key.PublicKey, copy.PublicKey);
        Assert.True(key.PublicKey.Verify(Data, copy.Sign(Data)));
    }

    [Fact]
    public void A_key_file_with_bytes_left_over_or_missing_is_refused()
    {
        using var key = SigningKey.Generate();
        var pkcs8 = key.ExportPkcs8();
        Assert.Throws<CryptographicException>(() => SigningKey.ImportPkcs8([.. pkcs8, 0]));
        for (var length = 0; length < pkcs8.Length; length++)
            Assert.Throws<CryptographicException>(() => SigningKey.ImportPkcs8(pkcs8.AsSpan(0, length)));
    }

    [Fact]
    public void A_key_on_another_curve_or_of_another_kind_is_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        Assert.Throws<CryptographicException>(() => SigningKey.ImportPkcs8(p384.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => SigningKey.ImportPkcs8(rsa.ExportPkcs8PrivateKey()));
    }

    [Fact]
    public void A_key_whose_curve_is_spelled_out_instead_of_named_is_refused()
    {
        using var named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var explicitly = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: true));
        Assert.Throws<CryptographicException>(() => SigningKey.ImportPkcs8(explicitly.ExportPkcs8PrivateKey()));
    }

    [Fact]
    public void One_key_signs_and_verifies_on_many_threads()
    {
        using var key = SigningKey.Generate();
        Parallel.For(0, 200, i => Assert.True(key.PublicKey.Verify([(byte)i], key.Sign([(byte)i]))));
    }
}
