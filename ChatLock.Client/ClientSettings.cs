using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;

namespace ChatLock.Client;

/// <summary>What a client is told before it starts.</summary>
public sealed record ClientSettings
{
    /// <summary>Where the gateway is.</summary>
    public ServerAddress Server { get; init; } = ServerAddress.Default;

    /// <summary>The name to ask for; <c>null</c> asks the user.</summary>
    public string? Name { get; init; }

    /// <summary>How private messages are encrypted until the user says otherwise.</summary>
    public SuiteInfo PrivateSuite { get; init; } = SuiteInfo.Sealed;

    /// <summary>How long to wait between tries to connect.</summary>
    public Backoff Backoff { get; init; } = Backoff.Default;

    /// <summary>Numbers from 0 to below 1 that spread the tries of many clients.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>Whether this run shows private messages to its user. If not, those that come stay in the mailbox on the server for the
    /// next one that does, and the session key stays too: for programs that only send.</summary>
    public bool TakesMail { get; init; } = true;

    /// <summary>The clock of rate limits, silences and session keys; timers run on the actor system's scheduler.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
