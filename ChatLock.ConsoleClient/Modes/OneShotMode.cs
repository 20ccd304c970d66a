using ChatLock.Client;
using ChatLock.ConsoleClient.Output;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>Enters the lobby, does one thing, leaves. A name that can't be had ends it with exit code 4.</summary>
internal abstract class OneShotMode(ChatClient client, IPresenter presenter, ILineOutput output)
    : ChatMode(client, presenter, output)
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
            case ModeInput.Happened { Event: ClientEvent.Entered { IsAgain: false } }:
                Begin();
                break;
            case ModeInput.Happened { Event: var happened }:
                On(happened);
                break;
        }
    }

    /// <summary>In the lobby.</summary>
    protected abstract void Begin();

    protected abstract void On(ClientEvent happened);
}

/// <summary>Shows what comes, until it is interrupted.</summary>
internal sealed class TailMode(ChatClient client, IPresenter presenter, ILineOutput output)
    : OneShotMode(client, presenter, output)
{
    protected override void Begin()
    {
    }

    protected override void On(ClientEvent happened)
    {
    }
}

/// <summary>Tells who is here.</summary>
internal sealed class WhoMode(ChatClient client, IPresenter presenter, ILineOutput output)
    : OneShotMode(client, presenter, output)
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
