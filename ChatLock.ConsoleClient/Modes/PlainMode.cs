using ChatLock.Client;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Output;
using ChatLock.ConsoleClient.Settings;
using ChatLock.ConsoleClient.Terminal;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>Lines in, lines out: for pipes, scripts, and terminals that can do no more.</summary>
/// <remarks>A line is read when it can be dealt with: the first one is the name, unless a name is known already; then
/// at most <see cref="PendingMax"/> commands wait for their answers.</remarks>
internal sealed class PlainMode : ChatMode
{
    public const int PendingMax = 64;

    private readonly StreamOutput _output;
    private readonly ConsoleIo _io;
    private readonly ConsoleSettings _settings;
    private readonly TextReader _lines;
    private readonly string? _invite;
    private readonly LineParser _parser;
    private bool _isReading;
    private bool _hasEnded;
    private bool _nameWanted;
    private bool _isGoing;

    public PlainMode(
        ChatClient client, IPresenter presenter, StreamOutput output, RoomBook rooms, ConsoleIo io, ConsoleSettings settings,
        TextReader lines, string? invite)
        : base(client, presenter, output, rooms) =>
        (_output, _io, _settings, _lines, _invite, _parser) = (output, io, settings, lines, invite, new LineParser(rooms));

    protected override void On(ModeInput input)
    {
        switch (input)
        {
            case ModeInput.Happened { Event: ClientEvent.NameNeeded need }:
                OnNameNeeded(need);
                break;
            case ModeInput.Happened { Event: ClientEvent.Entered entered }:
                _nameWanted = false;
                if (_invite is not null && !entered.IsAgain)
                    GoTo(new ClientCommand.Join(_invite));
                break;
            case ModeInput.Happened { Event: ClientEvent.RoomEntered { IsAgain: false } or ClientEvent.CommandRefused } when _isGoing:
                _isGoing = false;
                break;
            case ModeInput.Line { Text: { } line }:
                _isReading = false;
                OnLine(line);
                break;
            case ModeInput.Line:
                OnEnd();
                break;
            case ModeInput.DrainOver:
                Leave();
                break;
        }
        if (_hasEnded && Pending == 0)
            Leave();
        else
            ReadOn();
    }

    private void OnNameNeeded(ClientEvent.NameNeeded need)
    {
        _nameWanted = true;
        var canAsk = _io.InIsTerminal || (_settings.Name is null && !_hasEnded);
        if (!canAsk)
        {
            Verdict = CodeOf(need);
            if (need.Wanted is null)
                Say("A name is needed: --name NAME");
            Leave();
        }
        else if (_io.InIsTerminal)
            _output.Prompt("Name: ");
        else
            Say("The next line is taken as the name.", LineLevel.Normal);
    }

    private void OnLine(string line)
    {
        if (_nameWanted && line.Trim().Length > 0)
        {
            _nameWanted = false;
            Client.Do(new ClientCommand.ChooseName(line));
            return;
        }
        var parsed = _parser.Parse(line);
        switch (parsed)
        {
            case LineCommand.Do { Command: ClientCommand.Leave }:
                Leave();
                break;
            case LineCommand.Do { Command: ClientCommand.Connect connect }:
                Client.Do(connect);
                break;
            case LineCommand.Do { Command: ClientCommand.Join or ClientCommand.CreateRoom } going:
                GoTo(going.Command);
                break;
            case LineCommand.Do { Command: var command }:
                Ask(command);
                break;
            case LineCommand.Help help:
                foreach (var text in HelpText.Lines(help.Command))
                    Output.Write(OutputLine.About(text, LineLevel.Error));
                break;
            default:
                TryDoAtOnce(parsed);
                break;
        }
    }

    /// <summary>What is read next is meant for that room: it isn't read before we are in it, or know that we aren't.</summary>
    private void GoTo(ClientCommand command)
    {
        _isGoing = true;
        Ask(command);
    }

    private void OnEnd()
    {
        _hasEnded = true;
        if (_nameWanted)
        {
            Verdict = WasOnline ? ExitCode.NameTaken : ExitCode.Usage;
            Say("Standard input ended before a name was given: --name NAME");
            Leave();
        }
        else if (Pending > 0)
            _ = DrainAsync();
    }

    private async Task DrainAsync()
    {
        await Task.Delay(_settings.DrainTimeout);
        await GiveAsync(new ModeInput.DrainOver());
    }

    private void ReadOn()
    {
        var wanted = _nameWanted || (WasOnline && Pending < PendingMax && !_isGoing);
        if (_isReading || _hasEnded || !wanted)
            return;
        _isReading = true;
        // A console's stream blocks whoever reads it: not this thread.
        _ = Task.Run(async () => await GiveAsync(new ModeInput.Line(await _lines.ReadLineAsync())));
    }
}
