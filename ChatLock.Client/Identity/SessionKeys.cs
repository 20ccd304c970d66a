using System.Collections.Immutable;
using ChatLock.Crypto.Sealing;

namespace ChatLock.Client.Identity;

/// <summary>The session keys of one person, the newest first: one in use, and those that may have mail sealed to them still.</summary>
/// <remarks>A value. docs/PROTOCOL.md section 5.</remarks>
internal sealed record SessionKeys
{
    /// <summary>How long a replaced key opens what was sealed to it: a day more than a mailbox keeps anything.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(8);

    /// <summary>The age at which a key is replaced.</summary>
    public static readonly TimeSpan RenewedAfter = TimeSpan.FromDays(1);

    /// <summary>Keys kept; then the oldest is forgotten before its time. Only hundreds of starts within days come to that.</summary>
    public const int Max = 256;

    public static SessionKeys None { get; } = new();

    public ImmutableList<SessionKey> All { get; private init; } = [];

    /// <summary>The one in use; <c>null</c> before there is one.</summary>
    public SessionKey? Current => All.IsEmpty ? null : All[0];

    /// <summary>Keys as they were kept.</summary>
    /// <param name="newestFirst">The first isn't replaced, all others are.</param>
    public static SessionKeys Of(IEnumerable<SessionKey> newestFirst) => new() { All = [.. newestFirst.Take(Max)] };

    /// <summary>With a new key in use.</summary>
    public SessionKeys Renewed(AgreementKey pair, long nowUnixMs)
    {
        var made = Math.Max(nowUnixMs, Current is { } before ? before.MadeUnixMs + 1 : 0);
        var old = Current is { } replaced ? All.SetItem(0, replaced with { ReplacedUnixMs = nowUnixMs }) : All;
        return Of([new SessionKey(pair, made, null), .. old]).At(nowUnixMs);
    }

    /// <summary>Without those whose time is over.</summary>
    public SessionKeys At(long nowUnixMs) => this with
    {
        All = All.RemoveAll(key => key.ReplacedUnixMs is { } replaced && nowUnixMs - replaced > KeptFor.TotalMilliseconds),
    };

    /// <summary>Whether the key in use is so old that it is time for another; a clock set back counts as standing still.</summary>
    public bool IsDue(long nowUnixMs) => Current is not { } key || nowUnixMs - key.MadeUnixMs >= RenewedAfter.TotalMilliseconds;
}
