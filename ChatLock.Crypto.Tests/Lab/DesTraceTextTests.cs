using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;

namespace ChatLock.Crypto.Tests.Lab;

public sealed class DesTraceTextTests
{
    [Fact]
    public void A_round_is_printed_as_a_student_writes_it_out()
    {
        string[] expected =
        [
            "round 1",
            "  E(R0)    011110 100001 010101 010101 011110 100001 010101 010101                  7A15557A1555",
            "  K1       000110 110000 001011 101111 111111 000111 000001 110010                  1B02EFFC7072",
            "  xor K    011000 010001 011110 111010 100001 100110 010100 100111                  6117BA866527",
            "  S1 to S8 0101   1100   1000   0010   1011   0101   1001   0111                    5C82B597",
            "  P        0010 0011 0100 1010 1010 1001 1011 1011                                  234AA9BB",
            "  xor L0   1110 1111 0100 1010 0110 0101 0100 0100                                  EF4A6544",
            "  L1       1111 0000 1010 1010 1111 0000 1010 1010                                  F0AAF0AA",
            "  R1       1110 1111 0100 1010 0110 0101 0100 0100                                  EF4A6544",
            "round 2",
        ];

        var lines = Printed(DesDirection.Encrypt, 0x0123456789ABCDEF);

        Assert.Equal(expected, lines.SkipWhile(line => line != "round 1").Take(expected.Length));
    }

    [Fact]
    public void The_key_schedule_and_both_ends_are_printed()
    {
        var lines = Printed(DesDirection.Encrypt, 0x0123456789ABCDEF);

        Assert.Contains(
            "key        00010011 00110100 01010111 01111001 10011011 10111100 11011111 11110001  133457799BBCDFF1", lines);
        Assert.Contains(
            "C0         1111000 0110011 0010101 0101111                                          F0CCAAF", lines);
        Assert.Contains(
            "  K16      110010 110011 110110 001011 000011 100001 011111 110101                  CB3D8B0E17F5", lines);
        Assert.Contains(
            "after IP   11001100 00000000 11001100 11111111 11110000 10101010 11110000 10101010  CC00CCFFF0AAF0AA", lines);
        Assert.Equal(
            "ciphertext 10000101 11101000 00010011 01010100 00001111 00001010 10110100 00000101  85E813540F0AB405", lines[^1]);
    }

    [Fact]
    public void Deciphering_takes_the_sixteenth_key_first_and_ends_at_the_plaintext()
    {
        var lines = Printed(DesDirection.Decrypt, 0x85E813540F0AB405);

        var firstRound = lines.SkipWhile(line => line != "round 1").ToArray();
        Assert.StartsWith("  K16 ", firstRound[2], StringComparison.Ordinal);
        Assert.StartsWith("plaintext ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("0123456789ABCDEF", lines[^1], StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Printed(DesDirection direction, ulong block) =>
        DesTraceText.Lines(DesTrace.Of(0x133457799BBCDFF1, block, direction));
}
