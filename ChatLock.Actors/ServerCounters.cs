using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors;

/// <summary>What the server counts. Also published as instruments of the meter "ChatLock".</summary>
public sealed class ServerCounters : IDisposable
{
    public const string MeterName = "ChatLock";

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<CloseReason, long> _closes = new();
    private readonly ConcurrentDictionary<RefusalCode, long> _refusals = new();
    private long _deliveries, _deliveredBytes, _posts, _sessions, _mailboxes, _gatewayRefusals;

    public ServerCounters()
    {
        _meter.CreateObservableCounter("chatlock.deliveries", () => Deliveries, description: "frames put into a session's queue");
        _meter.CreateObservableCounter("chatlock.delivered", () => Interlocked.Read(ref _deliveredBytes), "By");
        _meter.CreateObservableCounter("chatlock.posts", () => Posts, description: "posts that got a number");
        _meter.CreateObservableUpDownCounter("chatlock.sessions", () => Sessions);
        _meter.CreateObservableUpDownCounter("chatlock.mailboxes", () => Mailboxes, description: "open, since something happens in them");
        _meter.CreateObservableCounter("chatlock.connections.refused", () => ConnectionsRefused, description: "before a session was made");
        _meter.CreateObservableCounter("chatlock.closes", () => Measure(_closes, "reason", CodeNames.Of));
        _meter.CreateObservableCounter("chatlock.refusals", () => Measure(_refusals, "code", CodeNames.Of));
    }

    public long Deliveries => Interlocked.Read(ref _deliveries);

    public long Posts => Interlocked.Read(ref _posts);

    public long Sessions => Interlocked.Read(ref _sessions);

    /// <summary>Mailboxes that are open, since something happens in them.</summary>
    public long Mailboxes => Interlocked.Read(ref _mailboxes);

    public long ConnectionsRefused => Interlocked.Read(ref _gatewayRefusals);

    public long Closes(CloseReason reason) => _closes.GetValueOrDefault(reason);

    public long Refusals(RefusalCode code) => _refusals.GetValueOrDefault(code);

    public void CountDeliveries(int deliveries, long bytes)
    {
        Interlocked.Add(ref _deliveries, deliveries);
        Interlocked.Add(ref _deliveredBytes, bytes);
    }

    public void CountPosts(int posts) => Interlocked.Add(ref _posts, posts);

    public void CountMailbox(int change) => Interlocked.Add(ref _mailboxes, change);

    public void CountSession(int change) => Interlocked.Add(ref _sessions, change);

    public void CountConnectionRefused() => Interlocked.Increment(ref _gatewayRefusals);

    public void CountClose(CloseReason reason) => _closes.AddOrUpdate(reason, 1, (_, count) => count + 1);

    public void CountRefusal(RefusalCode code) => _refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure<T>(
        ConcurrentDictionary<T, long> counts, string tag, Func<T, string> name)
        where T : notnull =>
        counts.Select(entry => new Measurement<long>(entry.Value, new KeyValuePair<string, object?>(tag, name(entry.Key))));
}
