using ChatLock.Client;
using ChatLock.ConsoleClient.Input;

namespace ChatLock.Client.Tests;

public sealed class LineParserTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("//hello", "/hello")]
    [InlineData("  padded  ", "  padded  ")]
    public void What_is_no_command_is_said_to_all(string line, string text) =>
        Assert.Equal(text, Assert.IsType<ClientCommand.Say>(Do(line)).Body.Text);

    [Theory]
    [InlineData("private:bob:hello", "bob", "hello")]
    [InlineData("private:bob:a:b", "bob", "a:b")]
    [InlineData("PRIVATE:bob:hello", "bob", "hello")]
    [InlineData("/msg bob hello", "bob", "hello")]
    [InlineData("/MSG bob hello", "bob", "hello")]
    public void A_private_message_has_one_receiver_in_either_form(string line, string to, string text)
    {
        var command = Assert.IsType<ClientCommand.SayTo>(Do(line));

        Assert.Equal((to, text), (command.Name, command.Body.Text));
    }

    [Theory]
    [InlineData("/nosuchcommand secret")]
    [InlineData("/")]
    [InlineData("private:bob")]
    [InlineData("private::text")]
    [InlineData("/msg bob")]
    [InlineData("/msg")]
    public void What_looks_like_a_command_and_is_none_is_never_sent(string line) =>
        Assert.IsType<LineCommand.Wrong>(LineParser.Parse(line));

    [Fact]
    public void An_action_is_marked_as_one()
    {
        var command = Assert.IsType<ClientCommand.Say>(Do("/me waves"));

        Assert.True(command.Body.IsAction);
        Assert.Equal("waves", command.Body.Text);
    }

    [Fact]
    public void Each_documented_command_is_known() => Assert.All(
        ["help", "nick", "msg", "me", "who", "whois", "verify", "ignore", "unignore", "inspect", "quit", "exit"],
        word => Assert.NotNull(CommandList.Find(word)));

    private static ClientCommand Do(string line) => Assert.IsType<LineCommand.Do>(LineParser.Parse(line)).Command;
}
