using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ChatLock.Actors.Storage;

/// <summary>
/// Threads for a database that blocks its caller. SQLite's provider does all its work inside the call, its async methods
/// too: on the pool that would hold threads which actors need, and inside the journal plugin's stream it would keep
/// the stream from collecting the next batch while one is written (4,000 events a second instead of 25,000).
/// </summary>
public sealed class StorageThreads : IDisposable
{
    private const int Threads = 4;

    /// <summary>Not bounded here: whoever asks has a bound of its own (one write, recoveries, reads of a journal).</summary>
    private readonly BlockingCollection<Action> _work = [];

    public StorageThreads()
    {
        for (var i = 0; i < Threads; i++)
            new Thread(Run) { Name = $"storage-{i}", IsBackground = true }.Start();
    }

    /// <summary>Awaited: what follows runs on one of the threads.</summary>
    public Switch SwitchAsync() => new(this);

    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
            work();
    }

    private void Post(Action work)
    {
        try
        {
            _work.Add(work);
        }
        catch (InvalidOperationException)
        {
            // Disposed: what is left to do fails by itself, and not here.
            ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), work);
        }
    }

    public readonly struct Switch(StorageThreads threads) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Switch GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => threads.Post(continuation);

        public void UnsafeOnCompleted(Action continuation) => threads.Post(continuation);
    }
}
