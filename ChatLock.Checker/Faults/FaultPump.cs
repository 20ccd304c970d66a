using System.Net.Sockets;

namespace ChatLock.Checker.Faults;

/// <summary>Carries the bytes of one direction from one socket to the other, and lets the faults of its schedule happen.</summary>
internal sealed class FaultPump(
    Socket from, Socket to, IEnumerable<ScheduledFault> schedule, TimeProvider time, IByteWatcher? watcher)
{
    private const int BufferBytes = 16 * 1_024;

    private readonly IEnumerator<ScheduledFault> _schedule = schedule.GetEnumerator();
    private long _offset;
    private (TimeSpan Duration, long Until) _late = (default, 0);
    private (int Crumb, TimeSpan Every, long Until) _drip = (0, default, 0);
    private bool _isHalfClosed;

    /// <summary>Whether faults that come due are passed over.</summary>
    public required Func<bool> IsQuiet { get; init; }

    /// <summary>What to wait for before each byte.</summary>
    public required Func<Task> Silence { get; init; }

    /// <summary>Carries out faults that are not this direction's alone.</summary>
    public required Action<Fault> Apply { get; init; }

    /// <summary>Told of a fault when it has begun; whoever sets the clock forward then, ends it.</summary>
    public required Action<long, Fault> Report { get; init; }

    private ScheduledFault? Next { get; set; }

    /// <summary>Until the sender has said that nothing more comes.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        Advance();
        var buffer = new byte[BufferBytes];
        while (await from.ReceiveAsync(buffer, over).ConfigureAwait(false) is var count and > 0)
        {
            if (!_isHalfClosed)
                await LateAsync(over).ConfigureAwait(false);
            for (var left = buffer.AsMemory(0, count); left.Length > 0 && !_isHalfClosed;)
                left = left[await SendSomeAsync(left, over).ConfigureAwait(false)..];
        }
        if (!_isHalfClosed)
            to.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Sends up to the next fault, or lets that happen.</summary>
    /// <returns>Bytes dealt with.</returns>
    private async Task<int> SendSomeAsync(Memory<byte> bytes, CancellationToken over)
    {
        if (Next is { } due && due.Offset <= _offset)
        {
            Advance();
            if (!IsQuiet())
                await HappenAsync(due.Fault, bytes, over).ConfigureAwait(false);
            return 0;
        }
        await Silence().WaitAsync(over).ConfigureAwait(false);
        var count = (int)Math.Min(bytes.Length, Next is { } next ? next.Offset - _offset : long.MaxValue);
        if (_offset < _drip.Until)
        {
            await Task.Delay(_drip.Every, time, over).ConfigureAwait(false);
            count = (int)Math.Min(Math.Min(count, _drip.Crumb), _drip.Until - _offset);
        }
        if (watcher is not null)
            await watcher.PassAsync(bytes[..count]).ConfigureAwait(false);
        for (var sent = 0; sent < count;)
            sent += await to.SendAsync(bytes[sent..count], over).ConfigureAwait(false);
        _offset += count;
        return count;
    }

    private async Task HappenAsync(Fault fault, Memory<byte> bytes, CancellationToken over)
    {
        switch (fault)
        {
            case Fault.Corrupt corrupt:
                bytes.Span[0] ^= corrupt.Mask;
                break;
            case Fault.HalfClose:
                _isHalfClosed = true;
                to.Shutdown(SocketShutdown.Send);
                break;
            case Fault.Delay delay:
                _late = (delay.Duration, _offset + delay.Bytes);
                break;
            case Fault.Drip drip:
                _drip = (drip.Crumb, drip.Every, _offset + drip.Bytes);
                break;
            case Fault.Stall { BothWays: false } stall:
                var passed = Task.Delay(stall.Duration, time, over);
                Report(_offset, fault);
                await passed.ConfigureAwait(false);
                return;
            default:
                Apply(fault);
                break;
        }
        Report(_offset, fault);
        over.ThrowIfCancellationRequested();
    }

    private async Task LateAsync(CancellationToken over)
    {
        if (_offset < _late.Until)
            await Task.Delay(_late.Duration, time, over).ConfigureAwait(false);
    }

    private void Advance() => Next = _schedule.MoveNext() ? _schedule.Current : null;
}
