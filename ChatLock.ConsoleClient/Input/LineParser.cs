using System.Globalization;
using ChatLock.Client;
using ChatLock.Client.Conversations;
using ChatLock.Protocol.Wire;

namespace ChatLock.ConsoleClient.Input;

/// <summary>What was typed → what is meant, in the room where lines are said. What looks like a command and isn't one is never sent as
/// text.</summary>
internal sealed class LineParser(RoomBook rooms)
{
    private const string PrivatePrefix = "private:";

    public LineCommand Parse(string line)
    {
        var trimmed = line.Trim();
        if (trimmed.Length == 0)
            return new LineCommand.Nothing();
        if (trimmed.StartsWith("//", StringComparison.Ordinal))
            return Say(trimmed[1..]);
        if (trimmed.StartsWith('/'))
            return Command(trimmed[1..]);
        return trimmed.StartsWith(PrivatePrefix, StringComparison.OrdinalIgnoreCase)
            ? Private(trimmed[PrivatePrefix.Length..])
            : Say(line);
    }

    /// <summary>The report's own form. One that is cut short might be a secret, so it isn't said to all.</summary>
    private static LineCommand Private(string rest)
    {
        var parts = rest.Split(':', 2);
        return parts.Length == 2 && parts[0].Trim().Length > 0 && parts[1].Trim().Length > 0
            ? SayTo(parts[0].Trim(), parts[1])
            : Wrong("Nothing was sent. Write private:NAME:TEXT, or /say private:… to say it to all.");
    }

    private LineCommand Command(string text)
    {
        var (word, rest) = FirstWordOf(text);
        return CommandList.Find(word)?.Name switch
        {
            "help" => new LineCommand.Help(rest.Length == 0 ? null : rest.TrimStart('/')),
            "msg" => WithNameAndText(rest),
            "me" => rest.Length > 0 ? Do(new ClientCommand.Say(new MessageBody(rest, IsAction: true), rooms.Current.Id)) : Usage("me"),
            "say" => rest.Length > 0 ? Say(rest) : Usage("say"),
            "nick" => WithName("nick", rest, name => new ClientCommand.Rename(name)),
            "who" => Who(rest),
            "whois" => WithName("whois", rest, name => new ClientCommand.Whois(name)),
            "verify" => Verify(rest),
            "ignore" => WithName("ignore", rest, name => new ClientCommand.Ignore(name, IsIgnored: true)),
            "unignore" => WithName("unignore", rest, name => new ClientCommand.Ignore(name, IsIgnored: false)),
            "inspect" => Inspect(rest),
            "suite" => Do(new ClientCommand.UseSuite(rest.Length == 0 ? null : rest)),
            "reconnect" => Do(new ClientCommand.Connect()),
            "quit" => Do(new ClientCommand.Leave()),
            { } known => RoomCommand(known, rest),
            null => Wrong($"There is no command /{word}; nothing was sent. /help lists them; //{word} sends it as text."),
        };
    }

    private LineCommand RoomCommand(string command, string rest) => command switch
    {
        "join" => rest.Length == 0 ? Usage("join") : !int.TryParse(rest, out _) && rooms.Find(rest) is { } known ? new LineCommand.GoTo(known) : Do(new ClientCommand.Join(rest)),
        "create" => rest.Length > 0 ? Do(new ClientCommand.CreateRoom(rest)) : Usage("create"),
        "rooms" => new LineCommand.ShowRooms(),
        "room" => rest.Length == 0 ? new LineCommand.ShowRooms()
            : rooms.Find(rest) is { } known ? new LineCommand.GoTo(known) : NotIn(rest),
        "list" => Do(new ClientCommand.ListRooms()),
        "part" => InRoom(rest, id => new ClientCommand.Part(id)),
        "invite" => InRoom(rest, id => new ClientCommand.ShowInvite(id)),
        "topic" => rest.Length == 0
            ? new LineCommand.ShowTopic()
            : InRoom("", id => new ClientCommand.SetTopic(id, rest == "-" ? "" : rest)),
        "mute" => Mute(rest),
        "slow" => SpanOfTime.TryParse(rest, out var seconds) ? InRoom("", id => new ClientCommand.SlowMode(id, seconds)) : Usage("slow"),
        _ => Enum.TryParse<RoomActKind>(command, ignoreCase: true, out var kind) ? Moderate(command, kind, rest) : Usage(command),
    };

    /// <summary>Something about a room that isn't the lobby: this one, or the one that is named.</summary>
    private LineCommand InRoom(string named, Func<string, ClientCommand> make)
    {
        var room = named.Length == 0 ? rooms.Current : rooms.Find(named);
        return room is null ? NotIn(named)
            : room.Id is { } id ? Do(make(id))
            : Wrong("That is for rooms other than the lobby. /join #NAME enters one, /create TITLE makes a sealed one.");
    }

    private LineCommand Moderate(string command, RoomActKind kind, string rest) => FirstWordOf(rest) is ({ Length: > 0 } name, "")
        ? InRoom("", id => new ClientCommand.Moderate(id, kind, name))
        : Usage(command);

    private LineCommand Mute(string rest)
    {
        var (name, time) = FirstWordOf(rest);
        var seconds = 0u;
        return name.Length == 0 || (time.Length > 0 && (!SpanOfTime.TryParse(time, out seconds) || seconds == 0))
            ? Usage("mute")
            : InRoom("", id => new ClientCommand.Moderate(id, RoomActKind.Mute, name, seconds));
    }

    private LineCommand Who(string rest) => rest.Length > 0 && !rest.Equals("all", StringComparison.OrdinalIgnoreCase) ? Usage("who")
        : rest.Length == 0 && rooms.Current.Id is { } id ? Do(new ClientCommand.Members(id))
        : Do(new ClientCommand.Who());

    private static LineCommand WithNameAndText(string rest)
    {
        var (name, text) = FirstWordOf(rest);
        return text.Length > 0 ? SayTo(name, text) : Usage("msg");
    }

    private static LineCommand WithName(string command, string rest, Func<string, ClientCommand> make) =>
        FirstWordOf(rest) is ({ Length: > 0 } name, "") ? Do(make(name)) : Usage(command);

    private static LineCommand Verify(string rest)
    {
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [var name] => Do(new ClientCommand.Verify(name, VerifyAnswer.Show)),
            [var name, var answer] when AnswerOf(answer) is { } said => Do(new ClientCommand.Verify(name, said)),
            [var answer, var name] when AnswerOf(answer) is { } said => Do(new ClientCommand.Verify(name, said)),
            _ => Usage("verify"),
        };
    }

    private static VerifyAnswer? AnswerOf(string word) => word.ToUpperInvariant() switch
    {
        "YES" => VerifyAnswer.Same,
        "ACCEPT" => VerifyAnswer.Accept,
        _ => null,
    };

    private static LineCommand Inspect(string rest) =>
        rest.Length == 0 ? Do(new ClientCommand.Inspect(null))
        : int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Do(new ClientCommand.Inspect(number))
        : Usage("inspect");

    private static (string Word, string After) FirstWordOf(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\n");
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }

    private LineCommand.Do Say(string text) => Do(new ClientCommand.Say(new MessageBody(text), rooms.Current.Id));

    private static LineCommand.Do SayTo(string name, string text) => Do(new ClientCommand.SayTo(name, new MessageBody(text)));

    private static LineCommand.Do Do(ClientCommand command) => new(command);

    private static LineCommand.Wrong NotIn(string room) => Wrong($"You are in no room {room}. /rooms lists yours, /join enters another.");

    private static LineCommand.Wrong Wrong(string sentence) => new(sentence);

    private static LineCommand.Wrong Usage(string command) => Wrong($"Write: {HelpText.Usage(CommandList.Find(command)!)}");
}
