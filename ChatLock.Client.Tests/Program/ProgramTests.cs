using System.Text.Json;
using ChatLock.Client.Tests.Scenarios;
using ChatLock.ConsoleClient;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Tests.Program;

public sealed class ProgramTests : IAsyncDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ScriptedPerson _bob = new("bob");
    private readonly TestConsole _console = new();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _bob.Dispose();
        _console.Dispose();
    }

    [Fact]
    public async Task Lines_go_in_and_out_and_the_end_of_input_waits_for_the_answers()
    {
        var exit = _console.Start(_server.AddressText, "--name", "alice");
        var session = await EnterAsync();
        await _console.TypeAsync("hello");
        await _console.TypeAsync("last");
        _console.EndInput();
        var first = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        await session.PostAsync(_bob.Public, _bob.ToLobby("hi"));
        await session.AcceptAsync(first.Ref);
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await GoAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
        Assert.Equal(["Me to all: hello", "Me to all: last", "bob to all: hi"], _console.Out.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_first_line_is_the_name_if_none_is_known_and_a_taken_one_is_asked_for_again()
    {
        var exit = _console.Start("join", _server.AddressText);
        await _console.TypeAsync("alice");
        await _console.TypeAsync("alice2");
        await _console.TypeAsync("hello");
        var session = await _server.AcceptOneAsync();
        await session.ChallengeAsync();
        var taken = await session.ReadHelloAsync();
        Assert.Equal("alice", taken.Hello.Name);
        await session.RefuseAsync(taken.Ref, RefusalCode.NameTaken, "Taken.", "alice2");
        await session.WelcomeAsync(await session.ReadHelloAsync());
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await _console.Out.UntilAsync("Me to all: hello");
        await _console.Error.UntilAsync("The name \"alice\" exists. Free: alice2.");
        await _console.TypeAsync("/quit");
        await GoAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
    }

    [Fact]
    public async Task A_name_from_the_command_line_that_is_taken_ends_with_4()
    {
        var exit = _console.Start(_server.AddressText, "--name", "alice");
        await RefuseNameAsync();
        Assert.Equal(ExitCode.NameTaken, await exit);
        await _console.Error.UntilAsync("exists");
    }

    [Fact]
    public async Task A_name_from_the_command_line_that_can_be_none_ends_with_2()
    {
        var exit = _console.Start(_server.AddressText, "--name", "a:b");
        await RefuseNameAsync(RefusalCode.NameInvalid);
        Assert.Equal(ExitCode.Usage, await exit);
    }

    [Fact]
    public async Task Where_nothing_answers_it_ends_with_3_and_names_the_remedy()
    {
        using var nobody = new NobodyThere();
        Assert.Equal(ExitCode.CannotConnect, await _console.Start(nobody.AddressText, "--name", "alice"));
        await _console.Error.UntilAsync("Is the gateway running?");
        Assert.Empty(_console.Out.All);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--suite", "rot13")]
    [InlineData("http://example.org")]
    [InlineData("a", "b", "c")]
    [InlineData("verify")]
    [InlineData("lab", "des", "xyz", "text")]
    [InlineData("--config", "/nowhere/client.conf")]
    public async Task What_cannot_be_meant_ends_with_2_and_a_sentence(params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await _console.Start(args));
        Assert.NotEmpty(_console.Error.All);
        Assert.Empty(_console.Out.All);
    }

    [Fact]
    public async Task Help_and_version_are_told_on_standard_output()
    {
        Assert.Equal(ExitCode.Ok, await _console.Start("--help"));
        foreach (var word in new[] { "join", "send", "tail", "who", "verify", "lab", "--name", "--json", "--no-color" })
            Assert.Contains(_console.Out.All, line => line.Contains(word, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Ok, await _console.Start("--version"));
        Assert.Matches(@"^\d+\.\d+\.\d+", _console.Out.All[^1]);
    }

    [Fact]
    public async Task Json_is_one_object_a_line_on_standard_output()
    {
        var exit = _console.Start(_server.AddressText, "--name", "alice", "--json");
        var session = await EnterAsync();
        await session.PostAsync(_bob.Public, _bob.ToLobby("hi"));
        await _console.Out.UntilAsync("\"event\":\"message\"");
        await _console.TypeAsync("/quit");
        await GoAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
        Assert.All(_console.Out.All, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task Send_sends_waits_and_leaves()
    {
        var exit = _console.Start("send", "--server", _server.AddressText, "--name", "bot", "the", "build", "/is", "green");
        var session = await EnterAsync();
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await GoAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
        Assert.Equal(["Me to all: the build /is green"], _console.Out.All);
    }

    [Fact]
    public async Task Send_to_someone_who_is_not_here_ends_with_1_and_the_text_kept()
    {
        var exit = _console.Start("send", "--server", _server.AddressText, "--name", "bot", "--to", "zed", "hello");
        var session = await EnterAsync();
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.RefuseAsync(who.Ref, RefusalCode.NotHere, "No.");
        await GoAsync(session);
        Assert.Equal(ExitCode.Failed, await exit);
        await _console.Error.UntilAsync("zed isn't here. Not sent to zed: hello");
    }

    [Fact]
    public async Task Send_takes_each_line_of_input_as_text_and_not_as_a_command()
    {
        var exit = _console.Start("send", "--server", _server.AddressText, "--name", "bot");
        await _console.TypeAsync("/quit");
        await _console.TypeAsync("private:bob:x");
        _console.EndInput();
        var session = await EnterAsync();
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await session.AcceptAsync((await session.ReadAsync(ClientFrame.BodyOneofCase.Post)).Ref);
        await GoAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
        Assert.Equal(["Me to all: /quit", "Me to all: private:bob:x"], _console.Out.All);
    }

    [Fact]
    public async Task Who_prints_who_is_here()
    {
        var exit = _console.Start("who", "--server", _server.AddressText, "--name", "bot");
        var session = await EnterAsync();
        var who = await session.ReadAsync(ClientFrame.BodyOneofCase.Who);
        await session.ReplyAsync(new Reply { Ref = who.Ref, Roster = new Roster { Members = { _bob.Public } } });
        await GoAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
        Assert.Equal(["1 online: bob"], _console.Out.All);
    }

    [Theory]
    [InlineData(true, ExitCode.Ok)]
    [InlineData(false, ExitCode.NotVerified)]
    public async Task Verify_compares_with_the_fingerprint_it_is_given(bool isSame, int code)
    {
        var expected = isSame ? _bob.Key.ToGroups() : new string('0', 64);
        Assert.Equal(code, await VerifyAsync(expected));
    }

    [Fact]
    public async Task Verify_takes_the_twelve_words_in_one_piece() =>
        Assert.Equal(ExitCode.Ok, await VerifyAsync(string.Join(' ', _bob.Key.ToWords()).ToUpperInvariant()));

    [Fact]
    public async Task Verify_takes_the_twelve_words_one_by_one() =>
        Assert.Equal(ExitCode.Ok, await VerifyAsync([.. _bob.Key.ToWords()]));

    [Fact]
    public async Task Verify_says_when_the_twelve_words_are_another_s()
    {
        var other = _bob.Key.ToWords()[^1] == "zebra" ? "zero" : "zebra";
        Assert.Equal(ExitCode.NotVerified, await VerifyAsync([.. _bob.Key.ToWords().Take(11), other]));
        Assert.Contains(_console.Error.All, line => line.Contains("NOT the expected key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("abandon ability able")]
    [InlineData("0123")]
    [InlineData("one two three four five six seven eight nine ten eleven twelfe")]
    public async Task Verify_says_when_it_was_given_no_fingerprint(string expected) =>
        Assert.Equal(ExitCode.Usage, await VerifyAsync(expected));

    [Fact]
    public async Task The_lab_shows_des_and_ecdsa_step_by_step()
    {
        Assert.Equal(ExitCode.Ok, await _console.Start("lab", "des", "133457799BBCDFF1", "0123456789ABCDEF"));
        Assert.Contains(_console.Out.All, line => line.Replace(" ", "", StringComparison.Ordinal).Contains("85e813540f0ab405", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(ExitCode.Ok, await _console.Start("lab", "ecdsa", "hello", "--curve", "small", "--key", "7"));
        Assert.Contains("INSECURE", _console.Out.All[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_says_only_errors_on_standard_error()
    {
        var exit = _console.Start(_server.AddressText, "--name", "alice", "-q");
        var session = await EnterAsync();
        await _console.TypeAsync("/quit");
        await GoAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
        Assert.Empty(_console.Error.All);
    }

    private async Task<int> VerifyAsync(params string[] expected)
    {
        var exit = _console.Start(["verify", "bob", .. expected, "--server", _server.AddressText, "--name", "alice"]);
        var session = await EnterAsync(_bob.Public);
        await GoAsync(session);
        return await exit;
    }

    private async Task<ScriptedSession> EnterAsync(params Member[] here)
    {
        var session = await _server.AcceptOneAsync();
        await session.AdmitAsync(here);
        return session;
    }

    private async Task RefuseNameAsync(RefusalCode code = RefusalCode.NameTaken)
    {
        var session = await _server.AcceptOneAsync();
        await session.ChallengeAsync();
        await session.RefuseAsync((await session.ReadHelloAsync()).Ref, code, "No.");
        await GoAsync(session);
    }

    private static async Task GoAsync(ScriptedSession session)
    {
        await session.ReadAsync(ClientFrame.BodyOneofCase.Bye);
        session.Break();
    }
}
