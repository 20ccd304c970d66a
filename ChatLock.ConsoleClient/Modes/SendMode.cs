using ChatLock.Client;
using ChatLock.Client.Conversations;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Output;
using ChatLock.Protocol.Text;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>Sends one text, or each line of standard input as it is, and leaves when all are acknowledged.</summary>
/// <param name="client">The client.</param>
/// <param name="presenter">Words or JSON.</param>
/// <param name="output">Where to.</param>
/// <param name="rooms">The rooms we are in.</param>
/// <param name="to">The receiver's name; <c>null</c> for all.</param>
/// <param name="room">The room to say it in; <c>null</c>: the lobby, or to one.</param>
/// <param name="text">The text; <c>null</c> reads lines.</param>
/// <param name="lines">Where lines come from.</param>
internal sealed class SendMode(
    ChatClient client, IPresenter presenter, ILineOutput output, RoomBook rooms, string? to, string? room, string? text, TextReader lines)
    : OneShotMode(client, presenter, output, rooms, room)
{
    private bool _hasEnded;
    private bool _isReading;

    protected override void Begin()
    {
        _hasEnded = text is not null;
        if (text is not null)
            Send(text);
        else
            ReadOn();
    }

    protected override void On(ModeInput input)
    {
        base.On(input);
        if (input is ModeInput.Line line)
        {
            _isReading = false;
            if (line.Text is null)
                _hasEnded = true;
            else if (line.Text.Length > 0)
                Send(line.Text);
        }
        if (!HasBegun)
            return;
        if (_hasEnded && Pending == 0)
            Leave();
        else
            ReadOn();
    }

    protected override void On(ClientEvent happened)
    {
        if (happened is ClientEvent.MessageFailed)
            Verdict = ExitCode.Failed;
    }

    private void Send(string said)
    {
        var body = new MessageBody(MessageText.WithoutControls(said)); // another program's colours, for example
        Ask(to is null ? new ClientCommand.Say(body, Rooms.Current.Id) : new ClientCommand.SayTo(to, body));
    }

    private void ReadOn()
    {
        if (_hasEnded || _isReading || Pending >= PlainMode.PendingMax)
            return;
        _isReading = true;
        _ = Task.Run(async () => await GiveAsync(new ModeInput.Line(await lines.ReadLineAsync())));
    }
}
