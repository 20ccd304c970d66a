using System.CommandLine;
using ChatLock.Checker.Canaries;
using ChatLock.Checker.Checking;
using ChatLock.Checker.Report;

namespace ChatLock.Checker.Commands;

/// <summary>Judges histories that are there already, and looks for plaintexts in files.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var histories = new Argument<string[]>("HISTORY") { Arity = ArgumentArity.OneOrMore, Description = "files of one history" };
        var show = new Option<int>("--show") { DefaultValueFactory = _ => 20, Description = "violations to print" };
        var command = new Command("check", "judges a history") { histories, show };
        command.SetAction(parsed =>
        {
            var verdict = HistoryFiles.Check(parsed.GetValue(histories)!);
            foreach (var line in VerdictText.Lines(verdict, parsed.GetValue(show)))
                Console.WriteLine(line);
            return verdict.IsGood ? ExitCode.Good : ExitCode.Violated;
        });
        return command;
    }

    public static Command MakeScan()
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore, Description = "files and folders" };
        var canaries = new Option<string[]>("--canary") { Required = true, Description = "a text that must not be there" };
        var markers = new Option<string[]>("--marker")
        {
            Description = "a text that must be there: if it isn't found, neither would a canary be",
        };
        var command = new Command("scan", "looks for plaintexts in files") { paths, canaries, markers };
        command.SetAction(parsed =>
        {
            var report = CanaryScan.Scan(CanarySet.Of(parsed.GetValue(canaries)!), parsed.GetValue(paths)!);
            foreach (var found in report.Found)
                Console.WriteLine(found);
            Console.WriteLine($"{report.Files} files, {report.Bytes} bytes, {report.Canaries.Count} canaries found");
            if (parsed.GetValue(markers) is { Length: > 0 } wanted)
                RequireMarkers(wanted, parsed.GetValue(paths)!);
            return report.Found.Count == 0 ? ExitCode.Good : ExitCode.Violated;
        });
        return command;
    }

    private static void RequireMarkers(string[] markers, string[] paths)
    {
        var found = CanaryScan.Scan(CanarySet.Of(markers), paths).Canaries;
        if (markers.FirstOrDefault(marker => !found.Contains(marker)) is { } missing)
            throw new CanaryException($"The marker \"{missing}\" wasn't found: these aren't the files, or what is in them can't be seen.");
    }
}

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    /// <summary>All is right.</summary>
    public const int Good = 0;

    /// <summary>A promise is broken.</summary>
    public const int Violated = 1;

    /// <summary>Nothing could be judged.</summary>
    public const int Unusable = 2;
}
