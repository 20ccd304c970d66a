using System.CommandLine;
using ChatLock.Checker.Faults;

namespace ChatLock.Checker.Commands;

/// <summary>The options that say how often what goes wrong.</summary>
internal sealed class FaultOptions(FaultSettings ordinary)
{
    private readonly Option<ulong> _seed = new("--seed") { Description = "decides which faults come when" };
    private readonly Option<double>[] _rates =
    [
        Rate("cut", ordinary.Cut), Rate("stall", ordinary.Stall), Rate("delay", ordinary.Delay), Rate("drip", ordinary.Drip),
        Rate("half-close", ordinary.HalfClose), Rate("corrupt", ordinary.Corrupt),
    ];
    private readonly Option<double> _stallLongest = new("--stall-longest")
    {
        DefaultValueFactory = _ => ordinary.StallLongest.TotalSeconds,
        Description = "seconds",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_seed);
        foreach (var rate in _rates)
            command.Options.Add(rate);
        command.Options.Add(_stallLongest);
    }

    public FaultSettings Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed),
        Cut = parsed.GetValue(_rates[0]),
        Stall = parsed.GetValue(_rates[1]),
        Delay = parsed.GetValue(_rates[2]),
        Drip = parsed.GetValue(_rates[3]),
        HalfClose = parsed.GetValue(_rates[4]),
        Corrupt = parsed.GetValue(_rates[5]),
        StallLongest = TimeSpan.FromSeconds(parsed.GetValue(_stallLongest)),
    };

    private static Option<double> Rate(string kind, double ordinary)
    {
        var rate = new Option<double>($"--{kind}")
        {
            DefaultValueFactory = _ => ordinary,
            Description = "chance in each KiB that passes, 0 to 1",
        };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
                result.AddError($"--{kind} takes a chance from 0 to 1.");
        });
        return rate;
    }
}
