using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;

namespace ChatLock.Crypto.Tests.Lab;

public sealed class ClassicExplanationTests
{
    private static readonly DesKey Key = DesKey.Derive((_, bytes) =>
        ((ReadOnlySpan<byte>)[0x13, 0x34, 0x57, 0x79, 0x9B, 0xBC, 0xDF, 0xF1]).CopyTo(bytes));

    [Fact]
    public void The_first_block_is_shown_step_by_step_and_the_others_in_a_line_each()
    {
        var lines = Explain("hello, hello, hello");

        Assert.StartsWith("INSECURE", lines[0], StringComparison.Ordinal);
        Assert.Contains("Message of 19 bytes, padded with 5 zero bytes: 3 blocks, each on its own (ECB)", lines);
        Assert.Single(lines, "round 16");
        Assert.Equal(
            [
                " block  plaintext                     ciphertext",
                "     1  68656C6C6F2C2068  |hello, h|  79EF0247ACEB3E09",
                "     2  656C6C6F2C206865  |ello, he|  C81DDC109680F15E",
            ],
            lines.TakeLast(4).Take(3));
        Assert.StartsWith("     3  6C6C6F0000000000  |llo.....|  ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_blocks_are_pointed_at()
    {
        var lines = Explain("attack! attack! ");

        Assert.EndsWith("the same as block 1: ECB shows it", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_empty_message_has_no_block() =>
        Assert.Equal("Message of 0 bytes: no block, and an empty ciphertext", Explain("")[^1]);

    [Fact]
    public void Blocks_beyond_the_bound_are_counted()
    {
        var plaintext = Enumerable.Repeat((byte)'x', 8 * 10).ToArray();
        var ciphertext = DesEcb.Encrypt(Key, plaintext);

        Assert.Equal("        and 7 more", ClassicExplanation.Lines(Key, plaintext, ciphertext, furtherBlocksMax: 2)[^1]);
        Assert.StartsWith("    10  ", ClassicExplanation.Lines(Key, plaintext, ciphertext, furtherBlocksMax: 9)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_ciphertext_that_is_not_the_plaintexts_is_called_a_mismatch()
    {
        var plaintext = "hello, world"u8.ToArray();
        var ciphertext = DesEcb.Encrypt(Key, plaintext);
        ciphertext[^1] ^= 1;

        var lines = ClassicExplanation.Lines(Key, plaintext, ciphertext);
        Assert.DoesNotContain("MISMATCH", lines[^2], StringComparison.Ordinal);
        Assert.EndsWith("MISMATCH, not this key's ciphertext", lines[^1], StringComparison.Ordinal);

        Assert.Equal("MISMATCH: the ciphertext has 8 bytes", ClassicExplanation.Lines(Key, plaintext, ciphertext.AsSpan(0, 8))[^1]);
    }

    private static IReadOnlyList<string> Explain(string text)
    {
        var plaintext = System.Text.Encoding.UTF8.GetBytes(text);
        return ClassicExplanation.Lines(Key, plaintext, DesEcb.Encrypt(Key, plaintext));
    }
}
