using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Tests.Sealing;

public sealed class AgreementKeyTests
{
    [Fact]
    public void A_kept_key_is_the_same_pair_and_agrees_alike()
    {
        using var made = AgreementKey.Generate();
        using var other = AgreementKey.Generate();
        var scalar = made.ExportScalar();
        Assert.Equal(32, scalar.Length);
        Assert.True(AgreementKey.TryImport(scalar, out var kept));
        using (kept)
        {
            Assert.Equal(made.Point.ToArray(), kept.Point.ToArray());
            Assert.Equal(made.Agree(other.PublicPoint), kept.Agree(other.PublicPoint));
        }
    }

    [Fact]
    public void What_is_no_private_key_is_none()
    {
        foreach (var bytes in new[] { [], new byte[31], new byte[32], new byte[33], P256Point.Order.ToByteArray(isUnsigned: true, isBigEndian: true) })
            Assert.False(AgreementKey.TryImport(bytes, out _));
    }
}
