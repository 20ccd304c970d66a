using System.CommandLine;
using System.Text;
using ChatLock.Client;
using ChatLock.Client.Rooms;
using ChatLock.ConsoleClient.Cli;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Modes;
using ChatLock.ConsoleClient.Output;
using ChatLock.ConsoleClient.Settings;
using ChatLock.ConsoleClient.Terminal;

namespace ChatLock.ConsoleClient;

/// <summary>The program, with its surroundings given from outside.</summary>
internal sealed class ConsoleApp(ConsoleIo io)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var tree = new CommandLineTree(RunConnectedAsync, RunLab);
        var parsed = tree.Root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors)
                Complain(wrong.Message);
            Complain("chatlock --help tells what can be written.");
            return ExitCode.Usage;
        }
        await using var output = new StreamWriter(io.Out, new UTF8Encoding(false), leaveOpen: true);
        await using var error = new StreamWriter(io.Error, new UTF8Encoding(false), leaveOpen: true);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private async Task<int> RunConnectedAsync(ConnectedRun run)
    {
        ConsoleSettings settings;
        try
        {
            settings = SettingsReader.Read(SettingsLayers.Merge(run.Flags, io.Environment, run.ConfigFile), io.Environment);
        }
        catch (SettingsException wrong)
        {
            Complain(wrong.Message);
            return ExitCode.Usage;
        }
        if (InviteOf(run.Invocation) is { } invite && !InviteLink.TryParse(invite, out _, out var wrongInvite))
        {
            Complain(wrongInvite);
            return ExitCode.Usage;
        }
        var showsMail = run.Invocation is Invocation.Join or Invocation.Tail;
        if (!ClientHost.TryOpen(settings, showsMail, out var host, out var problem))
        {
            Complain(problem);
            return ExitCode.Failed;
        }
        await using (host)
        {
            try
            {
                return await RunAsync(run.Invocation, settings, host);
            }
            catch (IOException)
            {
                return ExitCode.Failed; // whoever read our output is gone, as with "| head"
            }
        }
    }

    private async Task<int> RunAsync(Invocation invocation, ConsoleSettings settings, ClientHost host)
    {
        var usesEditor = invocation is Invocation.Join && io is { InIsTerminal: true, OutIsTerminal: true, IsDumb: false }
            && !settings.Plain && !settings.Json;
        using var signals = new Signals();
        using var raw = usesEditor ? RawMode.TryEnter() : null;
        if (raw is null)
            return await RunPlainAsync(invocation, settings, host, signals);

        var screen = new ScreenOutput(io, settings.Level);
        var rooms = new RoomBook();
        var presenter = Presenter(settings, io.Columns, rooms);
        Remark(host, presenter, screen);
        var exit = await new InteractiveMode(host.Client, presenter, screen, rooms, io, InviteOf(invocation)).RunAsync(signals);
        screen.End();
        return exit;
    }

    private Task<int> RunPlainAsync(Invocation invocation, ConsoleSettings settings, ClientHost host, Signals signals)
    {
        var output = new StreamOutput(io, settings.Level);
        var rooms = new RoomBook();
        IPresenter presenter = settings.Json ? new JsonPresenter(rooms) : Presenter(settings, columns: null, rooms);
        Remark(host, presenter, output);
        ChatMode mode = invocation switch
        {
            Invocation.Join join => new PlainMode(host.Client, presenter, output, rooms, io, settings, Lines(), join.Invite),
            Invocation.Send send => new SendMode(host.Client, presenter, output, rooms, send.To, send.Room, send.Text, Lines()),
            Invocation.Tail tail => new TailMode(host.Client, presenter, output, rooms, tail.Room),
            Invocation.Who => new WhoMode(host.Client, presenter, output, rooms),
            Invocation.Verify verify => new VerifyMode(host.Client, presenter, output, rooms, verify.Name, verify.Fingerprint),
            _ => throw new InvalidOperationException($"no rule for {invocation.GetType().Name}"),
        };
        return mode.RunAsync(signals);
    }

    private static string? InviteOf(Invocation invocation) => invocation switch
    {
        Invocation.Join join => join.Invite,
        Invocation.Send send => send.Room,
        Invocation.Tail tail => tail.Room,
        _ => null,
    };

    private StreamReader Lines() => new(io.In, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static void Remark(ClientHost host, IPresenter presenter, ILineOutput output)
    {
        if (host.Remark is not { } remark)
            return;
        foreach (var line in presenter.About(remark, LineLevel.Normal))
            output.Write(line);
    }

    private TextPresenter Presenter(ConsoleSettings settings, Func<int>? columns, RoomBook rooms)
    {
        var colours = settings.Colour switch
        {
            ColourChoice.Always => true,
            ColourChoice.Never => false,
            _ => io.OutIsTerminal && !io.IsDumb && io.Environment.GetValueOrDefault("NO_COLOR") is null or "",
        };
        return new TextPresenter(new Palette(colours), new MessageClock(TimeProvider.System, settings.Times).Show, columns, rooms);
    }

    private int RunLab(LabRun run)
    {
        var result = run switch
        {
            LabRun.Des des => Lab.Des(des.Key, des.BlockOrText, des.IsDecrypting),
            LabRun.Ecdsa sign => Lab.Ecdsa(sign.Curve, sign.PrivateKey, sign.Message, sign.Nonce, sign.WithSteps),
            _ => throw new InvalidOperationException($"no rule for {run.GetType().Name}"),
        };
        foreach (var line in result.Lines)
            io.Out.Write(Encoding.UTF8.GetBytes(Shown.Sentence(line) + "\n"));
        if (result.Problem.Length > 0)
            Complain(result.Problem);
        return result.Problem.Length > 0 ? ExitCode.Usage : ExitCode.Ok;
    }

    private void Complain(string sentence) => io.Error.Write(Encoding.UTF8.GetBytes(Shown.Sentence(sentence) + "\n"));
}
