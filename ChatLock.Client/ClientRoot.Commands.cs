using System.Security.Cryptography;
using Akka.Actor;
using ChatLock.Client.Connection;
using ChatLock.Client.Conversations;
using ChatLock.Client.Pins;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Text;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client;

/// <content>What the user wants.</content>
internal sealed partial class ClientRoot
{
    /// <summary>People listed at most by one /who.</summary>
    public const int WhoMax = 20_000;

    private static readonly (string Code, string Sentence) OfflineAnswer = ("offline", "You aren't connected; try again when you are.");

    private static readonly (string Code, string Sentence) BusyAnswer =
        (CodeNames.Of(RefusalCode.TooFast), "Too much waits to be sent already; try again when some has gone.");

    /// <summary>The key that the user was last shown for a name: a "yes" is about that one and no other.</summary>
    private readonly Dictionary<string, Fingerprint> _shown = [];

    private int TextMaxBytes => _session?.Challenge.Limits is { TextMaxBytes: > 0 and <= int.MaxValue } limits
        ? (int)limits.TextMaxBytes
        : MessageText.DefaultMaxUtf8Bytes;

    private void OnCommand(ClientCommand command)
    {
        switch (command)
        {
            case ClientCommand.Say say when TryClean(null, say.Body, say.Room, out var body):
                SayIn(say.Room, body);
                break;
            case ClientCommand.SayTo say when TryClean(say.Name, say.Body, null, out var body):
                SayTo(new NamedMessage(say.Name, body, _privateSuite));
                break;
            case ClientCommand.Say or ClientCommand.SayTo:
                break; // refused above
            case ClientCommand.Connect:
                _connection.Tell(new ConnectionCommand.Connect());
                break;
            case ClientCommand.ChooseName chosen:
                ChooseName(chosen.Name);
                break;
            case ClientCommand.Rename rename:
                Rename(rename.Name);
                break;
            case ClientCommand.Who:
                Who("", [], []);
                break;
            case ClientCommand.Whois whois:
                Show(whois.Name, isVerifying: false);
                break;
            case ClientCommand.Verify { Answer: VerifyAnswer.Show } verify:
                Show(verify.Name, isVerifying: true);
                break;
            case ClientCommand.Verify verify:
                Pin(verify.Name, verify.Answer == VerifyAnswer.Same);
                break;
            case ClientCommand.Ignore ignore:
                Ignore(ignore.Name, ignore.IsIgnored);
                break;
            case ClientCommand.Inspect inspect:
                Inspect(inspect.Number ?? _recent.Last);
                break;
            case ClientCommand.UseSuite use:
                UseSuite(use.Name);
                break;
            case ClientCommand.Leave:
                _connection.Tell(new ConnectionCommand.Leave());
                break;
            case ClientCommand.Join or ClientCommand.CreateRoom or ClientCommand.Part or ClientCommand.ListRooms or ClientCommand.Members
                or ClientCommand.SetTopic or ClientCommand.Moderate or ClientCommand.SlowMode or ClientCommand.ShowInvite:
                OnRoomCommand(command);
                break;
            default:
                throw new InvalidOperationException($"no rule for {command.GetType().Name}");
        }
    }

    private void SayIn(string? room, MessageBody body)
    {
        if (room is null || room == RoomId.Lobby.Text)
            _lobby.Tell(new ConversationCommand.Say(Entry(body, _lobbySuite)));
        else if (_seats.TryGetValue(room, out var seat) && seat is { Conversation: { } conversation, Leaving: null })
            conversation.Tell(new ConversationCommand.Say(Entry(body, seat.Suite)));
        else
            Emit(new ClientEvent.MessageFailed(null, body, CodeNames.Of(RefusalCode.NotAMember), Refusals.NotAMember.Sentence, room));
    }

    private bool TryClean(string? to, MessageBody typed, string? room, out MessageBody body)
    {
        var isClean = MessageText.TryClean(typed.Text, TextMaxBytes, out var text, out var problem);
        body = typed with { Text = text };
        if (!isClean)
            Emit(new ClientEvent.MessageFailed(to, typed, "text-invalid", problem.Sentence, room));
        return isClean;
    }

    private void SayToKey(Found.Here to, MessageBody body, SuiteInfo suite)
    {
        if (to.Key == _identity.Fingerprint)
            Emit(new ClientEvent.MessageFailed(to.Name, body, "yourself", "That is you."));
        else if (Pins.Standing(to.Name, to.Key) == PinStanding.Changed)
        {
            WarnOfChange(to.Name, to.Key);
            Emit(new ClientEvent.MessageFailed(to.Name, body, "key-changed",
                $"{to.Name} has another key than before. Compare it: /verify {to.Name}. Nothing is sent until you have answered."));
        }
        else if (ConversationWith(to.Key, to.Name) is { } conversation)
        {
            Remember(to.Name, to.Key);
            conversation.Tell(new ConversationCommand.Say(Entry(body, suite)));
        }
        else
            Emit(new ClientEvent.MessageFailed(to.Name, body, "too-many", "You talk with too many people; start the client again."));
    }

    private static OutboxEntry Entry(MessageBody body, SuiteInfo suite) => new(
        ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SessionLimits.MessageIdBytes)), body, suite.Number);

    private void ChooseName(string name)
    {
        if (UserName.TryParse(name.Trim(), out var parsed, out var problem))
            _connection.Tell(new ConnectionCommand.ChooseName(parsed.Text));
        else
            Emit(new ClientEvent.NameNeeded(name, CodeNames.Of(RefusalCode.NameInvalid), problem.Sentence, []));
    }

    private void Rename(string typed)
    {
        if (!UserName.TryParse(typed, out var name, out var problem))
            Emit(new ClientEvent.CommandRefused(CodeNames.Of(RefusalCode.NameInvalid), problem.Sentence));
        else
            Request(new ClientFrame { Rename = new Rename { Name = name.Text } }, reply =>
            {
                if (reply.Renamed is not { } you)
                    return;
                Emit(new ClientEvent.YouRenamed(_name, you.Name));
                _name = you.Name;
            });
    }

    private void Who(string after, List<Peer> soFar, HashSet<Fingerprint> away) => Request(new ClientFrame { Who = new Who { After = after } }, reply =>
    {
        if (reply.Roster is not { } roster)
            return;
        Collect(roster, soFar, away);
        var goesOn = roster.More && roster.Members.Count > 0 && soFar.Count < WhoMax;
        if (goesOn)
            Who(roster.Members[^1].Name, soFar, away);
        else
            Emit(new ClientEvent.WhoAnswered(soFar, _identity.Fingerprint, IsComplete: !roster.More, away));
    });

    private void Collect(Roster roster, List<Peer> people, HashSet<Fingerprint> away)
    {
        people.AddRange(roster.Members.Select(member => PeerOf(Meet(member))));
        away.UnionWith(roster.Members.Where(member => member.Away).Select(member => Fingerprint.Of(member.IdentityKey.Span)));
    }

    private void Request(ClientFrame frame, Action<Reply> then)
    {
        if (!IsOnline)
        {
            Emit(new ClientEvent.CommandRefused(OfflineAnswer.Code, OfflineAnswer.Sentence));
            return;
        }
        Ask(frame, answer =>
        {
            if (answer is ConnectionAnswer.QueueFull)
                Emit(new ClientEvent.CommandRefused(BusyAnswer.Code, BusyAnswer.Sentence));
            else if (answer is not ConnectionAnswer.Replied { Reply: var reply })
                Emit(new ClientEvent.CommandRefused(OfflineAnswer.Code, OfflineAnswer.Sentence));
            else if (reply.Refused is { } no)
                Emit(new ClientEvent.CommandRefused(CodeNames.Of(no.Code), WithSuggestions(no)));
            else
                then(reply);
        });
    }

    private void Inspect(int number)
    {
        if (_recent.Find(number) is not { } message)
            Emit(new ClientEvent.CommandRefused("no-such-message", _recent.Last == 0
                ? "There is no message yet."
                : $"There is no message {number}; the last is {_recent.Last}, and {RecentMessages.Max} are kept."));
        else
            Emit(new ClientEvent.Inspected(number, [
                message.Title, .. message.Trace?.Lines() ?? ["Not even its envelope could be read: there is nothing to show."]]));
    }

    private void UseSuite(string? name)
    {
        var suite = name is null ? _privateSuite : SuiteInfo.Find(name);
        if (suite is null)
        {
            Emit(new ClientEvent.CommandRefused("no-such-suite",
                $"There is no such suite; there are: {string.Join(", ", SuiteInfo.All.Select(known => known.Name))}."));
            return;
        }
        _privateSuite = suite;
        Emit(new ClientEvent.SuiteShown(suite));
    }

    private static ClientEvent.NameNeeded NameNeeded(string? wanted, Refused? refusal) => new(
        wanted, refusal is null ? null : CodeNames.Of(refusal.Code), refusal?.Sentence ?? "", refusal is null ? [] : [.. refusal.Suggestions]);

    private static string WithSuggestions(Refused no) =>
        no.Suggestions.Count == 0 ? no.Sentence : $"{no.Sentence} Free: {string.Join(", ", no.Suggestions)}.";
}
