using ChatLock.Client;
using ChatLock.Client.Connection;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Output;
using ChatLock.ConsoleClient.Terminal;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>A line editor at the bottom, messages above it.</summary>
internal sealed class InteractiveMode : ChatMode
{
    private readonly ConsoleIo _io;
    private readonly ScreenOutput _screen;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly string? _invite;
    private readonly LineParser _parser;
    private LineEditor _chat = LineEditor.Empty;
    private LineEditor? _naming;
    private string _name = "";
    private bool _isOnline;

    public InteractiveMode(ChatClient client, IPresenter presenter, ScreenOutput screen, RoomBook rooms, ConsoleIo io, string? invite)
        : base(client, presenter, screen, rooms) =>
        (_screen, _io, _invite, _parser) = (screen, io, invite, new LineParser(rooms));

    private string Prompt => _naming is not null ? "Name: "
        : $"{(_isOnline ? Shown.Name(_name) : "(not connected)")}{Where}{(_isOnline ? "> " : " ")}";

    private string Where => Rooms.Current switch
    {
        { Id: null } => "",
        { IsGone: true } room => $" {Shown.Room(room.Label)} (gone)",
        var room => $" {Shown.Room(room.Label)}",
    };

    protected override void Started()
    {
        _screen.Begin();
        // A thread of its own: reading a terminal blocks, and ends with the process.
        new Thread(ReadKeys) { IsBackground = true, Name = "keys" }.Start();
        Redraw();
    }

    protected override void On(ModeInput input)
    {
        switch (input)
        {
            case ModeInput.Pressed { Key: var key }:
                OnKey(key);
                break;
            case ModeInput.Happened { Event: var happened }:
                OnEvent(happened);
                break;
            case ModeInput.Line:
                Leave(); // the terminal is gone
                break;
        }
        Redraw();
    }

    private void OnKey(Key key)
    {
        if (key.Kind == KeyKind.Room)
        {
            if (Rooms.Find(key.Text) is { } room)
                Rooms.Switch(room);
            return;
        }
        var isNaming = _naming is not null;
        var (next, outcome) = (_naming ?? _chat).On(key, isNaming ? _ => [] : Complete);
        if (isNaming)
            _naming = next;
        else
            _chat = next;

        switch (outcome)
        {
            case EditorOutcome.Submit when isNaming:
                ChooseName(next.Submitted);
                break;
            case EditorOutcome.Submit:
                Carry(_parser.Parse(next.Submitted));
                break;
            case EditorOutcome.Leave:
                Leave();
                break;
            case EditorOutcome.Interrupt when isNaming || !WasOnline:
                OnInterrupted();
                break;
            case EditorOutcome.Interrupt:
                Say("Ctrl-D or /quit leaves.", LineLevel.Normal);
                break;
            case EditorOutcome.ClearScreen:
                _screen.Clear();
                break;
        }
    }

    private IReadOnlyList<string> Complete(string before) =>
        WordCompletion.For(before, _names, Rooms.All.Select(room => room.Label));

    private void ChooseName(string name)
    {
        if (name.Trim().Length == 0)
            return;
        _naming = null;
        Client.Do(new ClientCommand.ChooseName(name));
    }

    private void Carry(LineCommand command)
    {
        switch (command)
        {
            case LineCommand.Do { Command: ClientCommand.Leave }:
                Leave();
                break;
            case LineCommand.Do { Command: var wanted }:
                Client.Do(wanted);
                break;
            case LineCommand.Help help:
                foreach (var line in HelpText.Lines(help.Command))
                    Output.Write(OutputLine.Data(line));
                break;
            default:
                TryDoAtOnce(command);
                break;
        }
    }

    private void OnEvent(ClientEvent happened)
    {
        switch (happened)
        {
            case ClientEvent.NameNeeded:
                _naming = LineEditor.Empty;
                break;
            case ClientEvent.Entered entered:
                (_name, _isOnline, _naming) = (entered.Name, true, null);
                _names.Clear();
                _names.UnionWith(entered.Here.Select(Shown.Name));
                if (_invite is not null && !entered.IsAgain)
                    Client.Do(new ClientCommand.Join(_invite));
                break;
            case ClientEvent.RoomEntered entered:
                _names.UnionWith(entered.Room.Members.Select(Shown.Name));
                break;
            case ClientEvent.YouRenamed renamed:
                _name = renamed.Now;
                break;
            case ClientEvent.StatusChanged { Status: not ConnectionStatus.Online }:
                _isOnline = false;
                break;
            case ClientEvent.PresenceChanged { Room: not null } presence:
                _names.UnionWith(presence.Joined.Select(Shown.Name));
                break;
            case ClientEvent.PresenceChanged presence:
                _names.ExceptWith(presence.Left.Select(left => Shown.Name(left.Peer)));
                _names.ExceptWith(presence.Renamed.Select(renamed => Shown.Name(renamed.Before)));
                _names.UnionWith(presence.Joined.Concat(presence.Renamed.Select(renamed => renamed.Peer)).Select(Shown.Name));
                break;
            case ClientEvent.MessageFailed failed when failed.To is not null || failed.Room == Rooms.Current.Id:
                _chat = _chat.WithTextIfEmpty(failed.To is null ? failed.Body.Text : $"private:{failed.To}:{failed.Body.Text}");
                break;
        }
    }

    private void Redraw() => _screen.Show(InputRow.Of(Prompt, _naming ?? _chat, _io.Columns()));

    private void ReadKeys()
    {
        var decoder = new KeyDecoder();
        var bytes = new byte[4096];
        try
        {
            while (_io.In.Read(bytes) is > 0 and var count)
            {
                foreach (var key in decoder.Feed(bytes.AsSpan(0, count)))
                    GiveAsync(new ModeInput.Pressed(key)).AsTask().Wait();
            }
        }
        catch (IOException)
        {
            // The terminal is gone: as at its end.
        }
        GiveAsync(new ModeInput.Line(null)).AsTask().Wait();
    }
}
