using ChatLock.Client;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.ConsoleClient.Input;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Text;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Lines for people, worded as in the original report.</summary>
/// <param name="palette">Colours.</param>
/// <param name="clock">What stands before a message of that time; empty for nothing.</param>
/// <param name="columns">The terminal's width; <c>null</c> where there is none.</param>
/// <param name="rooms">What rooms are called.</param>
/// <remarks>What is said of rooms is in TextPresenter.Rooms.cs.</remarks>
internal sealed partial class TextPresenter(
    Palette palette, Func<DateTimeOffset, string> clock, Func<int>? columns, RoomBook rooms) : IPresenter
{
    private const string GoesOn = "    | ";
    private const string Indent = "   ";
    private const string WordIndent = "    ";
    private const int WordLetters = 8;
    private readonly WaitingTexts _waiting = new();

    public IEnumerable<OutputLine> About(string sentence, LineLevel level) => Tell(sentence, level);

    public IEnumerable<OutputLine> Present(ClientEvent happened) => happened switch
    {
        ClientEvent.MessageCame came => Message(came),
        ClientEvent.MessageSent sent => Message(_waiting.Note(sent)),
        ClientEvent.MessageDelivered delivered => Delivered(delivered),
        ClientEvent.MessageUnreadable gap => [Gap(gap)],
        ClientEvent.MessagesMissing missing => [OutputLine.Data(palette.Warning(Missing(missing)))],
        ClientEvent.MessageFailed failed => Tell(
            $"!! {failed.Sentence} Not sent{Whereto(failed.To, failed.Room)}: {failed.Body.Text}", LineLevel.Error, isWarning: true),
        ClientEvent.MessageHeld held => Tell($"Waits to be sent{Whereto(held.To, held.Room)}: {held.Body.Text}", LineLevel.Normal),
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
        _ => AboutRooms(happened),
    };

    private IEnumerable<OutputLine> Tell(string sentence, LineLevel level, bool isWarning = false) =>
        Rows(sentence).Select(row => OutputLine.About(isWarning ? palette.Warning(row) : row, level));

    private IEnumerable<OutputLine> Data(string sentence) => Rows(sentence).Select(OutputLine.Data);

    /// <summary>A sentence with foreign parts, made safe as a whole.</summary>
    private IEnumerable<string> Rows(string sentence) => Shown.Sentence(sentence, columns?.Invoke() - Indent.Length)
        .Select((row, index) => (index == 0 ? "" : Indent) + row);

    private IEnumerable<OutputLine> Message(ClientEvent.MessageCame came) => Lines(came.Body, came.Suite, came.Time, colours =>
    {
        var name = colours.Name(Shown.Name(came.From), came.From.Key) + Mark(colours, came.From.Standing);
        return came.Body.IsAction
            ? $"* {name}{(came.IsPrivate ? " (private)" : InRoom(came.Room))} "
            : $"{name} to {(came.IsPrivate ? "me (private)" : All(came.Room))}: ";
    });

    private IEnumerable<OutputLine> Message(ClientEvent.MessageSent sent) => Lines(sent.Body, sent.Suite, sent.Time, colours =>
        (sent.To, sent.Body.IsAction) switch
        {
            (null, true) => $"* Me{InRoom(sent.Room)} ",
            (null, false) => $"Me to {All(sent.Room)}: ",
            ({ } to, var isAction) =>
                $"Me to {colours.Name(Shown.Name(to), to.Key)}{Mark(colours, to.Standing)} "
                + $"(private{(sent.IsWaiting ? ", waits there" : "")}): {(isAction ? "* " : "")}",
        });

    private IEnumerable<OutputLine> Delivered(ClientEvent.MessageDelivered delivered) => _waiting.TryTake(delivered.Number, out var text)
        ? Tell($"delivered to {delivered.To.Name}: {text}", LineLevel.Normal) // it was said to wait
        : Tell($"delivered to {delivered.To.Name}", LineLevel.Detail);

    /// <remarks>A line that goes on starts with blanks and a bar, and on a terminal lines are cut before the terminal
    /// would do it: no text can pass for a line of its own.</remarks>
    private IEnumerable<OutputLine> Lines(MessageBody body, SuiteInfo suite, DateTimeOffset time, Func<Palette, string> head)
    {
        var label = suite.IsInsecure ? $"[{suite.Label}] " : "";
        var at = clock(time) is { Length: > 0 } shown ? $"[{shown}] " : "";
        var used = at.Length + label.Length + Math.Max(GoesOn.Length, TerminalWidth.Of(head(Palette.Off)));
        return Shown.Message(body.Text, columns?.Invoke() - used).Select((line, index) => OutputLine.Data(
            palette.Quiet(at) + palette.Warning(label) + (index == 0 ? head(palette) : GoesOn) + line));
    }

    private OutputLine Gap(ClientEvent.MessageUnreadable gap) => OutputLine.Data(palette.Warning(
        $"!! message {gap.Number} from {Shown.Name(gap.From)}{(gap.IsPrivate ? " (private)" : InRoom(gap.Room))}: "
        + UnreadableSentences.Of(gap.Reason, gap.IsPrivate)));

    private IEnumerable<OutputLine> Presence(ClientEvent.PresenceChanged presence)
    {
        if (presence.Room is not null)
        {
            foreach (var line in RoomPresence(presence))
                yield return line;
            yield break;
        }
        foreach (var peer in presence.Joined)
            yield return OutputLine.Data($"{palette.Name(Shown.Name(peer), peer.Key)}{Mark(palette, peer.Standing)} joined");
        foreach (var (peer, _) in presence.Left)
            yield return OutputLine.Data($"{palette.Name(Shown.Name(peer), peer.Key)} DISCONNECTED");
        foreach (var (before, peer) in presence.Renamed)
            yield return OutputLine.Data($"{Shown.Name(before)} is now called {palette.Name(Shown.Name(peer), peer.Key)}{Mark(palette, peer.Standing)}");
        foreach (var peer in presence.Away)
            yield return OutputLine.Data(palette.Quiet($"{Shown.Name(peer)} is away"));
        foreach (var peer in presence.Back)
            yield return OutputLine.Data(palette.Quiet($"{Shown.Name(peer)} is back"));
        if (presence.More > 0)
            yield return OutputLine.Data($"{presence.More} others came, went or changed their names; {presence.Online} are here");
    }

    private OutputLine Who(ClientEvent.WhoAnswered who) => OutputLine.Data(
        $"{who.People.Count}{(who.IsComplete ? "" : " and more")} online: {Names(who.People, who.You, who.Away)}");

    private string Names(IEnumerable<Peer> people, Fingerprint you, IReadOnlySet<Fingerprint> away) =>
        string.Join(", ", people.Select(peer => peer.Key == you
            ? $"{Shown.Name(peer)} (you)"
            : palette.Name(Shown.Name(peer), peer.Key) + Mark(palette, peer.Standing) + (away.Contains(peer.Key) ? palette.Quiet(" (away)") : "")));

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
