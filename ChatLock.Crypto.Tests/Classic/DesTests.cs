using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;
using CsCheck;

namespace ChatLock.Crypto.Tests.Classic;

public sealed class DesTests
{
    /// <summary>The worked example that textbooks print (Grabbe, "The DES Algorithm Illustrated").</summary>
    private const ulong Key = 0x133457799BBCDFF1, Plaintext = 0x0123456789ABCDEF, Ciphertext = 0x85E813540F0AB405;

    [Fact]
    public void The_trace_reports_every_value_of_the_textbook_example()
    {
        var trace = DesTrace.Of(Key, Plaintext, DesDirection.Encrypt);

        Assert.Equal((0xF0CCAAFu, 0x556678Fu), (trace.C0, trace.D0));
        Assert.Equal(16, trace.KeySteps.Count);
        Assert.Equal((0xE19955Fu, 0xAACCF1Eu, 0x1B02EFFC7072UL), (trace.KeySteps[0].C, trace.KeySteps[0].D, trace.KeySteps[0].RoundKey));
        Assert.Equal(0xCB3D8B0E17F5UL, trace.KeySteps[15].RoundKey);
        Assert.Equal((0xCC00CCFFu, 0xF0AAF0AAu), (trace.L0, trace.R0));
        var first = trace.Rounds[0];
        Assert.Equal((0x7A15557A1555UL, 0x6117BA866527UL), (first.Expanded, first.Mixed));
        Assert.Equal((0x5C82B597u, 0x234AA9BBu, 0xEF4A6544u), (first.Substituted, first.Permuted, first.Combined));
        Assert.Equal((0xF0AAF0AAu, 0xEF4A6544u), (first.Left, first.Right));
        Assert.Equal((0x43423234u, 0x0A4CD995u), (trace.Rounds[15].Left, trace.Rounds[15].Right));
        Assert.Equal(0x0A4CD99543423234UL, trace.Preoutput);
        Assert.Equal(Ciphertext, trace.Output);
    }

    [Fact]
    public void The_fast_core_the_traced_core_and_the_platform_agree_on_any_key_and_block() =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample((key, block) =>
        {
            var keyBytes = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(keyBytes, key);
            var schedule = new DesKeySchedule(keyBytes);
            var encrypted = Des.EncryptBlock(schedule, block);
            Assert.Equal(block, Des.DecryptBlock(schedule, encrypted));
            Assert.Equal(encrypted, DesTrace.Of(key, block, DesDirection.Encrypt).Output);
            Assert.Equal(block, DesTrace.Of(key, encrypted, DesDirection.Decrypt).Output);
            if (DesKeyBytes.FlawOf(DesKeyBytes.WithOddParity(keyBytes)) == DesKeyFlaw.None)
                Assert.Equal(Platform(keyBytes, block), encrypted);
        });

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1234567")]
    [InlineData("12345678")]
    [InlineData("123456789")]
    [InlineData("grüße, 世界")]
    public void Ecb_pads_with_zeros_to_whole_blocks_and_takes_them_off_again(string text)
    {
        var key = DesKey.Derive((_, bytes) => RandomNumberGenerator.Fill(bytes));
        var plaintext = Encoding.UTF8.GetBytes(text);

        var ciphertext = DesEcb.Encrypt(key, plaintext);

        Assert.Equal((plaintext.Length + 7) / 8 * 8, ciphertext.Length);
        Assert.True(DesEcb.TryDecrypt(key, ciphertext, out var back));
        Assert.Equal(plaintext, back);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_ciphertext_of_broken_blocks_is_refused(int bytes)
    {
        var key = DesKey.Derive((_, candidate) => RandomNumberGenerator.Fill(candidate));

        Assert.False(DesEcb.TryDecrypt(key, new byte[bytes], out _));
    }

    [Fact]
    public void A_derived_key_has_odd_parity_and_steps_over_weak_candidates()
    {
        byte[][] candidates = [[0, 0, 0, 0, 0, 0, 0, 0], [1, 0x1F, 1, 0x1F, 1, 0xE, 1, 0xE], [0x13, 0x34, 0x57, 0x79, 0x9B, 0xBC, 0xDF, 0xF1]];
        var asked = 0;

        var key = DesKey.Derive((attempt, bytes) =>
        {
            asked++;
            candidates[attempt].CopyTo(bytes);
        });

        Assert.Equal(3, asked);
        Assert.Equal(candidates[2], key.Bytes.ToArray());
        Assert.DoesNotContain("13", key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_even_parity_or_another_length_is_refused_for_messages()
    {
        Assert.Equal(DesKeyFlaw.EvenParity, DesKey.TryCreate([0x12, 0x34, 0x57, 0x79, 0x9B, 0xBC, 0xDF, 0xF1], out _));
        Assert.Equal(DesKeyFlaw.WrongLength, DesKey.TryCreate(new byte[7], out _));
    }

    private static ulong Platform(byte[] key, ulong block)
    {
#pragma warning disable CA5351 // DES is what is tested here
        using var des = DES.Create();
#pragma warning restore CA5351
        des.Key = key;
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, block);
        return BinaryPrimitives.ReadUInt64BigEndian(des.EncryptEcb(bytes, PaddingMode.None));
    }
}
