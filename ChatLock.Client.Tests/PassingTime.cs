namespace ChatLock;

/// <summary>Time that passes on a test's own clock.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes one step after the other until this is done: whoever looks at the clock may look after a step, or set its timer
    /// after one, and then has still to wait.</summary>
    public static async Task<T> WhileAsync<T>(Action step, Task<T> done)
    {
        using var turns = new PeriodicTimer(BetweenSteps);
        while (!done.IsCompleted)
        {
            step();
            await Task.WhenAny(done, turns.WaitForNextTickAsync().AsTask());
        }

        return await done;
    }
}
