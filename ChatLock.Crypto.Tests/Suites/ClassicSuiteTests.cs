using ChatLock.Crypto.Suites;

namespace ChatLock.Crypto.Tests.Suites;

public class ClassicSuiteTests
{
    private static readonly Suite Classic = SuiteList.All.Single(suite => suite.Id == SuiteId.Classic);

    [Theory]
    [InlineData(MessageKind.Post)]
    [InlineData(MessageKind.Private)]
    public void A_text_that_ends_like_the_padding_is_misuse(MessageKind kind)
    {
        using var talk = new Talk(Classic);
        Assert.Throws<ArgumentException>(() => talk.Seal(talk.Header(kind), "ends with\0"u8));
    }

    [Fact]
    public void One_room_has_one_key_for_all_senders_and_another_room_another()
    {
        using var talk = new Talk(Classic);
        var asBob = talk.Header(MessageKind.Post) with { Sender = talk.Bob.PublicKey.Fingerprint };
        var elsewhere = talk.Header(MessageKind.Post) with { Target = Talk.Room("garden") };
        var alices = talk.Seal(talk.Header(MessageKind.Post), "equal"u8).Ciphertext;
        var bobs = Classic.SealForRoom(talk.Secret, talk.Bob, asBob, "equal"u8).Ciphertext;
        Assert.Equal(alices.ToArray(), bobs.ToArray());
        Assert.NotEqual(alices.ToArray(), talk.Seal(elsewhere, "equal"u8).Ciphertext.ToArray());
    }

    [Fact]
    public void Equal_blocks_of_a_text_stay_equal()
    {
        using var talk = new Talk(Classic);
        var ciphertext = talk.Seal(talk.Header(MessageKind.Post), "8 bytes.8 bytes."u8).Ciphertext;
        Assert.Equal(16, ciphertext.Length);
        Assert.Equal(ciphertext[..8].ToArray(), ciphertext[8..].ToArray());
    }
}
