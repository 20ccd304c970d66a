namespace ChatLock.Bench.Load;

/// <summary>The server didn't do what it promises: the figure would be worth nothing.</summary>
internal sealed class BenchException(string message) : Exception(message);
