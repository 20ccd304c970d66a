using System.Text.Json;
using ChatLock.Crypto.Classic;
using CsCheck;

namespace ChatLock.Crypto.Tests.Classic;

public sealed class WeakKeyTests
{
    [Fact]
    public void Enciphering_twice_with_a_weak_key_gives_any_block_back()
    {
        foreach (var key in Keys("weak"))
        {
            var schedule = new DesKeySchedule(key.Hex("key"));
            Gen.ULong.Sample(block => Assert.Equal(block, Des.EncryptBlock(schedule, Des.EncryptBlock(schedule, block))));
        }
    }

    [Fact]
    public void A_semi_weak_key_is_undone_by_enciphering_with_its_partner()
    {
        foreach (var key in Keys("semiWeak"))
        {
            var (schedule, partner) = (new DesKeySchedule(key.Hex("key")), new DesKeySchedule(key.Hex("partner")));
            Gen.ULong.Sample(block => Assert.Equal(block, Des.EncryptBlock(partner, Des.EncryptBlock(schedule, block))));
        }
    }

    [Fact]
    public void A_weak_key_is_recognised_whatever_its_parity_bits()
    {
        foreach (var (name, flaw) in new[] { ("weak", DesKeyFlaw.Weak), ("semiWeak", DesKeyFlaw.SemiWeak) })
        {
            foreach (var key in Keys(name))
            {
                var without = Array.ConvertAll(key.Hex("key"), value => (byte)(value & 0xFE));
                Assert.Equal(flaw, DesKeyBytes.FlawOf(without));
                Assert.Equal(flaw == DesKeyFlaw.Weak, DesKeyBytes.IsWeak(without));
                Assert.Equal(flaw == DesKeyFlaw.SemiWeak, DesKeyBytes.IsSemiWeak(without));
            }
        }
    }

    [Fact]
    public void Bytes_of_another_length_are_neither_weak_nor_semi_weak()
    {
        Assert.False(DesKeyBytes.IsWeak([1, 1, 1, 1, 1, 1, 1]));
        Assert.False(DesKeyBytes.IsSemiWeak([]));
    }

    [Fact]
    public void A_source_that_gives_only_weak_candidates_is_given_up()
    {
        var asked = 0;

        Assert.Throws<ArgumentException>(() => DesKey.Derive((_, bytes) =>
        {
            asked++;
            bytes.Clear();
        }));

        Assert.Equal(DesKey.AttemptsMax, asked);
    }

    [Fact]
    public void Odd_parity_changes_nothing_but_the_lowest_bits_and_leaves_an_odd_number_of_ones() =>
        Gen.Byte.Array[8].Sample(bytes =>
        {
            var key = DesKeyBytes.WithOddParity(bytes);
            Assert.All(key, value => Assert.Equal(1, byte.PopCount(value) & 1));
            Assert.Equal(bytes.Select(value => value >> 1), key.Select(value => value >> 1));
        });

    [Fact]
    public void Parity_bits_make_no_difference_to_the_cipher() =>
        Gen.Select(Gen.Byte.Array[8], Gen.ULong).Sample((key, block) => Assert.Equal(
            Des.EncryptBlock(new DesKeySchedule(key), block),
            Des.EncryptBlock(new DesKeySchedule(DesKeyBytes.WithOddParity(key)), block)));

    private static JsonElement[] Keys(string name) =>
        [.. Vectors.Json<JsonElement>("des/weak-keys.json").GetProperty(name).EnumerateArray()];
}
