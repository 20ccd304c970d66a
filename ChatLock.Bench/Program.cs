using System.CommandLine;
using System.Globalization;
using ChatLock.Actors.Storage;
using ChatLock.Bench.Load;
using ChatLock.Bench.Micro;
using ChatLock.Bench.Storage;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

var clients = new Option<int>("--clients") { DefaultValueFactory = _ => 1000 };
var senders = new Option<int>("--senders") { DefaultValueFactory = _ => 10 };
var inFlight = new Option<int>("--in-flight") { DefaultValueFactory = _ => 200, Description = "messages under way at once" };
var payload = new Option<int>("--payload") { DefaultValueFactory = _ => 200, Description = "bytes of a message" };
var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 10 };
var isSealed = new Option<bool>("--sealed") { Description = "real messages, encrypted and signed, instead of opaque bytes" };
var plain = new Option<bool>("--plain") { Description = "plain TCP instead of TLS" };
var memory = new Option<bool>("--memory") { Description = "storage.durability = memory instead of disk" };
var postgresql = new Option<string>("--postgresql") { Description = "this database instead of SQLite: \"Host=...;Database=...\"" };
string[] StorageOf(ParseResult parsed) =>
[
    .. parsed.GetValue(memory) ? (string[])["--storage.durability", "memory"] : [],
    .. parsed.GetValue(postgresql) is { } database ? (string[])["--storage.provider", "postgresql", "--storage.postgresql", database] : [],
];
var warmup = TimeSpan.FromSeconds(3);

var lobby = new Command("lobby", "everyone in one room, some posting; deliveries a second") { clients, senders, inFlight, payload, seconds, isSealed, memory };
lobby.SetAction(async parsed =>
{
    using var gateway = GatewayUnderTest.Start(StorageOf(parsed));
    using var crowd = await Crowd.EnterAsync(gateway.Plain, tls: false, parsed.GetValue(clients));
    var n = parsed.GetValue(senders);
    Payloads payloads = parsed.GetValue(isSealed)
        ? new SealedPayloads(crowd, n, parsed.GetValue(payload))
        : new OpaquePayloads(n, parsed.GetValue(payload));
    using var load = new LobbyLoad(gateway, crowd, n, parsed.GetValue(inFlight), payloads);
    var result = load.Run(warmup, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    Console.WriteLine(
        $"{result.Clients} clients: {result.DeliveriesPerSecond / 1e6:0.00} M deliveries/s, server {result.ServerCpuPerMillion:0.000} CPU s per million, " +
        $"generator {result.GeneratorCpuSeconds / result.Deliveries * 1e6:0.000}, frame {result.FrameBytes} B, server {result.ServerResidentKiB / 1024} MiB; none lost, none disordered");
});

var pairs = new Option<int>("--pairs") { DefaultValueFactory = _ => 1000 };
var privately = new Command("private", "pairs that answer each other") { pairs, payload, seconds, memory };
privately.SetAction(async parsed =>
{
    using var gateway = GatewayUnderTest.Start(StorageOf(parsed));
    using var crowd = await Crowd.EnterAsync(gateway.Plain, tls: false, 2 * parsed.GetValue(pairs));
    using var load = new PrivateLoad(gateway, crowd, parsed.GetValue(payload));
    var result = load.Run(warmup, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    Console.WriteLine(
        $"{result.Pairs} pairs: {result.MessagesPerSecond / 1e3:0.0} k messages/s, p50 {result.Latencies.Milliseconds(0.5):0.00} ms, " +
        $"p99 {result.Latencies.Milliseconds(0.99):0.00} ms, p99.9 {result.Latencies.Milliseconds(0.999):0.00} ms, " +
        $"server {result.ServerCpuSeconds / result.Messages * 1e6:0.0} CPU s per million");
});

var idle = new Command("idle", "connections that say nothing; memory each") { clients, plain };
idle.SetAction(async parsed =>
{
    using var gateway = GatewayUnderTest.Start();
    var result = await IdleLoad.RunAsync(gateway, parsed.GetValue(clients), !parsed.GetValue(plain));
    Console.WriteLine(
        $"{result.Clients} idle over {(result.Tls ? "TLS" : "plain TCP")}: {result.KiBEach:0.0} KiB resident each, " +
        $"entered at {result.EnteredPerSecond:0}/s, server {result.CpuMillisecondsEach:0.00} CPU ms each");
});

var rooms = new Option<int>("--rooms") { DefaultValueFactory = _ => 1 };
var posters = new Option<int>("--posters") { DefaultValueFactory = _ => 20, Description = "in all, spread over the rooms" };
var each = new Option<int>("--each") { DefaultValueFactory = _ => 32, Description = "posts under way of each poster" };

var posts = new Command("posts", "posts into rooms; acknowledged a second") { rooms, posters, each, payload, seconds, memory, postgresql };
posts.SetAction(async parsed =>
{
    using var gateway = GatewayUnderTest.Start(StorageOf(parsed));
    using var crowd = await Crowd.EnterAsync(gateway.Plain, tls: false, parsed.GetValue(posters));
    var load = new PostLoad(gateway, crowd, parsed.GetValue(rooms), parsed.GetValue(each), parsed.GetValue(payload));
    var result = await load.RunAsync(warmup, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    Console.WriteLine(
        $"{result.Posters} posters in {result.Rooms} rooms: {result.PerSecond:0} acknowledged/s, " +
        $"server {result.ServerCpuSeconds / result.Acknowledged * 1e6:0.0} CPU s per million, {result.DatabaseBytes / 1024 / 1024} MiB in the data folder; no number twice, none left out");
});

var missed = new Option<int>("--missed") { DefaultValueFactory = _ => 1000 };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 20 };
var resume = new Command("resume", "a cut connection comes back; milliseconds until it has what it missed") { missed, rounds, payload, memory };
resume.SetAction(async parsed =>
{
    using var gateway = GatewayUnderTest.Start(StorageOf(parsed));
    var result = await ResumeLoad.RunAsync(gateway, parsed.GetValue(missed), parsed.GetValue(rounds), parsed.GetValue(payload));
    Console.WriteLine(
        $"{result.Missed} missed: median {result.Median:0.0} ms, least {result.Milliseconds.Min():0.0}, most {result.Milliseconds.Max():0.0} over {result.Milliseconds.Count}; each once, in order");
});

var cut = new Command("cut", "everyone's connection is cut at once; seconds until all have resumed") { clients, plain, memory };
cut.SetAction(async parsed =>
{
    using var gateway = GatewayUnderTest.Start(StorageOf(parsed));
    var result = await CutLoad.RunAsync(gateway, parsed.GetValue(clients), !parsed.GetValue(plain));
    Console.WriteLine(
        $"{result.Clients} cut at once over {(result.Tls ? "TLS" : "plain TCP")}: all resumed after {result.AllResumedSeconds:0.0} s, server {result.ServerCpuSeconds:0.0} CPU s; " +
        $"each has each of {result.Posted} messages posted meanwhile, once, in order");
});

var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 20_000 };
var churn = new Command("churn", "connections that come and go; memory left") { connections };
churn.SetAction(async parsed =>
{
    var result = await ChurnLoad.RunAsync(parsed.GetValue(connections));
    Console.WriteLine(
        $"{result.Connections} came and went in {result.Seconds:0.0} s: managed heap {result.ManagedBefore / 1024} -> {result.ManagedAfter / 1024} KiB " +
        $"({result.Growth:+0.0%;-0.0%}), {result.SessionsLeft} sessions left");
});

var crypto = new Command("crypto", "the ciphers and suites alone, one thread");
crypto.SetAction(_ =>
{
    foreach (var speed in CryptoSpeed.Measure())
        Console.WriteLine($"{speed.What}: {speed.Value:0.0} {speed.Unit}");
});

var journals = new Option<int>("--journals") { DefaultValueFactory = _ => 200 };
var batch = new Option<int>("--batch") { DefaultValueFactory = _ => 1, Description = "messages of one append" };
var messageBytes = new Option<int>("--bytes") { DefaultValueFactory = _ => 400, Description = "bytes of a stored message" };
var folder = new Option<string>("--folder") { DefaultValueFactory = _ => Path.GetTempPath(), Description = "where SQLite's file is made for the time" };
var journal = new Command("journal", "journals alone: appends a second, on disk when they are counted") { journals, batch, messageBytes, seconds, postgresql, folder };
journal.SetAction(async parsed =>
{
    var place = Directory.CreateDirectory(Path.Combine(parsed.GetValue(folder)!, $"chatlock-bench-{Environment.ProcessId}"));
    try
    {
        var server = parsed.GetValue(postgresql) ?? "";
        var settings = new StorageSettings
        {
            Provider = server.Length > 0 ? StorageProvider.PostgreSql : StorageProvider.Sqlite,
            Folder = place.FullName,
            PostgreSql = server,
        };
        var result = await JournalLoad.RunAsync(
            settings, parsed.GetValue(journals), parsed.GetValue(batch), parsed.GetValue(messageBytes), warmup,
            TimeSpan.FromSeconds(parsed.GetValue(seconds)));
        Console.WriteLine(
            $"{parsed.GetValue(journals)} journals, {parsed.GetValue(batch)} messages of {parsed.GetValue(messageBytes)} B an append: " +
            $"{result.Messages / result.Seconds:0} messages/s in {result.Appends / result.Seconds:0} appends/s, p50 {result.Percentile(0.5):0.0} ms, " +
            $"p99 {result.Percentile(0.99):0.0} ms, {result.CpuSeconds / result.Seconds:0.00} cores; all there after reading them again in {result.RecoverySeconds:0.0} s ({result.RecoveryCpuSeconds:0.0} CPU s)");
    }
    finally
    {
        place.Delete(recursive: true);
    }
});

try
{
    return await new RootCommand("Measures a ChatLock gateway that it starts itself.") { lobby, privately, posts, resume, cut, idle, churn, crypto, journal }
        .Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchException wrong)
{
    Console.Error.WriteLine($"WRONG: {wrong.Message}");
    return 1;
}
