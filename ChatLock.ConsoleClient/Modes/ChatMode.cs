using System.Threading.Channels;
using ChatLock.Client;
using ChatLock.Client.Connection;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Output;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>A way to use the client: one queue of inputs, taken one by one until the client has stopped.</summary>
internal abstract class ChatMode
{
    private const int InputsMax = 256;
    private readonly Channel<ModeInput> _inputs = Channel.CreateBounded<ModeInput>(InputsMax);
    private readonly PendingCount _pending = new();
    private bool _isLeaving;

    protected ChatMode(ChatClient client, IPresenter presenter, ILineOutput output, RoomBook rooms) =>
        (Client, Presenter, Output, Rooms) = (client, presenter, output, rooms);

    protected ChatClient Client { get; }

    protected IPresenter Presenter { get; }

    protected ILineOutput Output { get; }

    /// <summary>Which rooms we are in.</summary>
    protected RoomBook Rooms { get; }

    /// <summary>The exit code if the client stops because it was told to.</summary>
    protected int Verdict { get; set; } = ExitCode.Ok;

    /// <summary>Commands without an answer yet.</summary>
    protected int Pending => _pending.Count;

    /// <summary>Whether the lobby was reached.</summary>
    protected bool WasOnline { get; private set; }

    /// <summary>Connects, and reacts until the client has stopped.</summary>
    /// <param name="signals">What interrupts it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Signals signals)
    {
        using var over = new CancellationTokenSource();
        signals.Came = () => Give(new ModeInput.Interrupted());
        var events = PumpEventsAsync(over.Token);
        Client.Do(new ClientCommand.Connect());
        Started();
        try
        {
            await foreach (var input in _inputs.Reader.ReadAllAsync())
            {
                if (React(input) is { } exit)
                    return exit;
            }
            return ExitCode.Failed;
        }
        finally
        {
            await over.CancelAsync();
            await events;
        }
    }

    /// <summary>Queues an input from any thread; waits while the queue is full.</summary>
    protected ValueTask GiveAsync(ModeInput input) => _inputs.Writer.WriteAsync(input);

    /// <summary>Queues an input that must not wait, such as a signal; if the queue is full the next one will do.</summary>
    protected void Give(ModeInput input) => _inputs.Writer.TryWrite(input);

    protected void Ask(ClientCommand command)
    {
        _pending.Asked(command);
        Client.Do(command);
    }

    protected void Leave()
    {
        if (_isLeaving)
            return;
        _isLeaving = true;
        Client.Do(new ClientCommand.Leave());
    }

    protected void Say(string sentence, LineLevel level = LineLevel.Error) => Write(Presenter.About(sentence, level));

    protected void Write(IEnumerable<OutputLine> lines)
    {
        foreach (var line in lines)
            Output.Write(line);
    }

    /// <summary>What needs nobody's answer.</summary>
    /// <returns>Whether it was such a command.</returns>
    protected bool TryDoAtOnce(LineCommand command)
    {
        switch (command)
        {
            case LineCommand.GoTo go:
                Rooms.Switch(go.Room);
                break;
            case LineCommand.ShowRooms:
                Write(Presenter.Rooms());
                break;
            case LineCommand.ShowTopic:
                Write(Presenter.Topic());
                break;
            case LineCommand.Wrong wrong:
                Say(wrong.Sentence);
                break;
            default:
                return false;
        }
        return true;
    }

    /// <summary>The exit code where nobody can be asked for another name.</summary>
    protected static int CodeOf(ClientEvent.NameNeeded need) =>
        need.Wanted is null || need.Code == CodeNames.Of(RefusalCode.NameInvalid) ? ExitCode.Usage : ExitCode.NameTaken;

    /// <summary>The first moment of the mode.</summary>
    protected virtual void Started()
    {
    }

    /// <summary>After each input other than a signal.</summary>
    protected abstract void On(ModeInput input);

    /// <summary>A signal to stop.</summary>
    protected virtual void OnInterrupted()
    {
        Verdict = ExitCode.Interrupted;
        Leave();
    }

    private int? React(ModeInput input)
    {
        switch (input)
        {
            case ModeInput.Interrupted when _isLeaving && Verdict == ExitCode.Interrupted:
                return ExitCode.Interrupted; // twice: at once
            case ModeInput.Interrupted:
                OnInterrupted();
                return null;
            case ModeInput.Happened { Event: var happened } about:
                Rooms.On(happened);
                Write(Presenter.Present(happened));
                WasOnline |= happened is ClientEvent.Entered;
                _pending.Happened(happened);
                On(input);
                about.DealtWith.TrySetResult();
                return happened is ClientEvent.StatusChanged { Status: ConnectionStatus.Stopped stopped } ? CodeOf(stopped) : null;
            default:
                On(input);
                return null;
        }
    }

    private int CodeOf(ConnectionStatus.Stopped stopped) => stopped.Kind switch
    {
        StopKind.CannotConnect => ExitCode.CannotConnect,
        StopKind.NotTrusted => ExitCode.NotVerified,
        StopKind.Refused => ExitCode.Failed,
        _ => Verdict,
    };

    /// <remarks>The next event is asked for when this one was dealt with: only then its message is acknowledged.</remarks>
    private async Task PumpEventsAsync(CancellationToken over)
    {
        try
        {
            await foreach (var happened in Client.ReadEventsAsync(over))
            {
                var input = new ModeInput.Happened(happened);
                await _inputs.Writer.WriteAsync(input, over);
                await input.DealtWith.Task.WaitAsync(over);
            }
            _inputs.Writer.TryComplete(); // the client has ended by itself
        }
        catch (OperationCanceledException)
        {
            // The mode is over.
        }
    }
}
