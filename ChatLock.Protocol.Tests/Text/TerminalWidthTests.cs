using ChatLock.Protocol.Text;

namespace ChatLock.Protocol.Tests.Text;

public class TerminalWidthTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("caf\u00e9", 4)]
    [InlineData("cafe\u0301", 4)]
    [InlineData("\u674e\u96f7", 4)]
    [InlineData("\uae40", 2)]
    [InlineData("\uff21", 2)]
    [InlineData("\U0001F600", 2)]
    [InlineData("\u2068\u05d0\u2069", 1)]
    [InlineData("", 0)]
    public void Text_takes_so_many_cells(string text, int cells) => Assert.Equal(cells, TerminalWidth.Of(text));
}
