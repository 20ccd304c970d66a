using System.Net;
using System.Net.Sockets;
using ChatLock.Checker.Faults;

namespace ChatLock.Checker.Tests.Faults;

public sealed class FaultProxyTests
{
    private static readonly byte[] TenBytes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public async Task Without_faults_all_passes_as_it_is_in_both_directions()
    {
        await using var rig = new ProxyRig();
        var (client, gateway) = await rig.ConnectAsync();
        var (up, down) = (new byte[3_000_000], new byte[5_000_000]);
        new Random(1).NextBytes(up);
        new Random(2).NextBytes(down);
        var sending = Task.WhenAll(SendAllAsync(client, up), SendAllAsync(gateway, down));
        var reading = Task.WhenAll(rig.ReadAsync(gateway, up.Length), rig.ReadAsync(client, down.Length));
        await sending;
        Assert.Equal([up, down], await reading);
    }

    [Fact]
    public async Task Who_says_goodbye_is_still_answered()
    {
        await using var rig = new ProxyRig();
        var (client, gateway) = await rig.ConnectAsync();
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await rig.CountToEndAsync(gateway));
        await SendAllAsync(gateway, TenBytes);
        gateway.Shutdown(SocketShutdown.Send);
        Assert.Equal(10, await rig.CountToEndAsync(client));
    }

    [Fact]
    public async Task A_reset_of_one_side_is_one_for_the_other()
    {
        await using var rig = new ProxyRig();
        var (client, gateway) = await rig.ConnectAsync();
        gateway.LingerState = new LingerOption(true, 0);
        gateway.Dispose();
        await rig.AssertResetAsync(client);
    }

    [Theory]
    [InlineData(FaultDirection.ToClient)]
    [InlineData(FaultDirection.ToGateway)]
    public async Task A_cut_resets_both_sides_after_so_many_bytes(FaultDirection direction)
    {
        await using var rig = new ProxyRig((direction, new ScheduledFault(4, new Fault.Cut())));
        var (from, to) = await EndsAsync(rig, direction);
        await SendAllAsync(from, TenBytes);
        Assert.Equal(new FaultHappened(1, direction, 4, new Fault.Cut()), await rig.NextFaultAsync());
        await rig.AssertResetAsync(to);
        await rig.AssertResetAsync(from);
        Assert.Equal(1, rig.Proxy.Happened["cut"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stall_holds_back_what_follows_until_it_is_over(bool bothWays)
    {
        var stall = new Fault.Stall(TimeSpan.FromSeconds(40), bothWays);
        await using var rig = new ProxyRig((FaultDirection.ToClient, new ScheduledFault(4, stall)));
        var (client, gateway) = await rig.ConnectAsync();
        await SendAllAsync(gateway, TenBytes);
        await rig.NextFaultAsync();
        Assert.Equal(TenBytes[..4], await rig.ReadAsync(client, 4));
        var rest = rig.ReadAsync(client, 6);
        await SendAllAsync(client, TenBytes);
        var up = rig.ReadAsync(gateway, 10);
        if (!bothWays)
            Assert.Equal(TenBytes, await up);
        Assert.False(rest.IsCompleted || (bothWays && up.IsCompleted));
        rig.Time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(TenBytes[4..], await rest);
        Assert.Equal(TenBytes, await up);
    }

    [Fact]
    public async Task A_drip_gives_crumbs_one_at_a_time()
    {
        var drip = new Fault.Drip(Crumb: 3, TimeSpan.FromSeconds(1), Bytes: 7);
        await using var rig = new ProxyRig((FaultDirection.ToClient, new ScheduledFault(1, drip)));
        var (client, gateway) = await rig.ConnectAsync();
        var all = rig.ReadAsync(client, 10);
        await SendAllAsync(gateway, TenBytes);
        Assert.Equal(drip, (await rig.NextFaultAsync()).Fault);
        for (var second = 0; !all.IsCompleted; second++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal(TenBytes, await all);
        Assert.True(rig.Time.GetUtcNow() - rig.Time.Start >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_delay_makes_what_follows_late()
    {
        var delay = new Fault.Delay(TimeSpan.FromSeconds(2), Bytes: 10);
        await using var rig = new ProxyRig((FaultDirection.ToGateway, new ScheduledFault(0, delay)));
        var (client, gateway) = await rig.ConnectAsync();
        await SendAllAsync(client, TenBytes[..1]);
        Assert.Equal(TenBytes[..1], await rig.ReadAsync(gateway, 1));
        var late = rig.ReadAsync(gateway, 4);
        await SendAllAsync(client, TenBytes[..4]);
        while (!late.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal(TenBytes[..4], await late);
        Assert.True(rig.Time.GetUtcNow() - rig.Time.Start >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_half_close_ends_one_direction_only()
    {
        await using var rig = new ProxyRig((FaultDirection.ToGateway, new ScheduledFault(4, new Fault.HalfClose())));
        var (client, gateway) = await rig.ConnectAsync();
        await SendAllAsync(client, TenBytes);
        Assert.Equal(4, await rig.CountToEndAsync(gateway));
        await SendAllAsync(gateway, TenBytes);
        Assert.Equal(TenBytes, await rig.ReadAsync(client, 10));
    }

    [Fact]
    public async Task A_corruption_changes_one_byte()
    {
        await using var rig = new ProxyRig((FaultDirection.ToClient, new ScheduledFault(4, new Fault.Corrupt(0xF0))));
        var (client, gateway) = await rig.ConnectAsync();
        await SendAllAsync(gateway, TenBytes);
        Assert.Equal([0, 1, 2, 3, 0xF4, 5, 6, 7, 8, 9], await rig.ReadAsync(client, 10));
    }

    [Fact]
    public async Task In_a_quiet_time_no_fault_happens()
    {
        await using var rig = new ProxyRig((FaultDirection.ToClient, new ScheduledFault(4, new Fault.Cut())));
        rig.Proxy.IsQuiet = true;
        var (client, gateway) = await rig.ConnectAsync();
        await SendAllAsync(gateway, TenBytes);
        Assert.Equal(TenBytes, await rig.ReadAsync(client, 10));
        Assert.Empty(rig.Proxy.Happened);
    }

    [Fact]
    public async Task Everyone_can_be_cut_at_once()
    {
        await using var rig = new ProxyRig();
        var first = await rig.ConnectAsync();
        var second = await rig.ConnectAsync();
        rig.Proxy.CutAll();
        foreach (var socket in new[] { first.Client, first.Gateway, second.Client, second.Gateway })
            await rig.AssertResetAsync(socket);
        Assert.Equal(2, rig.Proxy.Happened["cut"]);
    }

    [Fact]
    public async Task Everyone_can_fall_silent_at_once()
    {
        await using var rig = new ProxyRig();
        var (client, gateway) = await rig.ConnectAsync();
        rig.Proxy.StallAll(TimeSpan.FromMinutes(1));
        await SendAllAsync(gateway, TenBytes);
        var read = rig.ReadAsync(client, 10);
        Assert.False(read.IsCompleted);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TenBytes, await read);
    }

    [Fact]
    public async Task One_connection_too_many_is_reset()
    {
        await using var rig = new ProxyRig(connectionsMax: 1);
        var (client, gateway) = await rig.ConnectAsync();
        await rig.AssertNextIsResetAsync();
        Assert.Equal(1, rig.Proxy.Refused);
        await SendAllAsync(client, TenBytes);
        Assert.Equal(TenBytes, await rig.ReadAsync(gateway, 10));
    }

    [Fact]
    public async Task Where_nothing_listens_clients_are_reset_and_a_new_target_takes_over()
    {
        await using var rig = new ProxyRig();
        rig.StopGateway();
        await rig.AssertNextIsResetAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        rig.Proxy.Target = (IPEndPoint)other.LocalEndpoint;
        var client = await rig.ConnectClientAsync();
        using var gateway = await other.AcceptSocketAsync();
        await SendAllAsync(client, TenBytes);
        Assert.Equal(TenBytes, await rig.ReadAsync(gateway, 10));
    }

    [Fact]
    public async Task Who_watches_sees_what_arrives()
    {
        await using var rig = new ProxyRig((FaultDirection.ToClient, new ScheduledFault(4, new Fault.Corrupt(0xF0))));
        var watcher = new Recorder();
        rig.Proxy.Watch = _ => watcher;
        var (client, gateway) = await rig.ConnectAsync();
        await SendAllAsync(gateway, TenBytes);
        Assert.Equal(await rig.ReadAsync(client, 10), watcher.Bytes);
    }

    [Fact]
    public void Other_machines_gateways_are_left_alone() => Assert.Throws<ArgumentException>(() =>
        FaultProxy.Start(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 4600), new FaultSettings()));

    private static async Task<(Socket From, Socket To)> EndsAsync(ProxyRig rig, FaultDirection direction)
    {
        var (client, gateway) = await rig.ConnectAsync();
        return direction == FaultDirection.ToClient ? (gateway, client) : (client, gateway);
    }

    private static async Task SendAllAsync(Socket socket, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes.AsMemory(sent));
    }

    private sealed class Recorder : IConnectionWatcher, IByteWatcher
    {
        public List<byte> Bytes { get; } = [];

        public IByteWatcher? Watch(FaultDirection direction) => direction == FaultDirection.ToClient ? this : null;

        public ValueTask PassAsync(ReadOnlyMemory<byte> bytes)
        {
            Bytes.AddRange(bytes.Span);
            return ValueTask.CompletedTask;
        }
    }
}
