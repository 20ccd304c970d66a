using System.Net.Sockets;
using System.Text;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Gateway.Tests.BadInput;

/// <summary>Bytes that are not the protocol. Each ends its own connection with the documented reason, and nothing else.</summary>
public sealed class BytesTests
{
    public static TheoryData<string, byte[], CloseReason> Rubbish => new()
    {
        { "length 0", [0, 0, 0, 0], CloseReason.Malformed },
        { "one above the limit", RawClient.Length(64 * 1024 + 1), CloseReason.FrameTooLarge },
        { "negative", [0xFF, 0xFF, 0xFF, 0xFF], CloseReason.FrameTooLarge },
        { "2 GiB", RawClient.Length(int.MaxValue), CloseReason.FrameTooLarge },
        { "garbage body", [0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF], CloseReason.Malformed },
        { "a field that says it is longer than the body", [0, 0, 0, 3, 0x12, 0x7F, 0x01], CloseReason.Malformed },
        { "HTTP", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), CloseReason.FrameTooLarge },
        { "SSH", Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2\r\n"), CloseReason.FrameTooLarge },
        { "TLS without TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC], CloseReason.FrameTooLarge },
    };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Rubbish_is_closed_with_its_reason_before_and_after_hello(string what, byte[] bytes, CloseReason reason)
    {
        Assert.NotEmpty(what);
        await using var rig = await GatewayRig.StartAsync();
        using var early = await rig.ConnectAsync();
        await early.SendBytesAsync(bytes);
        Assert.Equal(reason, await early.CloseReasonAsync());
        await rig.AssertOnlyCountedAsync(reason);

        using var late = await rig.EnterAsync("late");
        await late.SendBytesAsync(bytes);
        Assert.Equal(reason, await late.CloseReasonAsync());
    }

    [Fact]
    public async Task A_frame_that_is_cut_off_in_the_middle_is_a_lost_connection()
    {
        await using var rig = await GatewayRig.StartAsync(("limits.resume-window", "0 s"));
        using var client = await rig.EnterAsync("cut");

        await client.SendBytesAsync([0, 0, 1, 0, 1, 2, 3]);
        client.EndSending();

        var seen = await NextDepartureAsync(rig.Bystander);
        Assert.Equal(("cut", CloseReason.ConnectionLost), (seen.Member.Name, seen.Reason));
    }

    [Fact]
    public async Task A_frame_may_come_byte_by_byte()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.EnterAsync("patient");
        var frame = new ClientFrame { Ref = 77, Ping = new Ping() };

        foreach (var b in Protocol.Framing.EncodedFrame.Of(frame).WithPrefix.ToArray())
            await client.SendBytesAsync(b);

        Assert.NotNull((await client.ReplyToAsync(77)).Accepted);
    }

    [Fact]
    public async Task A_frame_begun_and_not_finished_in_time_is_closed_though_bytes_keep_coming()
    {
        var time = GatewayRig.StandingClock();
        await using var rig = await GatewayRig.StartAsync(time, ("limits.frame-timeout", "1 s"));
        using var client = await rig.EnterAsync("dripping");
        using var stop = new CancellationTokenSource();
        var dripping = DripAsync(client, stop.Token);

        Assert.Equal(CloseReason.FrameTimeout, await GatewayRig.WhileTimePassesAsync(time, client.CloseReasonAsync()));

        await stop.CancelAsync();
        await dripping;
        await rig.AssertOnlyCountedAsync(CloseReason.FrameTimeout);
    }

    [Fact]
    public async Task A_client_that_says_nothing_at_all_is_closed()
    {
        var time = GatewayRig.StandingClock();
        await using var rig = await GatewayRig.StartAsync(time, ("limits.hello-timeout", "1 s"));
        using var client = await rig.ConnectAsync();
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(CloseReason.HelloTimeout, await client.CloseReasonAsync());
    }

    [Fact]
    public async Task Plain_text_on_the_TLS_port_is_closed_and_counted()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(rig.Host.Tcp!);

        await tcp.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await ReadToEndAsync(tcp);

        Assert.NotNull((await rig.Bystander.ReplyToAsync(await rig.Bystander.PostAsync("x"))).Accepted);
        Assert.True(SpinWait.SpinUntil(() => rig.Host.Server.Counters.ConnectionsRefused == 1, GatewayRig.Patience));
    }

    [Fact]
    public async Task A_claimed_length_costs_nothing()
    {
        await using var rig = await GatewayRig.StartAsync(("limits.frame-max", "1 MiB"), ("limits.outbound-max", "2 MiB"));
        var claims = new List<RawClient>();
        for (var i = 0; i < 50; i++)
        {
            claims.Add(await rig.EnterAsync($"claim{i}"));
            await claims[i].ReplyToAsync(await claims[i].SendAsync(new ClientFrame { Ping = new Ping() }));
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var client in claims)
            await client.SendBytesAsync(RawClient.Length(1024 * 1024));
        foreach (var client in claims)
            await client.SendBytesAsync(1);
        await rig.Bystander.ReplyToAsync(await rig.Bystander.PostAsync("x"));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.True(allocated < 50 * 1024 * 1024 / 8, $"{allocated} bytes for 50 claims of 1 MiB");
        claims.ForEach(client => client.Dispose());
    }

    internal static async Task<Departure> NextDepartureAsync(RawClient client)
    {
        while ((await client.NextAsync(BodyOneofCase.Presence)).Presence is var presence)
        {
            if (presence.Left.Count > 0)
                return presence.Left[0];
        }

        throw new InvalidOperationException("unreachable");
    }

    private static async Task DripAsync(RawClient client, CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            await client.SendBytesAsync(RawClient.Length(1000));
            while (await ticks.WaitForNextTickAsync(stop))
                await client.SendBytesAsync(0);
        }
        catch (Exception over) when (over is OperationCanceledException or IOException)
        {
            // Closed, as it should be.
        }
    }

    private static async Task ReadToEndAsync(TcpClient tcp)
    {
        try
        {
            await tcp.GetStream().CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }
}
