using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using ChatLock.Actors.Storage;
using ChatLock.Bench.Load;
using Google.Protobuf;

namespace ChatLock.Bench.Storage;

/// <param name="Latencies">From an append to its answer.</param>
public sealed record JournalLoadResult(
    long Messages, long Appends, double Seconds, double CpuSeconds, IReadOnlyList<double> LatenciesMs, double RecoverySeconds, double RecoveryCpuSeconds)
{
    public double Percentile(double p) => LatenciesMs.Count == 0 ? 0 : LatenciesMs[(int)(p * (LatenciesMs.Count - 1))];
}

/// <summary>Journals alone, without a gateway: each owner has one append under way, with as many messages as a room would put into
/// one; then every journal is read again, and must have what was acknowledged.</summary>
public static class JournalLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<JournalLoadResult> RunAsync(
        StorageSettings settings, int journals, int messagesAnAppend, int messageBytes, TimeSpan warmup, TimeSpan duration)
    {
        using var storage = JournalStorage.Open(settings, settings.Folder, TimeProvider.System);
        var meter = new JournalMeter();
        JournalLoadResult result;
        using (var system = Start(storage))
        {
            var payload = ByteString.CopyFrom(Enumerable.Range(0, messagesAnAppend * messageBytes).Select(i => (byte)(i * 31)).ToArray());
            var owners = Owners(system, storage, journals, meter, payload);
            await meter.WhenRecovered(journals).WaitAsync(Patience);
            foreach (var owner in owners)
                owner.Tell(JournalOwner.Go.Now);
            await Task.Delay(warmup);
            meter.Begin();
            await Task.Delay(duration);
            result = meter.End(messagesAnAppend);
            foreach (var owner in owners)
                await owner.GracefulStop(Patience, JournalOwner.Finish.Now);
            await system.Terminate();
        }

        var (seconds, cpu) = await RecoverAsync(storage, journals, meter);
        return result with { RecoverySeconds = seconds, RecoveryCpuSeconds = cpu };
    }

    private static async Task<(double Seconds, double CpuSeconds)> RecoverAsync(JournalStorage storage, int journals, JournalMeter written)
    {
        var meter = new JournalMeter();
        using var system = Start(storage);
        var started = Stopwatch.GetTimestamp();
        var cpuBefore = Process.GetCurrentProcess().TotalProcessorTime;
        var owners = Owners(system, storage, journals, meter, ByteString.Empty);
        await meter.WhenRecovered(journals).WaitAsync(Patience);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - cpuBefore).TotalSeconds;
        // A server is left as it was found.
        foreach (var owner in owners)
            await owner.GracefulStop(Patience, JournalOwner.Erase.Now);
        await system.Terminate();
        return meter.Recovered == written.AllAppended
            ? (seconds, cpu)
            : throw new BenchException($"{written.AllAppended} events were acknowledged, {meter.Recovered} are there");
    }

    private static ActorSystem Start(JournalStorage storage) =>
        storage.StartActors("bench", ConfigurationFactory.ParseString("akka { loglevel = WARNING, log-dead-letters = off }"));

    private static List<IActorRef> Owners(
        ActorSystem system, JournalStorage storage, int journals, JournalMeter meter, ByteString payload) =>
        [.. Enumerable.Range(0, journals).Select(i => system.ActorOf(
            Props.Create(() => new JournalOwner(storage.Journals, new JournalId("bench", $"{i}"), meter, payload))))];
}
