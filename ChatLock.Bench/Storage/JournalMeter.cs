using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatLock.Bench.Storage;

/// <summary>Counts what owners are told.</summary>
public sealed class JournalMeter
{
    private readonly TaskCompletionSource _recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<double> _latencies = new();
    private volatile bool _measures;
    private long _appended, _started, _recoveredEvents;
    private int _expected = int.MaxValue, _journals;
    private TimeSpan _cpuAtStart;

    /// <summary>Events acknowledged, warm-up and all.</summary>
    public long AllAppended => Interlocked.Read(ref _appended);

    public long Recovered => Interlocked.Read(ref _recoveredEvents);

    public Task WhenRecovered(int journals)
    {
        Volatile.Write(ref _expected, journals);
        if (Volatile.Read(ref _journals) >= journals)
            _recovered.TrySetResult();
        return _recovered.Task;
    }

    public void OnRecovered(int events)
    {
        Interlocked.Add(ref _recoveredEvents, events);
        if (Interlocked.Increment(ref _journals) >= Volatile.Read(ref _expected))
            _recovered.TrySetResult();
    }

    public void OnAppended(double milliseconds)
    {
        Interlocked.Increment(ref _appended);
        if (_measures)
            _latencies.Enqueue(milliseconds);
    }

    public void Begin()
    {
        _cpuAtStart = Process.GetCurrentProcess().TotalProcessorTime;
        _started = Stopwatch.GetTimestamp();
        _measures = true;
    }

    public JournalLoadResult End(int messagesAnAppend)
    {
        _measures = false;
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - _cpuAtStart).TotalSeconds;
        var latencies = _latencies.Order().ToList();
        return new JournalLoadResult(latencies.Count * (long)messagesAnAppend, latencies.Count, seconds, cpu, latencies, 0, 0);
    }
}
