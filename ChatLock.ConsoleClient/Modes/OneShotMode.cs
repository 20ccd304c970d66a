using ChatLock.Client;
using ChatLock.ConsoleClient.Input;
using ChatLock.ConsoleClient.Output;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>Enters the lobby, does one thing, leaves. A name that can't be had ends it with exit code 4.</summary>
/// <param name="client">The client.</param>
/// <param name="presenter">Words or JSON.</param>
/// <param name="output">Where to.</param>
/// <param name="rooms">The rooms we are in.</param>
/// <param name="room">A room to enter first: a name, a code or a link; <c>null</c>: the lobby does.</param>
internal abstract class OneShotMode(ChatClient client, IPresenter presenter, ILineOutput output, RoomBook rooms, string? room = null)
    : ChatMode(client, presenter, output, rooms)
{
    protected override void On(ModeInput input)
    {
        switch (input)
        {
            case ModeInput.Happened { Event: ClientEvent.NameNeeded need }:
                Verdict = CodeOf(need);
                if (need.Wanted is null)
                    Say("A name is needed: --name NAME");
                Leave();
                break;
            case ModeInput.Happened { Event: ClientEvent.Entered { IsAgain: false } } when room is not null:
                Client.Do(new ClientCommand.Join(room));
                break;
            case ModeInput.Happened { Event: ClientEvent.Entered { IsAgain: false } }:
            case ModeInput.Happened { Event: ClientEvent.RoomEntered { IsAgain: false } } when !HasBegun:
                HasBegun = true;
                Begin();
                break;
            case ModeInput.Happened { Event: ClientEvent.CommandRefused } when room is not null && !HasBegun:
                Verdict = ExitCode.Failed;
                Leave();
                break;
            case ModeInput.Happened { Event: var happened }:
                On(happened);
                break;
        }
    }

    /// <summary>Whether the lobby, or the wanted room, was entered.</summary>
    protected bool HasBegun { get; private set; }

    /// <summary>In the lobby, or in the wanted room.</summary>
    protected abstract void Begin();

    protected abstract void On(ClientEvent happened);
}

/// <summary>Shows what comes, until it is interrupted.</summary>
/// <param name="client">The client.</param>
/// <param name="presenter">Words or JSON.</param>
/// <param name="output">Where to.</param>
/// <param name="rooms">The rooms we are in.</param>
/// <param name="room">A room to enter; <c>null</c>: the lobby alone.</param>
internal sealed class TailMode(ChatClient client, IPresenter presenter, ILineOutput output, RoomBook rooms, string? room)
    : OneShotMode(client, presenter, output, rooms, room)
{
    protected override void Begin()
    {
    }

    protected override void On(ClientEvent happened)
    {
    }
}

/// <summary>Tells who is here.</summary>
internal sealed class WhoMode(ChatClient client, IPresenter presenter, ILineOutput output, RoomBook rooms)
    : OneShotMode(client, presenter, output, rooms)
{
    protected override void Begin() => Ask(new ClientCommand.Who());

    protected override void On(ClientEvent happened)
    {
        if (happened is ClientEvent.CommandRefused)
            Verdict = ExitCode.Failed;
        if (happened is ClientEvent.WhoAnswered or ClientEvent.CommandRefused)
            Leave();
    }
}
