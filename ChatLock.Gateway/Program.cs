using System.Collections;
using ChatLock.Actors;
using ChatLock.Gateway;
using ChatLock.Gateway.Settings;

const int ExitOk = 0, ExitFailed = 1, ExitUsage = 2;

try
{
    var arguments = GatewayArguments.Parse(args);
    if (arguments.Answer is { } answer)
    {
        Console.Out.WriteLine(answer);
        return ExitOk;
    }

    var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));
    var config = SettingsLayers.Merge(arguments.Settings, environment, arguments.File);
    await using var host = await GatewayHost.StartAsync(config, TimeProvider.System);
    Console.Out.Write(Banner.For(host));
    return await host.WaitForStopAsync() ? ExitOk : ExitFailed;
}
catch (SettingsException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return ExitUsage;
}
