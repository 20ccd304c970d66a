using System.Runtime.InteropServices;

namespace ChatLock.Bench.Native;

/// <summary>Linux's epoll and plain recv and send: one thread serves ten thousand sockets, so that the generator isn't the limit.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int ControlAdd = 1;
    private const uint Readable = 1;
    private const int DontWait = 0x40;
    private const int TryAgain = 11;
    private const int EventsMax = 1024;
    private readonly int _epoll = Checked(Create(0), "epoll_create1");
    private readonly Event[] _events = new Event[EventsMax];

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Event
    {
        public uint Events;
        public ulong Data;
    }

    public void Add(int socket, int index)
    {
        var wanted = new Event { Events = Readable, Data = (ulong)index };
        Checked(Control(_epoll, ControlAdd, socket, &wanted), "epoll_ctl");
    }

    /// <summary>Waits for readable sockets and writes their indices to <paramref name="ready"/>.</summary>
    public int Wait(Span<int> ready, int timeoutMs)
    {
        int count;
        fixed (Event* events = _events)
            count = WaitFor(_epoll, events, Math.Min(EventsMax, ready.Length), timeoutMs);
        for (var i = 0; i < count; i++)
            ready[i] = (int)_events[i].Data;
        return Math.Max(0, count);
    }

    /// <returns>Bytes read; 0 when there were none for now; -1 when the peer is gone.</returns>
    public static int Receive(int socket, Span<byte> buffer)
    {
        nint count;
        fixed (byte* bytes = buffer)
            count = Recv(socket, bytes, buffer.Length, DontWait);
        return count > 0 ? (int)count
            : count < 0 && Marshal.GetLastPInvokeError() == TryAgain ? 0
            : -1;
    }

    /// <returns>Bytes sent; 0 when there was no room for now; -1 when the peer is gone.</returns>
    public static int Send(int socket, ReadOnlySpan<byte> bytes)
    {
        nint count;
        fixed (byte* first = bytes)
            count = SendTo(socket, first, bytes.Length, DontWait | 0x4000);
        return count >= 0 ? (int)count
            : Marshal.GetLastPInvokeError() == TryAgain ? 0
            : -1;
    }

    public void Dispose() => _ = Close(_epoll);

    private static int Checked(int result, string call) => result >= 0
        ? result
        : throw new InvalidOperationException($"{call} failed with errno {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int socket, Event* wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitFor(int epoll, Event* events, int max, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Recv(int socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendTo(int socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
