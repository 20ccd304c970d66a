using System.CommandLine;
using System.Globalization;
using ChatLock.Checker.Canaries;
using ChatLock.Checker.Commands;
using ChatLock.Checker.History;
using ChatLock.Checker.Soak;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Checks what a ChatLock gateway promises: histories, files, faults.")
{
    CheckCommand.Make(), CheckCommand.MakeScan(), ProxyCommand.Make(), SoakCommand.Make(),
};
try
{
    var parsed = root.Parse(args);
    var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCode.Unusable : code;
}
catch (Exception unusable) when (unusable is HistoryException or CanaryException or SoakException)
{
    Console.Error.WriteLine(unusable.Message);
    return ExitCode.Unusable;
}
