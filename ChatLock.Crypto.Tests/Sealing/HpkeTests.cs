using ChatLock.Crypto.Sealing;

namespace ChatLock.Crypto.Tests.Sealing;

public sealed class HpkeTests : IDisposable
{
    private static readonly byte[] Info = "info"u8.ToArray();
    private static readonly byte[] Aad = "aad"u8.ToArray();
    private static readonly byte[] Plaintext = "for one reader"u8.ToArray();

    private readonly AgreementKey _recipient = AgreementKey.Generate();

    public void Dispose() => _recipient.Dispose();

    [Fact]
    public void A_sealed_message_opens_for_its_recipient_only()
    {
        using var other = AgreementKey.Generate();
        var message = Hpke.Seal(_recipient.PublicPoint, Info, Aad, Plaintext);
        Assert.Equal(Plaintext.Length + Hpke.Overhead, message.Length);
        Assert.True(Hpke.TryOpen(_recipient, Info, Aad, message, out var plaintext));
        Assert.Equal(Plaintext, plaintext);
        Assert.False(Hpke.TryOpen(other, Info, Aad, message, out _));
    }

    [Fact]
    public void It_opens_only_with_the_info_and_aad_it_was_sealed_with()
    {
        var message = Hpke.Seal(_recipient.PublicPoint, Info, Aad, Plaintext);
        Assert.False(Hpke.TryOpen(_recipient, Aad, Aad, message, out _));
        Assert.False(Hpke.TryOpen(_recipient, Info, Info, message, out _));
    }

    [Fact]
    public void It_does_not_open_with_any_byte_changed_or_cut_off()
    {
        var message = Hpke.Seal(_recipient.PublicPoint, Info, Aad, Plaintext);
        for (var i = 0; i < message.Length; i++)
        {
            var changed = message.ToArray();
            changed[i] ^= 0x80;
            Assert.False(Hpke.TryOpen(_recipient, Info, Aad, changed, out _), $"byte {i}");
            Assert.False(Hpke.TryOpen(_recipient, Info, Aad, message.AsSpan(0, i), out _), $"length {i}");
        }
    }

    [Fact]
    public void A_context_s_messages_open_in_their_order_and_a_wrong_one_is_not_counted()
    {
        using var sender = Hpke.SetupSender(_recipient.PublicPoint, Info, out var encapsulated);
        Assert.True(Hpke.TrySetupReceiver(_recipient, encapsulated, Info, out var receiver));
        using (receiver)
        {
            var first = sender.Seal(Aad, [1]);
            var second = sender.Seal(Aad, [2]);
            Assert.False(receiver.TryOpen(Aad, second, out _));
            Assert.True(receiver.TryOpen(Aad, first, out _));
            Assert.True(receiver.TryOpen(Aad, second, out var plaintext));
            Assert.Equal([2], plaintext);
        }
    }

    [Fact]
    public void Two_messages_never_share_their_one_time_key()
    {
        var one = Hpke.Seal(_recipient.PublicPoint, Info, Aad, Plaintext);
        var two = Hpke.Seal(_recipient.PublicPoint, Info, Aad, Plaintext);
        Assert.NotEqual(one[..Hpke.EncapsulatedLength], two[..Hpke.EncapsulatedLength]);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")] // n
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_private_key_out_of_range_is_refused(string scalar) =>
        Assert.Throws<ArgumentException>(() => AgreementKey.FromScalar(Convert.FromHexString(scalar)));

    [Fact]
    public void One_pair_agrees_on_many_threads()
    {
        var message = Hpke.Seal(_recipient.PublicPoint, Info, Aad, Plaintext);
        Parallel.For(0, 100, _ =>
        {
            Assert.True(Hpke.TryOpen(_recipient, Info, Aad, message, out var plaintext));
            Assert.Equal(Plaintext, plaintext);
            Hpke.Seal(_recipient.PublicPoint, Info, Aad, Plaintext);
        });
    }
}
