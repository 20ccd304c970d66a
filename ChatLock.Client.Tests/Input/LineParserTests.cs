using ChatLock.Client.Conversations;
using ChatLock.ConsoleClient.Input;
using CsCheck;

namespace ChatLock.Client.Tests.Input;

public sealed class LineParserTests
{
    private static readonly LineParser Parser = new(new RoomBook());

    [Theory]
    [InlineData("hello")]
    [InlineData("  hello  ")]
    [InlineData("a/b")]
    [InlineData("1 // 2")]
    [InlineData("it's private: don't look")]
    public void A_line_is_said_to_all_as_it_was_typed(string line) => Assert.Equal(line, Said(line).Text);

    [Theory]
    [InlineData("//help", "/help")]
    [InlineData("///", "//")]
    [InlineData("/say private:x", "private:x")]
    [InlineData("/SAY /me", "/me")]
    public void What_looks_like_a_command_can_be_said_too(string line, string text) => Assert.Equal(text, Said(line).Text);

    [Theory]
    [InlineData("private:bob:psst", "bob", "psst")]
    [InlineData("PRIVATE:bob:a:b", "bob", "a:b")]
    [InlineData(" private: bob :psst", "bob", "psst")]
    [InlineData("/msg bob psst", "bob", "psst")]
    [InlineData("/MSG bob  two  words", "bob", "two  words")]
    [InlineData("/query bob psst", "bob", "psst")]
    public void The_reports_form_and_msg_say_it_to_one(string line, string name, string text)
    {
        var command = Assert.IsType<ClientCommand.SayTo>(Done(line));
        Assert.Equal((name, text), (command.Name, command.Body.Text));
    }

    [Theory]
    [InlineData("private:")]
    [InlineData("private:bob")]
    [InlineData("private:bob:")]
    [InlineData("private::text")]
    [InlineData("Private: bob,  secret")]
    [InlineData("/msg")]
    [InlineData("/msg bob")]
    [InlineData("/nope hello")]
    [InlineData("/")]
    [InlineData("/ hello")]
    [InlineData(" /msgbob secret")]
    [InlineData("/nick")]
    [InlineData("/nick a b")]
    [InlineData("/verify")]
    [InlineData("/verify bob maybe")]
    [InlineData("/verify a b c")]
    [InlineData("/inspect x")]
    [InlineData("/inspect -1")]
    [InlineData("/inspect 99999999999")]
    [InlineData("/me")]
    [InlineData("/ignore")]
    [InlineData("/join")]
    [InlineData("/create")]
    [InlineData("/room nowhere")]
    [InlineData("/room 2")]
    [InlineData("/room 0")]
    [InlineData("/part nowhere")]
    [InlineData("/part")]
    [InlineData("/invite")]
    [InlineData("/topic roses")]
    [InlineData("/kick")]
    [InlineData("/kick bob now")]
    [InlineData("/kick bob")]
    [InlineData("/mute bob soon")]
    [InlineData("/slow")]
    [InlineData("/slow often")]
    [InlineData("/slow 8d")]
    [InlineData("/who everyone")]
    public void What_is_cut_short_or_mistyped_is_never_sent(string line) =>
        Assert.IsType<LineCommand.Wrong>(Parser.Parse(line));

    [Fact]
    public void Every_command_is_understood_in_any_case()
    {
        Assert.Equal(new ClientCommand.Rename("carol"), Done("/NICK carol"));
        Assert.Equal(new ClientCommand.Who(), Done("/who"));
        Assert.Equal(new ClientCommand.Who(), Done("/Names"));
        Assert.Equal(new ClientCommand.Whois("bob"), Done("/whois bob"));
        Assert.Equal(new ClientCommand.Verify("bob", VerifyAnswer.Show), Done("/verify bob"));
        Assert.Equal(new ClientCommand.Verify("bob", VerifyAnswer.Same), Done("/verify bob YES"));
        Assert.Equal(new ClientCommand.Verify("bob", VerifyAnswer.Accept), Done("/verify accept bob"));
        Assert.Equal(new ClientCommand.Ignore("bob", true), Done("/ignore bob"));
        Assert.Equal(new ClientCommand.Ignore("bob", false), Done("/unignore bob"));
        Assert.Equal(new ClientCommand.Inspect(null), Done("/inspect"));
        Assert.Equal(new ClientCommand.Inspect(17), Done("/inspect 17"));
        Assert.Equal(new ClientCommand.UseSuite(null), Done("/suite"));
        Assert.Equal(new ClientCommand.UseSuite("classic"), Done("/suite classic"));
        Assert.Equal(new ClientCommand.Connect(), Done("/reconnect"));
        Assert.Equal(new ClientCommand.Leave(), Done("/quit"));
        Assert.Equal(new ClientCommand.Leave(), Done("/EXIT"));
        Assert.Equal(new ClientCommand.Say(new MessageBody("waves", IsAction: true)), Done("/me waves"));
        Assert.Equal(new LineCommand.Help(null), Parser.Parse("/?"));
        Assert.Equal(new LineCommand.Help("msg"), Parser.Parse("/help /msg"));
        Assert.IsType<LineCommand.Nothing>(Parser.Parse("  "));
    }

    [Fact]
    public void Help_tells_each_command()
    {
        var overview = string.Join('\n', HelpText.Lines(null));
        Assert.All(CommandList.All, command => Assert.Contains($"/{command.Name}", overview, StringComparison.Ordinal));
        Assert.All(CommandList.All, command => Assert.NotEmpty(HelpText.Lines(command.Name)));
    }

    [Fact]
    public void Nothing_with_a_slash_in_front_is_said_unless_it_is_doubled() =>
        Gen.String.Where(text => !text.TrimStart().StartsWith('/')).Sample(text =>
        {
            var parsed = Parser.Parse("/" + text);
            return parsed is not LineCommand.Do { Command: ClientCommand.Say said }
                || said.Body.IsAction || text.TrimStart().StartsWith("say", StringComparison.OrdinalIgnoreCase)
                || text.TrimStart().StartsWith("all", StringComparison.OrdinalIgnoreCase);
        });

    [Fact]
    public void Naughty_strings_are_said_as_they_are_or_not_at_all()
    {
        var strings = VectorFiles.NaughtyStrings();
        foreach (var text in strings)
        {
            if (Parser.Parse(text) is LineCommand.Do { Command: ClientCommand.Say said } && !text.TrimStart().StartsWith('/'))
                Assert.Equal(text, said.Body.Text);
        }
        Assert.Equal(515, strings.Count);
    }

    [Theory]
    [InlineData("al", "alice: ")]
    [InlineData("hi al", "alice ")]
    [InlineData("/ms", "/msg ")]
    [InlineData("/msg al", "alice ")]
    [InlineData("/whois Al", "alice ")]
    [InlineData("private:al", "private:alice:")]
    [InlineData("/kick al", "alice ")]
    [InlineData("/part #g", "#garden ")]
    [InlineData("/room ~", "~Tea party ")]
    [InlineData("/join lo", "lobby ")]
    public void Tab_completes_names_and_commands(string before, string word) =>
        Assert.Equal([word], WordCompletion.For(before, ["alice", "bob"], ["lobby", "#garden", "~Tea party"]));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("hi ")]
    public void Tab_offers_nothing_where_nothing_fits(string before) =>
        Assert.Empty(WordCompletion.For(before, ["alice", "bob"], ["lobby", "#garden", "~Tea party"]));

    private static MessageBody Said(string line) => Assert.IsType<ClientCommand.Say>(Done(line)).Body;

    private static ClientCommand Done(string line) => Assert.IsType<LineCommand.Do>(Parser.Parse(line)).Command;
}
