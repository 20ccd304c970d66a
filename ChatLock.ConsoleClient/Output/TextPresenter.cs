using ChatLock.Client;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Text;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Lines for people, worded as in the original report.</summary>
/// <param name="palette">Colours.</param>
/// <param name="clock">What a message's time is shown as; <c>null</c> shows none.</param>
/// <param name="columns">The terminal's width; <c>null</c> where there is none.</param>
internal sealed class TextPresenter(Palette palette, Func<DateTimeOffset, string>? clock, Func<int>? columns) : IPresenter
{
    private const string GoesOn = "    | ";
    private const string Indent = "   ";
    private const string WordIndent = "    ";
    private const int WordLetters = 8;

    public IEnumerable<OutputLine> About(string sentence, LineLevel level) => Tell(sentence, level);

    public IEnumerable<OutputLine> Present(ClientEvent happened) => happened switch
    {
        ClientEvent.MessageCame came => Message(came),
        ClientEvent.MessageSent sent => Message(sent),
        ClientEvent.MessageDelivered delivered => Tell($"delivered to {delivered.To.Name}", LineLevel.Detail),
        ClientEvent.MessageUnreadable gap => [Gap(gap)],
        ClientEvent.MessagesMissing missing =>
            [OutputLine.Data($"!! messages {missing.From} to {missing.To} of the lobby didn't reach you: the connection was gone for too long")],
        ClientEvent.MessageFailed failed => Tell(
            $"!! {failed.Sentence} Not sent{(failed.To is null ? "" : $" to {failed.To}")}: {failed.Body.Text}", LineLevel.Error, isWarning: true),
        ClientEvent.MessageHeld held =>
            Tell($"Waits to be sent{(held.To is null ? "" : $" to {held.To}")}: {held.Body.Text}", LineLevel.Normal),
        ClientEvent.PresenceChanged presence => Presence(presence),
        ClientEvent.YouRenamed renamed => [OutputLine.Data($"You are now called {Shown.Name(renamed.Now)}")],
        ClientEvent.WhoAnswered who => [Who(who)],
        ClientEvent.PeerShown shown => shown.IsVerifying ? Verify(shown) : Whois(shown),
        ClientEvent.PeerPinned pinned => [OutputLine.Data(Pinned(pinned.Peer))],
        ClientEvent.PeerKeyChanged changed => KeyChanged(changed),
        ClientEvent.IgnoreChanged ignore => [OutputLine.Data(
            ignore.IsIgnored ? $"Nothing of {Shown.Name(ignore.Peer)} is shown any more" : $"{Shown.Name(ignore.Peer)} is shown again")],
        ClientEvent.Inspected inspected => inspected.Lines.Select(line => OutputLine.Data(Shown.Sentence(line))),
        ClientEvent.SuiteShown suite => [OutputLine.Data(Suite(suite.Suite))],
        ClientEvent.NameNeeded need => NameNeeded(need),
        ClientEvent.StatusChanged { Status: ConnectionStatus.Stopped { Kind: not StopKind.Left } stopped } =>
            Tell(stopped.Sentence, LineLevel.Error, isWarning: true),
        ClientEvent.StatusChanged { Status: ConnectionStatus.Connecting { Again: true } again } => Tell(again.Sentence, LineLevel.Detail),
        ClientEvent.StatusChanged status => Tell(status.Status.Sentence, LineLevel.Normal),
        ClientEvent.CommandRefused no => Tell(no.Sentence, LineLevel.Error),
        ClientEvent.Notice { IsWarning: true } notice => Tell($"!! {notice.Sentence}", LineLevel.Error, isWarning: true),
        ClientEvent.Notice notice => Tell(notice.Sentence, LineLevel.Normal),
        _ => [],
    };

    private IEnumerable<OutputLine> Tell(string sentence, LineLevel level, bool isWarning = false) =>
        Shown.Sentence(sentence, columns?.Invoke() - Indent.Length).Select((row, index) => OutputLine.About(
            (index == 0 ? "" : Indent) + (isWarning ? palette.Warning(row) : row), level));

    private IEnumerable<OutputLine> Message(ClientEvent.MessageCame came) => Lines(came.Body, came.Suite, came.Time, colours =>
    {
        var name = colours.Name(Shown.Name(came.From), came.From.Key) + Mark(colours, came.From.Standing);
        return came.Body.IsAction
            ? $"* {name}{(came.IsPrivate ? " (private)" : "")} "
            : $"{name} to {(came.IsPrivate ? "me (private)" : "all")}: ";
    });

    private IEnumerable<OutputLine> Message(ClientEvent.MessageSent sent) => Lines(sent.Body, sent.Suite, sent.Time, colours =>
        (sent.To, sent.Body.IsAction) switch
        {
            (null, true) => "* Me ",
            (null, false) => "Me to all: ",
            ({ } to, var isAction) =>
                $"Me to {colours.Name(Shown.Name(to), to.Key)}{Mark(colours, to.Standing)} (private): {(isAction ? "* " : "")}",
        });

    /// <remarks>A line that goes on starts with blanks and a bar, and on a terminal lines are cut before the terminal
    /// would do it: no text can pass for a line of its own.</remarks>
    private IEnumerable<OutputLine> Lines(MessageBody body, SuiteInfo suite, DateTimeOffset time, Func<Palette, string> head)
    {
        var label = suite.IsInsecure ? $"[{suite.Label}] " : "";
        var at = clock is null ? "" : $"[{clock(time)}] ";
        var used = at.Length + label.Length + Math.Max(GoesOn.Length, TerminalWidth.Of(head(Palette.Off)));
        return Shown.Message(body.Text, columns?.Invoke() - used).Select((line, index) => OutputLine.Data(
            palette.Quiet(at) + palette.Warning(label) + (index == 0 ? head(palette) : GoesOn) + line));
    }

    private OutputLine Gap(ClientEvent.MessageUnreadable gap) => OutputLine.Data(palette.Warning(
        $"!! message {gap.Number} from {Shown.Name(gap.From)}{(gap.IsPrivate ? " (private)" : "")}: "
        + UnreadableSentences.Of(gap.Reason, gap.IsPrivate)));

    private IEnumerable<OutputLine> Presence(ClientEvent.PresenceChanged presence)
    {
        foreach (var peer in presence.Joined)
            yield return OutputLine.Data($"{palette.Name(Shown.Name(peer), peer.Key)}{Mark(palette, peer.Standing)} joined");
        foreach (var (peer, _) in presence.Left)
            yield return OutputLine.Data($"{palette.Name(Shown.Name(peer), peer.Key)} DISCONNECTED");
        foreach (var (before, peer) in presence.Renamed)
            yield return OutputLine.Data($"{Shown.Name(before)} is now called {palette.Name(Shown.Name(peer), peer.Key)}{Mark(palette, peer.Standing)}");
        if (presence.More > 0)
            yield return OutputLine.Data($"{presence.More} others came, went or changed their names; {presence.Online} are here");
    }

    private OutputLine Who(ClientEvent.WhoAnswered who)
    {
        var names = who.People.Select(peer => peer.Key == who.You
            ? $"{Shown.Name(peer)} (you)"
            : palette.Name(Shown.Name(peer), peer.Key) + Mark(palette, peer.Standing));
        return OutputLine.Data($"{who.People.Count}{(who.IsComplete ? "" : " and more")} online: {string.Join(", ", names)}");
    }

    private static IEnumerable<OutputLine> Whois(ClientEvent.PeerShown shown)
    {
        var name = Shown.Name(shown.Peer);
        yield return OutputLine.Data($"{name}: {(shown.IsHere ? "here" : "not here")}{(shown.IsIgnored ? ", ignored" : "")}, {StandingInWords(shown.Peer.Standing)}");
        yield return OutputLine.Data($"  key {shown.Peer.Key.ToGroups()}");
        foreach (var row in WordRows(shown.Peer.Key))
            yield return row;
        if (shown.Peer.Standing == PinStanding.Changed && shown.Pinned is { } before)
            yield return OutputLine.Data($"  had {before.ToGroups()}");
    }

    private static IEnumerable<OutputLine> Verify(ClientEvent.PeerShown shown)
    {
        var name = Shown.Name(shown.Peer);
        var width = Math.Max(name.Length, 3);
        yield return OutputLine.Data(
            $"Compare these with {name}, the words by voice or the digits side by side ({StandingInWords(shown.Peer.Standing)}):");
        foreach (var (whose, key) in new[] { (name, shown.Peer.Key), ("you", shown.You) })
        {
            yield return OutputLine.Data($"  {whose.PadRight(width)}  {key.ToGroups()}");
            foreach (var row in WordRows(key))
                yield return row;
        }
        if (shown.Peer.Standing == PinStanding.Changed && shown.Pinned is { } before)
            yield return OutputLine.Data($"  {"had".PadRight(width)}  {before.ToGroups()}");
        if (shown.Peer.Standing != PinStanding.Verified)
            yield return OutputLine.Data($"The same at both ends? Then: /verify {name} yes");
    }

    /// <summary>The 12 words in three rows of four: 39 columns at most, for terminals of any width.</summary>
    private static IEnumerable<OutputLine> WordRows(Fingerprint key) => key.ToWords().Chunk(4).Select(row =>
        OutputLine.Data(WordIndent + string.Join(' ', row.Select(word => word.PadRight(WordLetters))).TrimEnd()));

    private IEnumerable<OutputLine> KeyChanged(ClientEvent.PeerKeyChanged changed)
    {
        var name = Shown.Name(changed.Name);
        yield return OutputLine.Data(palette.Warning(
            $"!! {name} has another key than before: it is somebody else, or {name} on another device. Nothing is sent to {name} until you answer."));
        yield return OutputLine.Data($"   before {changed.Before.ToGroups()}");
        yield return OutputLine.Data($"   now    {changed.Now.ToGroups()}");
        yield return OutputLine.Data($"   Compared it with {name}? /verify {name} yes     Taking the risk? /verify {name} accept");
    }

    private IEnumerable<OutputLine> NameNeeded(ClientEvent.NameNeeded need)
    {
        if (need.Wanted is not { } wanted)
            return [];
        var free = need.Suggestions.Count == 0 ? "" : $" Free: {string.Join(", ", need.Suggestions)}.";
        var problem = need.Code == "name-taken" ? $"The name \"{wanted}\" exists." : $"\"{wanted}\": {need.Sentence}";
        return Tell(problem + free, LineLevel.Error);
    }

    private static string Pinned(Peer peer) => peer.Standing == PinStanding.Verified
        ? $"{Shown.Name(peer)} is verified: each of their messages says so from now on"
        : $"{Shown.Name(peer)}'s key is accepted; it wasn't compared";

    private string Suite(SuiteInfo suite) => suite.IsInsecure
        ? palette.Warning($"{suite.Label}: your private messages are encrypted as {suite.Name}; anyone who listens can read them within a day")
        : $"Your private messages are encrypted as {suite.Name}";

    private static string Mark(Palette colours, PinStanding standing) => standing switch
    {
        PinStanding.Verified => " (verified)",
        PinStanding.Changed => colours.Warning(" (KEY CHANGED)"),
        _ => "",
    };

    private static string StandingInWords(PinStanding standing) => standing switch
    {
        PinStanding.New => "never met before",
        PinStanding.Known => "the same key as at the first meeting, not compared yet",
        PinStanding.Verified => "verified",
        _ => "ANOTHER KEY than before",
    };
}
