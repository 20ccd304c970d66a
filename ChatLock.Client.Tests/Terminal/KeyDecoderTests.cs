using System.Text;
using ChatLock.ConsoleClient.Terminal;
using CsCheck;

namespace ChatLock.Client.Tests.Terminal;

public sealed class KeyDecoderTests
{
    [Fact]
    public void Alt_and_a_digit_is_a_room() => Assert.Equal(
        [new Key(KeyKind.Room, "1"), new Key(KeyKind.Room, "9"), new Key(KeyKind.Text, "0")],
        new KeyDecoder().Feed("\e1\e9\e00"u8));

    [Theory]
    [InlineData("\u001b[A", KeyKind.Up)]
    [InlineData("\u001bOA", KeyKind.Up)]
    [InlineData("\u001b[D", KeyKind.Left)]
    [InlineData("\u001b[3~", KeyKind.Delete)]
    [InlineData("\u001b[1;5C", KeyKind.WordRight)]
    [InlineData("\u001bb", KeyKind.WordLeft)]
    [InlineData("\u0001", KeyKind.Home)]
    [InlineData("\u0003", KeyKind.Interrupt)]
    [InlineData("\u0004", KeyKind.EndOfInput)]
    [InlineData("\t", KeyKind.Complete)]
    [InlineData("\r", KeyKind.Enter)]
    [InlineData("\u007f", KeyKind.Backspace)]
    internal void Keys_are_known_by_their_bytes(string bytes, KeyKind kind) =>
        Assert.Equal([new Key(kind)], new KeyDecoder().Feed(Encoding.UTF8.GetBytes(bytes)));

    [Theory]
    [InlineData("\u001b[99;99z")]
    [InlineData("\u001b[?1;2c")]
    [InlineData("\u001bz")]
    [InlineData("\u0000")]
    public void What_is_no_key_leaks_nothing_into_the_text(string bytes) =>
        Assert.Equal([new Key(KeyKind.Text, "x")], new KeyDecoder().Feed(Encoding.UTF8.GetBytes(bytes + "x")));

    [Fact]
    public void Keys_are_the_same_wherever_the_bytes_are_cut()
    {
        var bytes = "aé漢😀\u001b[A\u001b[200~x\r\ny\u001b[201~\r"u8.ToArray();
        var whole = Text(new KeyDecoder().Feed(bytes));
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var decoder = new KeyDecoder();
            Assert.Equal(whole, Text([.. decoder.Feed(bytes.AsSpan(0, cut)), .. decoder.Feed(bytes.AsSpan(cut))]));
        }
        Assert.Equal("aé漢😀<Up><Paste x\ny><Enter>", whole);
    }

    [Fact]
    public void A_paste_never_sends_early() => Assert.Equal(
        [new Key(KeyKind.Paste, "rm -rf /\nyes\t!")],
        new KeyDecoder().Feed("\u001b[200~rm -rf /\r\u0003\u0004yes\t!\u001b[201~"u8.ToArray()));

    [Fact]
    public void A_paste_is_bounded()
    {
        var decoder = new KeyDecoder();
        Assert.Empty(decoder.Feed("\u001b[200~"u8));
        for (var kilobyte = 0; kilobyte < 1000; kilobyte++)
            Assert.Empty(decoder.Feed(new byte[1024].Select(_ => (byte)'a').ToArray()));
        Assert.Equal(KeyDecoder.PasteMaxBytes, Assert.Single(decoder.Feed("\u001b[201~"u8)).Text.Length);
    }

    [Fact]
    public void No_bytes_at_all_make_it_throw_or_yield_a_control() => Gen.Byte.Array[0, 60].Sample(bytes =>
        new KeyDecoder().Feed(bytes).All(key => key.Text.All(c => !char.IsControl(c) || c is '\n' or '\t')));

    private static string Text(IReadOnlyList<Key> keys) => string.Concat(keys.Select(key => key.Kind switch
    {
        KeyKind.Text => key.Text,
        KeyKind.Paste => $"<Paste {key.Text}>",
        var kind => $"<{kind}>",
    }));
}
