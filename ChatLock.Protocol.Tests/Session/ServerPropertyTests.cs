using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using CsCheck;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>What holds for any session, whatever happens to it in whatever order.</summary>
public sealed class ServerPropertyTests
{
    private static readonly ClientFrame[] Anything = [.. Enum.GetValues<ClientFrame.BodyOneofCase>().Select(Frames.Of), .. Oddities()];
    private static readonly string[] Rooms = ["lobby", "#room", "#other"];

    private static readonly Gen<SessionInput> AnyInput = Gen.Select(Gen.Int[0, 99], Gen.Int[0, Anything.Length - 1], Gen.Long[0, 70_000])
        .Select((choice, frame, ms) => (SessionInput)(choice switch
        {
            < 60 => new SessionInput.Received(Anything[frame], ms),
            < 68 => new SessionInput.NameGranted(Frames.Name("bob"), Resumed: ms % 2 == 0),
            < 72 => new SessionInput.NameRefused(Refusals.Internal),
            < 79 => Frames.Entered,
            < 82 => new SessionInput.Admitted(Frames.Room(Rooms[frame % 3]), (ulong)(ms % 2 * 7)),
            < 85 => new SessionInput.NotAdmitted(Frames.Room(Rooms[frame % 3]), (ulong)(ms % 2 * 7), Refusals.Banned),
            < 87 => new SessionInput.Expelled(Frames.Room(Rooms[frame % 3])),
            < 92 => new SessionInput.Answered(new Reply { Ref = 7, Accepted = new Accepted() }),
            < 98 => new SessionInput.Tick(ms, ms % 3 == 0 ? ms / 2 : null),
            _ => new SessionInput.Ended(CloseReason.ConnectionLost),
        }));

    [Fact]
    public void Whatever_comes_nothing_throws_and_nothing_follows_a_close() => AnyInput.Array[0, 60].Sample(inputs =>
    {
        var run = new ServerRun();
        var closed = false;
        foreach (var input in inputs)
        {
            var effects = run.On(input);
            Assert.False(closed && effects.Length > 0, "something was done after Close");
            closed |= effects.Any(effect => effect.StartsWith("close ", StringComparison.Ordinal));
            Assert.Equal(closed, run.Session.Phase == SessionPhase.Closed);
            Assert.Equal(closed ? effects.Length - 1 : -1, Array.FindIndex(effects, IsClose) is var at && effects.Length > 0 ? at : closed ? -1 : at);
        }
    }, iter: 3000);

    /// <summary>
    /// The server around the table answers each thing it is asked once, some time. Then each request has one reply and each
    /// frame one credit, at once or with its answer.
    /// </summary>
    [Fact]
    public void Every_request_gets_one_reply_and_every_frame_one_credit() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Anything.Length - 1]).Array[0, 80].Sample(choices =>
        {
            var run = new ServerRun(new SessionLimits { PostsBurst = 20, RoomsMax = 3 });
            var environment = new Environment();
            foreach (var (choice, kind) in choices)
            {
                if (run.Session.Phase == SessionPhase.Closed)
                    break;
                if (choice < 4 && environment.TryAnswer(kind, out var answer))
                    environment.Note(run.On(answer));
                else
                    environment.Receive(run, kind);
            }

            while (run.Session.Phase != SessionPhase.Closed && environment.TryAnswer(0, out var answer))
                environment.Note(run.On(answer));
            environment.Check(run.Session.Phase == SessionPhase.Closed);
        }, iter: 3000);

    private static bool IsClose(string effect) => effect.StartsWith("close ", StringComparison.Ordinal);

    private static IEnumerable<ClientFrame> Oddities()
    {
        BadProofOf(out var badProof);
        yield return badProof;
        yield return Frames.Hello("not a name");
        yield return Frames.Hello("alice", @ref: 0);
        yield return Frames.Rename("\u202E");
        yield return Frames.Post(envelopeBytes: 0);
        yield return Frames.Private(envelopeBytes: 20_000);
        yield return Frames.Ping(@ref: 0);
        yield return new ClientFrame { Post = new Post() };
        yield return new ClientFrame { Ref = 7, Private = new Private() };
        yield return new ClientFrame { Ref = 7, Hello = new Hello() };
        yield return Frames.Who(new Who { Name = "a", After = "b" });
        yield return Frames.Who(new Who { Room = "#room" });
        yield return Frames.Who(new Who { Room = "#nobody" });
        yield return Frames.Hello("alice", Frames.Zeros(15));
        yield return Frames.Hello("alice", Frames.Zeros(16));
        yield return Frames.Hello(
            "alice", Frames.Zeros(16), Frames.At("#room"), Frames.At("#other"), Frames.At("lobby"), Frames.At(""), Frames.At("no room"));
        yield return Frames.Hello("alice", Frames.Zeros(0), Frames.At("#room"), Frames.At("#room"));
        foreach (var room in (string[])["lobby", "#other", "#third", "#fourth", "nonsense"])
        {
            yield return Frames.Join(room);
            yield return Frames.Leave(room);
            yield return Frames.Post(room: room);
        }

        yield return Frames.Join("#room", position: Frames.At("#other"));
        yield return Frames.Moderate("#other", null);
        yield return Frames.Moderate("lobby", new RoomAct());
        yield return Frames.Ack(Frames.At("lobby"));
    }

    private static void BadProofOf(out ClientFrame frame)
    {
        frame = Frames.Hello("alice");
        frame.Hello.Name = "bob";
    }

    /// <summary>Registry, lobby and router around one session.</summary>
    private sealed class Environment
    {
        private readonly List<SessionInput> _owed = [];
        private readonly Dictionary<ulong, int> _replies = [];
        private readonly HashSet<ulong> _asked = [];
        private ulong _lastRef;
        private int _received, _credits;

        public void Receive(ServerRun run, int kind)
        {
            var frame = Anything[kind].Clone();
            if (frame.Ref != 0)
                frame.Ref = ++_lastRef;
            _received++;
            var effects = run.Receive(frame);
            if (frame.Ref != 0 && frame.BodyCase is not (ClientFrame.BodyOneofCase.Pong or ClientFrame.BodyOneofCase.Bye))
                _asked.Add(frame.Ref);
            Note(effects);
        }

        public bool TryAnswer(int which, out SessionInput answer)
        {
            answer = _owed.Count > 0 ? _owed[which % _owed.Count] : Frames.Entered;
            if (answer is SessionInput.Admitted { Ref: > 0 } admitted)
                Count(admitted.Ref); // the room itself replies
            return _owed.Remove(answer);
        }

        private SessionInput Answer(string room, ulong @ref) => _received % 3 == 0
            ? new SessionInput.NotAdmitted(Frames.Room(room), @ref, Refusals.Banned)
            : new SessionInput.Admitted(Frames.Room(room), @ref);

        private void Count(ulong @ref) => _replies[@ref] = _replies.GetValueOrDefault(@ref) + 1;

        public void Note(string[] effects)
        {
            foreach (var words in effects.Select(effect => effect.Split(' ')))
            {
                switch (words[0])
                {
                    case "claim":
                        _owed.Add(_received % 3 == 0
                            ? new SessionInput.NameRefused(Refusals.Internal)
                            : new SessionInput.NameGranted(Frames.Name(words[1]), Resumed: false));
                        break;
                    case "resume":
                        _owed.Add(_received % 3 == 0
                            ? new SessionInput.NameRefused(Refusals.CannotResume)
                            : new SessionInput.NameGranted(Frames.Name("old"), Resumed: true));
                        break;
                    case "enter":
                        _owed.Add(_received % 5 == 0 ? new SessionInput.NotAdmitted(Frames.Room("lobby"), 0, Refusals.RoomFull) : Frames.Entered);
                        break;
                    case "bring-back":
                        _owed.Add(Answer(words[1], 0));
                        break;
                    case "join":
                        _owed.Add(Answer(words[2], Ref(words)));
                        if (_received % 7 == 0)
                            _owed.Add(new SessionInput.Expelled(Frames.Room(words[2])));
                        break;
                    case "post" or "private" or "who" or "leave" or "act" or "members" or "list":
                        _owed.Add(new SessionInput.Answered(new Reply { Ref = Ref(words), Accepted = new Accepted() }));
                        break;
                    case "reply" or "welcome":
                        Count(Ref(words));
                        break;
                    case "credit":
                        _credits++;
                        break;
                }
            }
        }

        public void Check(bool closed)
        {
            Assert.All(_replies, reply => Assert.Equal(1, reply.Value));
            Assert.Subset(_asked, _replies.Keys.ToHashSet());
            Assert.InRange(_credits, 0, _received);
            if (closed)
                return;
            Assert.Equal(_asked.Order(), _replies.Keys.Order());
            Assert.Equal(_received, _credits);
        }

        private static ulong Ref(string[] words) => ulong.Parse(words[1], null);
    }
}
