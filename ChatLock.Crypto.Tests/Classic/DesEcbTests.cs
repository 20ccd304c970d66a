using System.Buffers.Binary;
using ChatLock.Crypto.Classic;
using CsCheck;

namespace ChatLock.Crypto.Tests.Classic;

public sealed class DesEcbTests
{
    private static readonly DesKey Key =
        DesKey.Derive((_, bytes) => BinaryPrimitives.WriteUInt64BigEndian(bytes, 0x133457799BBCDFF1));

    [Fact]
    public void Whatever_does_not_end_with_zero_comes_back() =>
        Gen.Byte.Array[0, 100].Where(message => message is not [.., 0]).Sample(message =>
        {
            var ciphertext = DesEcb.Encrypt(Key, message);
            Assert.Equal(DesEcb.CiphertextLength(message.Length), ciphertext.Length);
            Assert.True(DesEcb.TryDecrypt(Key, ciphertext, out var back));
            Assert.Equal(message, back);
        });

    [Fact]
    public void A_message_that_ends_with_the_padding_is_a_mistake_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => DesEcb.Encrypt(Key, [1, 2, 0]));
        Assert.Throws<ArgumentException>(() => DesEcb.Encrypt(Key, [0]));
    }

    [Fact]
    public void Equal_blocks_encrypt_to_equal_blocks_which_is_what_is_wrong_with_it()
    {
        var ciphertext = DesEcb.Encrypt(Key, "attack! attack! "u8);

        Assert.Equal(ciphertext[..8], ciphertext[8..]);
    }

    [Fact]
    public void Whole_blocks_are_encrypted_and_decrypted_in_place()
    {
        var bytes = "sixteen bytes in"u8.ToArray();
        DesEcb.EncryptBlocks(Key.Schedule, bytes, bytes);
        Assert.Equal(DesEcb.Encrypt(Key, "sixteen bytes in"u8), bytes);

        DesEcb.DecryptBlocks(Key.Schedule, bytes, bytes);
        Assert.Equal("sixteen bytes in"u8.ToArray(), bytes);
    }

    [Fact]
    public void Broken_blocks_and_short_destinations_are_mistakes_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => DesEcb.EncryptBlocks(Key.Schedule, new byte[9], new byte[16]));
        Assert.Throws<ArgumentException>(() => DesEcb.DecryptBlocks(Key.Schedule, new byte[16], new byte[15]));
        Assert.Throws<ArgumentException>(() => new DesKeySchedule(new byte[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DesEcb.CiphertextLength(int.MaxValue));
    }
}
