using System.Net;
using System.Net.WebSockets;
using System.Text;
using ChatLock.Gateway.Tests.BadInput;
using ChatLock.Gateway.Tests.Page;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Gateway.Tests.WebSockets;

/// <summary>Sessions on /ws: the same as on TCP, and what only a WebSocket can do wrong.</summary>
public sealed class SocketTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_comes_by_WebSocket_talks_with_who_comes_by_TCP(bool tls)
    {
        await using var rig = await GatewayRig.StartAsync();
        using var alice = await SocketClient.EnterAsync(Address(rig, tls), "alice");

        Assert.Equal(rig.Host.CertificateHash.ToArray(), alice.Frames.Challenge.ServerId.ToByteArray());
        Assert.Equal("chatlock.v1", alice.Socket.SubProtocol);
        Assert.NotNull((await alice.Frames.ReplyToAsync(await alice.Frames.PostAsync("from the page"))).Accepted);
        Assert.Equal("from the page", (await rig.Bystander.NextAsync(BodyOneofCase.Posted)).Posted.Envelope.ToStringUtf8());

        Assert.NotNull((await rig.Bystander.ReplyToAsync(await rig.Bystander.PostAsync("from the terminal"))).Accepted);
        Assert.Equal("from the terminal", (await alice.Frames.NextAsync(BodyOneofCase.Posted)).Posted.Envelope.ToStringUtf8());
    }

    [Fact]
    public async Task One_who_leaves_gets_a_goodbye_and_a_closed_socket()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await SocketClient.EnterAsync(Address(rig), "leaver");

        await client.Frames.SendAsync(new ClientFrame { Bye = new Bye() });

        Assert.Equal(CloseReason.Left, await client.Frames.CloseReasonAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_page_that_is_closed_leaves_the_lobby()
    {
        await using var rig = await GatewayRig.StartAsync(("limits.resume-window", "0 s"));
        using (await SocketClient.EnterAsync(Address(rig), "gone"))
        {
            // Closed as a browser closes a tab: without a word.
        }

        var seen = await BytesTests.NextDepartureAsync(rig.Bystander);
        Assert.Equal(("gone", CloseReason.ConnectionLost), (seen.Member.Name, seen.Reason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("chatlock.v2")]
    [InlineData("CHATLOCK.V1")]
    public async Task Without_the_subprotocol_there_is_no_socket(string? subprotocol)
    {
        await using var rig = await GatewayRig.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (subprotocol is not null)
            socket.Options.AddSubProtocol(subprotocol);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"{Address(rig)}/ws"), CancellationToken.None));

        Assert.Equal(HttpStatusCode.UpgradeRequired, socket.HttpStatusCode);
    }

    [Fact]
    public async Task What_isnt_an_upgrade_is_told_what_this_is()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var browser = new Browser(rig.Host);

        using var answer = await browser.GetAsync("/ws");

        Assert.Equal(HttpStatusCode.UpgradeRequired, await answer.SentenceAsync());
        Assert.Equal("websocket", answer.Header("Upgrade"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_message_is_malformed(bool entered)
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = entered ? await SocketClient.EnterAsync(Address(rig), "texter") : await SocketClient.ConnectAsync(Address(rig));

        await client.Socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, CancellationToken.None);

        Assert.Equal(CloseReason.Malformed, await client.Frames.CloseReasonAsync());
        await rig.AssertOnlyCountedAsync(CloseReason.Malformed);
    }

    [Fact]
    public async Task An_empty_message_is_malformed()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await SocketClient.EnterAsync(Address(rig), "empty");

        await client.Socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Binary, true, CancellationToken.None);

        Assert.Equal(CloseReason.Malformed, await client.Frames.CloseReasonAsync());
    }

    [Fact]
    public async Task A_message_above_the_limit_is_closed_before_it_is_whole_and_one_at_the_limit_is_read()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var at = await SocketClient.EnterAsync(Address(rig), "atlimit");
        using var over = await SocketClient.EnterAsync(Address(rig), "overlimit");

        // An unknown field of the right length: read, understood as nothing, refused by name.
        await at.Frames.SendBodyAsync([0x08, 0x2A, 0xFA, 0x01, .. Varint(64 * 1024 - 7), .. new byte[64 * 1024 - 7]]);
        Assert.Equal(RefusalCode.Unsupported, (await at.Frames.ReplyToAsync(42)).Refused.Code);

        await over.Socket.SendAsync(new byte[64 * 1024 + 1], WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);
        Assert.Equal(CloseReason.FrameTooLarge, await over.Frames.CloseReasonAsync());
        await rig.AssertOnlyCountedAsync(CloseReason.FrameTooLarge);
    }

    [Fact]
    public async Task A_frame_may_come_in_many_fragments()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await SocketClient.EnterAsync(Address(rig), "pieces");
        var body = EncodedFrame.Of(new ClientFrame { Ref = 77, Ping = new Ping() }).Body;

        for (var i = 0; i < body.Length; i++)
            await client.Socket.SendAsync(body.Slice(i, 1), WebSocketMessageType.Binary, i == body.Length - 1, CancellationToken.None);

        Assert.NotNull((await client.Frames.ReplyToAsync(77)).Accepted);
    }

    [Fact]
    public async Task A_message_begun_and_not_finished_in_time_is_closed()
    {
        var time = GatewayRig.StandingClock();
        await using var rig = await GatewayRig.StartAsync(time, ("limits.frame-timeout", "1 s"));
        using var client = await SocketClient.EnterAsync(Address(rig), "dripping");

        await client.Socket.SendAsync(new byte[3], WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);

        Assert.Equal(CloseReason.FrameTimeout, await GatewayRig.WhileTimePassesAsync(time, client.Frames.CloseReasonAsync()));
    }

    /// <summary>By the carrier's own Ping, which browsers answer by themselves: before Hello the protocol sends none.</summary>
    [Fact]
    public async Task A_socket_that_answers_nothing_is_cut()
    {
        await using var rig = await GatewayRig.StartAsync(("limits.ping-after", "1 s"), ("limits.silence-timeout", "2 s"));
        using var browser = new Browser(rig.Host);
        using var answer = await browser.UpgradeAsync(browser.Plain);
        var stream = await answer.Content.ReadAsStreamAsync();

        var opcodes = new List<int>();
        while (await TryReadFrameAsync(stream) is { } opcode)
            opcodes.Add(opcode);

        Assert.Equal([BinaryOpcode, PingOpcode], opcodes); // Challenge, and a Ping that isn't answered
    }

    [Fact]
    public async Task Compression_is_not_taken_up()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var browser = new Browser(rig.Host);

        using var answer = await browser.UpgradeAsync(
            browser.Plain, ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"));

        Assert.Equal(HttpStatusCode.SwitchingProtocols, answer.StatusCode);
        Assert.Equal("chatlock.v1", answer.Header("Sec-WebSocket-Protocol"));
        Assert.Null(answer.Header("Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task One_connection_too_many_is_told_so()
    {
        await using var rig = await GatewayRig.StartAsync(("connections.per-address-max", "2"), ("connections.loopback-exempt", "off"));
        using var client = await SocketClient.EnterAsync(Address(rig), "second");

        Assert.Equal(CloseReason.TooManyConnections, await FirstReasonAsync(Address(rig)));
    }

    [Fact]
    public async Task Behind_a_proxy_connections_are_counted_by_whom_it_names()
    {
        await using var rig = await GatewayRig.StartAsync(
            ("page.behind-proxy", "on"), ("page.origins", "https://chat.example.org"), ("connections.per-address-max", "2"));

        using var first = await SocketClient.ConnectAsync(Address(rig), ("X-Forwarded-For", "203.0.113.7"));
        using var second = await SocketClient.ConnectAsync(Address(rig), ("X-Forwarded-For", "198.51.100.1, 203.0.113.7"));
        using var other = await SocketClient.ConnectAsync(Address(rig), ("X-Forwarded-For", "203.0.113.8"));

        Assert.Equal(CloseReason.TooManyConnections, await FirstReasonAsync(Address(rig), ("X-Forwarded-For", "203.0.113.7")));
    }

    [Fact]
    public async Task Without_a_proxy_nobodys_word_on_addresses_is_taken()
    {
        await using var rig = await GatewayRig.StartAsync(("connections.per-address-max", "2"), ("connections.loopback-exempt", "off"));

        // One of the two places of this address is the bystander's.
        using var first = await SocketClient.ConnectAsync(Address(rig), ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal(CloseReason.TooManyConnections, await FirstReasonAsync(Address(rig), ("X-Forwarded-For", "203.0.113.8")));
    }

    [Fact]
    public async Task Connections_without_a_session_have_places_of_their_own()
    {
        await using var rig = await GatewayRig.StartAsync(
            Browser.Files, ("connections.per-address-max", "2"), ("connections.loopback-exempt", "off"));
        using var session = await SocketClient.EnterAsync(Address(rig), "second"); // beside the bystander: no session more
        using var one = new Browser(rig.Host);
        using var two = new Browser(rig.Host);
        using var three = new Browser(rig.Host);

        using var first = await one.GetAsync("/");
        using var second = await two.GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        await Assert.ThrowsAsync<HttpRequestException>(() => three.GetAsync("/"));
    }

    private const int BinaryOpcode = 2, PingOpcode = 9;

    /// <returns>The opcode of a whole short frame; null: the connection has ended.</returns>
    private static async Task<int?> TryReadFrameAsync(Stream stream)
    {
        try
        {
            var head = new byte[2];
            await stream.ReadExactlyAsync(head);
            var length = new byte[head[1] == 126 ? 2 : 0];
            await stream.ReadExactlyAsync(length);
            await stream.ReadExactlyAsync(new byte[length.Length == 0 ? head[1] : (length[0] << 8) | length[1]]);
            return head[0] & 0xF;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Address(GatewayRig rig, bool tls = false) => tls ? $"wss://{rig.Host.PageTls}" : $"ws://{rig.Host.Page}";

    /// <summary>The reason that comes instead of a Challenge.</summary>
    private static async Task<CloseReason> FirstReasonAsync(string address, params (string, string)[] headers)
    {
        using var socket = await SocketClient.OpenAsync(address, headers);
        var message = new byte[1024];
        var received = await socket.ReceiveAsync(message.AsMemory(), CancellationToken.None);
        return ServerFrame.Parser.ParseFrom(message, 0, received.Count).Close.Reason;
    }

    private static byte[] Varint(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)(value >> 14)];
}
