using ChatLock.Crypto.Suites;

namespace ChatLock.Crypto.Tests.Suites;

public class MessageTests
{
    [Fact]
    public void Headers_compare_by_their_bytes()
    {
        Assert.Equal(Header(), Header());
        Assert.Equal(Header().GetHashCode(), Header().GetHashCode());
        MessageHeader[] others =
        [
            Header() with { Kind = MessageKind.Private },
            Header() with { Target = new byte[32] },
            Header() with { Sender = new byte[32] },
            Header() with { Salt = new byte[16] },
            Header() with { Counter = 2 },
        ];
        Assert.All(others, other => Assert.NotEqual(Header(), other));
    }

    [Fact]
    public void Sealed_messages_compare_by_their_bytes()
    {
        Assert.Equal(Sealed(1, 2), Sealed(1, 2));
        Assert.Equal(Sealed(1, 2).GetHashCode(), Sealed(1, 2).GetHashCode());
        Assert.NotEqual(Sealed(1, 2), Sealed(1, 3));
        Assert.NotEqual(Sealed(1, 2), Sealed(3, 2));
    }

    [Fact]
    public void Printing_an_opened_message_tells_nothing_of_its_text()
    {
        var opened = new Opened(OpenFailure.None, "secret"u8.ToArray());
        Assert.DoesNotContain("secret", opened.ToString());
        Assert.DoesNotContain("115", opened.ToString());
    }

    private static MessageHeader Header() => new(
        MessageKind.Post, Filled(32, 1), Filled(32, 2), Filled(16, 3), 1);

    private static SealedMessage Sealed(byte ciphertext, byte signature) =>
        new(new[] { ciphertext }, new[] { signature });

    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];
}
