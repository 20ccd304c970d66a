using System.CommandLine;
using System.Globalization;
using ChatLock.Checker.Faults;
using ChatLock.Checker.Report;
using ChatLock.Checker.Soak;

namespace ChatLock.Checker.Commands;

/// <summary>Clients, faults, kills and a verdict.</summary>
internal sealed class SoakCommand
{
    /// <summary>With some 20 KiB/s to each client: everyone is cut about every half minute, and the rest now and then.</summary>
    private static readonly FaultSettings Storm = new()
    {
        Cut = 0.0015,
        Stall = 0.0005,
        Delay = 0.001,
        Drip = 0.001,
        HalfClose = 0.0002,
        Corrupt = 0.0002,
        StallLongest = TimeSpan.FromSeconds(3),
    };

    private readonly Option<int> _clients = Number("--clients", 60, 2, 2_000, "clients");
    private readonly Option<int> _rooms = Number("--rooms", 6, 1, 64, "rooms in all, the lobby among them");
    private readonly Option<int> _roomsEach = Number("--rooms-each", 1, 0, 63, "rooms beside the lobby that each client joins");
    private readonly Option<int> _rate = Number("--rate", 300, 1, 100_000, "messages a second in all");
    private readonly Option<int> _seconds = Number("--seconds", 300, 1, 1_000_000, "how long messages are sent");
    private readonly Option<int> _kills = Number("--kills", 5, 0, 1_000, "how often the gateway is killed with -9");
    private readonly Option<double> _private = new("--private") { DefaultValueFactory = _ => 0.1, Description = "share of private messages" };
    private readonly Option<SoakCarrier> _carrier = new("--carrier") { Description = "mixed, tls or plain" };
    private readonly Option<string?> _gateway = new("--gateway") { Description = "chatlock-gateway.dll; by default the one built beside this" };
    private readonly Option<string[]> _set = new("--set") { Description = "a further setting of the gateway: storage.provider=postgresql" };
    private readonly Option<string[]> _scan = new("--scan") { Description = "a file or folder that must not hold plaintext, beside the gateway's own" };
    private readonly Option<bool> _withoutNames = new("--without-names-on-disk") { Description = "the gateway keeps no names: don't look for them" };
    private readonly Option<string?> _folder = new("--folder") { Description = "where data and history go; by default a temporary one" };
    private readonly Option<bool> _keep = new("--keep") { Description = "keep the folder also if all is right" };
    private readonly FaultOptions _faults = new(Storm);

    public static Command Make()
    {
        var options = new SoakCommand();
        var command = new Command("soak", "lets many clients talk through faults and kills, and judges what they saw")
        {
            options._clients, options._rooms, options._roomsEach, options._rate, options._seconds, options._kills, options._private,
            options._carrier, options._gateway, options._set, options._scan, options._withoutNames, options._folder, options._keep,
        };
        options._faults.AddTo(command);
        command.SetAction((parsed, _) => options.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var result = await SoakRun.RunAsync(Read(parsed), line => Console.Error.WriteLine($"soak: {line}")).ConfigureAwait(false);
        foreach (var violation in result.Verdict.Violations.Take(20).Concat(result.Canaries))
            Console.WriteLine(violation);
        foreach (var (kind, count) in result.Verdict.ByKind)
            Console.WriteLine($"{kind}: {count}");
        foreach (var line in SoakTable.Lines(result))
            Console.WriteLine(line);
        Console.WriteLine(SoakTable.Line(result));
        if (!result.IsGood || parsed.GetValue(_keep))
            Console.WriteLine($"all of it is in {result.Folder}");
        else
            Directory.Delete(result.Folder, recursive: true);
        return result.IsGood ? ExitCode.Good : ExitCode.Violated;
    }

    private SoakSettings Read(ParseResult parsed)
    {
        var faults = _faults.Read(parsed);
        return new SoakSettings
        {
            Clients = parsed.GetValue(_clients),
            Rooms = parsed.GetValue(_rooms),
            RoomsEach = parsed.GetValue(_roomsEach),
            PerSecond = parsed.GetValue(_rate),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            Kills = parsed.GetValue(_kills),
            PrivateShare = parsed.GetValue(_private),
            Carrier = parsed.GetValue(_carrier),
            Gateway = parsed.GetValue(_gateway) ?? BesideThis(),
            GatewayArguments = [.. (parsed.GetValue(_set) ?? []).SelectMany(ArgumentsOf)],
            ScanToo = parsed.GetValue(_scan) ?? [],
            ExpectsNamesOnDisk = !parsed.GetValue(_withoutNames),
            Folder = parsed.GetValue(_folder) ?? NewFolder(),
            Faults = faults,
            Seed = faults.Seed,
        };
    }

    private static string[] ArgumentsOf(string setting) => setting.Split('=', 2) is [var key, var value]
        ? [$"--{key}", value]
        : throw new SoakException($"--set takes key=value, not {setting}");

    private static string NewFolder() => Path.Combine(
        Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"chatlock-soak-{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}"));

    /// <summary>The gateway of the same build: it isn't referenced, since it is the thing that is tested.</summary>
    private static string BesideThis() => Path.Combine(
        AppContext.BaseDirectory.Replace("ChatLock.Checker", "ChatLock.Gateway", StringComparison.Ordinal), "chatlock-gateway.dll");

    private static Option<int> Number(string name, int ordinary, int least, int most, string description)
    {
        var option = new Option<int>(name) { DefaultValueFactory = _ => ordinary, Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && (number < least || number > most))
                result.AddError($"{name} takes a number from {least} to {most}.");
        });
        return option;
    }
}
