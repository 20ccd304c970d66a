using ChatLock.Client.Tests.Scenarios;
using ChatLock.ConsoleClient;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Program;

/// <summary>The program in rooms: invites on the command line, lines meant for the room entered last.</summary>
public sealed class RoomProgramTests : IAsyncDisposable
{
    private const string Garden = "#garden";
    private readonly ScriptedServer _server = new();
    private readonly TestConsole _console = new();
    private readonly ScriptedPerson _bob = new("bob");
    private readonly InviteCode _tea;

    public RoomProgramTests() => _tea = InviteCode.Of(2, new byte[32], _bob.Key);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _bob.Dispose();
        _console.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invite_on_the_command_line_leads_into_its_room(bool asOption)
    {
        var link = $"{_server.AddressText}#room={_tea.ToText()}&name=Tea%20party";
        var exit = _console.Start([.. asOption ? ["--server", link] : new[] { link }, "--name", "alice"]);
        var session = await EnterAsync();
        await JoinedAsync(session, _tea.Room.Text);
        await _console.TypeAsync("tea?");
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal(_tea.Room.Text, post.Post.Room);
        await session.AcceptAsync(post.Ref);
        await _console.Out.UntilAsync("Me to ~Tea party: tea?");
        await LeaveAsync(session, exit);
        Assert.DoesNotContain(_console.Error.All.Concat(_console.Out.All), line => line.Contains(_tea.ToText()[..20], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_invite_ends_with_2_before_anything_is_sent_and_is_not_repeated()
    {
        var cut = _tea.ToText()[..90];
        Assert.Equal(ExitCode.Usage, await _console.Start($"{_server.AddressText}#room={cut}", "--name", "alice"));
        await _console.Error.UntilAsync("not whole");
        Assert.DoesNotContain(_console.Error.All, line => line.Contains(cut[..20], StringComparison.Ordinal));
        Assert.Equal(ExitCode.Usage, await _console.Start($"pl ain://x#room={cut}", "--name", "alice"));
        Assert.DoesNotContain(_console.Error.All, line => line.Contains(cut[..20], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_says_it_in_a_room_and_leaves()
    {
        var exit = _console.Start("send", "--server", _server.AddressText, "--name", "alice", "--room", Garden, "good", "morning");
        var session = await EnterAsync();
        await JoinedAsync(session, Garden);
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal(Garden, post.Post.Room);
        await session.AcceptAsync(post.Ref);
        await ByeAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
        Assert.Contains("Me to #garden: good morning", _console.Out.All);
    }

    [Fact]
    public async Task Send_to_a_room_that_cannot_be_entered_fails()
    {
        var exit = _console.Start("send", "--server", _server.AddressText, "--name", "alice", "--room", Garden, "hello");
        var session = await EnterAsync();
        var join = await session.ReadAsync(ClientFrame.BodyOneofCase.Join);
        await session.RefuseAsync(join.Ref, RefusalCode.Banned, "You are banned from that room.");
        await ByeAsync(session);
        Assert.Equal(ExitCode.Failed, await exit);
    }

    [Fact]
    public async Task A_receiver_or_a_room_but_not_both() =>
        Assert.Equal(ExitCode.Usage, await _console.Start("send", "--to", "bob", "--room", Garden, "hello"));

    [Fact]
    public async Task What_follows_a_join_is_said_there_and_not_before()
    {
        var exit = _console.Start(_server.AddressText, "--name", "alice", "--json");
        var session = await EnterAsync();
        await _console.TypeAsync("/join #garden");
        await _console.TypeAsync("in the garden");
        var join = await session.ReadAsync(ClientFrame.BodyOneofCase.Join); // and no post before its answer
        await session.ReplyAsync(new Reply { Ref = join.Ref, Joined = Info(Garden) });
        var post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal(Garden, post.Post.Room);
        await session.AcceptAsync(post.Ref);
        await _console.Out.UntilAsync("\"event\":\"sent\",\"to\":\"all\",\"room\":\"#garden\"");
        await _console.TypeAsync("/rooms");
        await _console.Out.UntilAsync("\"event\":\"in\",\"current\":\"#garden\"");
        await _console.TypeAsync("/room 1");
        await _console.TypeAsync("in the lobby");
        post = await session.ReadAsync(ClientFrame.BodyOneofCase.Post);
        Assert.Equal("lobby", post.Post.Room);
        await session.AcceptAsync(post.Ref);
        await LeaveAsync(session, exit);
    }

    private async Task<ScriptedSession> EnterAsync()
    {
        var session = await _server.AcceptOneAsync();
        await session.AdmitAsync();
        return session;
    }

    private async Task JoinedAsync(ScriptedSession session, string room)
    {
        var join = await session.ReadAsync(ClientFrame.BodyOneofCase.Join);
        Assert.Equal(room, join.Join.Room);
        await session.ReplyAsync(new Reply { Ref = join.Ref, Joined = Info(room) });
    }

    private RoomInfo Info(string room) => new()
    {
        Position = new Position { Room = room, Epoch = 1 },
        Suite = 2,
        OpenSecret = room == Garden ? ByteString.CopyFrom(new byte[32]) : ByteString.Empty,
        OwnerKey = _bob.Public.IdentityKey,
        MemberCount = 2,
    };

    private async Task LeaveAsync(ScriptedSession session, Task<int> exit)
    {
        _console.EndInput();
        await ByeAsync(session);
        Assert.Equal(ExitCode.Ok, await exit);
    }

    private static async Task ByeAsync(ScriptedSession session)
    {
        await session.ReadAsync(ClientFrame.BodyOneofCase.Bye);
        await session.SendAsync(new ServerFrame { Close = new Close { Reason = CloseReason.Left, Sentence = "You left." } });
    }
}
