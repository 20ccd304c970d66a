namespace ChatLock.Client.Connection;

/// <summary>How the connection is made.</summary>
/// <param name="Server">Where to.</param>
/// <param name="Name">The name to ask for; <c>null</c> asks the user.</param>
/// <param name="Backoff">How long to wait between tries.</param>
/// <param name="Jitter">Numbers from 0 to below 1.</param>
/// <param name="Time">The clock of rate limits and silences.</param>
internal sealed record ConnectionSettings(
    ServerAddress Server, string? Name, Backoff Backoff, Func<double> Jitter, TimeProvider Time);
