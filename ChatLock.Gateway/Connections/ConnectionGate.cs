using System.Net;
using System.Net.Sockets;

namespace ChatLock.Gateway.Connections;

/// <summary>Counts connections, all together and by address; the one that is too many isn't let in.</summary>
public sealed class ConnectionGate(ConnectionLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _all;

    /// <summary>A place for a connection from this address, to be disposed at its end; null: there is none.</summary>
    /// <param name="remote">Null: counted with all, and with no address.</param>
    public IDisposable? TryEnter(IPAddress? remote)
    {
        var address = remote is null ? null : Counted(remote);
        lock (_lock)
        {
            var here = address is null ? 0 : _byAddress.GetValueOrDefault(address);
            if (_all >= limits.Max || here >= limits.PerAddressMax)
                return null;

            _all++;
            if (address is not null)
                _byAddress[address] = here + 1;
        }

        return new Place(this, address);
    }

    /// <summary>What a connection is counted under: IPv6 by its /64, since a household has that many; null: not counted.</summary>
    private IPAddress? Counted(IPAddress remote)
    {
        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        if (limits.LoopbackExempt && IPAddress.IsLoopback(address))
            return null;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;

        var network = address.GetAddressBytes();
        network.AsSpan(8).Clear();
        return new IPAddress(network);
    }

    private void Leave(IPAddress? address)
    {
        lock (_lock)
        {
            _all--;
            if (address is not null && --_byAddress[address] == 0)
                _byAddress.Remove(address);
        }
    }

    private sealed class Place(ConnectionGate gate, IPAddress? address) : IDisposable
    {
        private ConnectionGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave(address);
    }
}
