using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Messages;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Wire;
using CsCheck;

namespace ChatLock.Actors.Tests.Mailboxes;

/// <summary>
/// What holds in whatever order messages come and come again, the journal answers, fails and recovers, the reader comes, is cut off
/// and acknowledges, and the process is killed.
/// </summary>
public sealed class MailboxPropertyTests
{
    [Fact]
    public void Everything_accepted_comes_once_and_in_order() => Play(hasExpiry: false);

    [Fact]
    public void What_was_too_old_to_come_is_a_gap_in_its_place() => Play(hasExpiry: true);

    private static void Play(bool hasExpiry) =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 9]).Array[1, 150].Sample(choices =>
        {
            var world = new World();
            foreach (var (choice, which) in choices)
                world.Do(choice, which, hasExpiry);
            world.Check(hasExpiry);
        }, iter: 2000);

    private sealed class World
    {
        private const int Senders = 3;
        private readonly MailboxRun _run = new(new MailboxSettings { MessagesMax = 30, SenderMax = 15 });
        private readonly Dictionary<int, int> _senderOf = [];
        private readonly Dictionary<int, long> _firstSent = [];
        private readonly Dictionary<int, long> _accepted = [];
        private readonly HashSet<int> _unanswered = [];
        private readonly Dictionary<ulong, int> _log = [];
        private readonly HashSet<int> _came = [];
        private bool _isOpen = true;
        private SessionHandle? _session;
        private int _read;
        private ulong _next;
        private Position? _position;
        private int _lastId;

        public void Do(int choice, int which, bool hasExpiry)
        {
            switch (choice)
            {
                case < 25:
                    Put(++_lastId, which % Senders);
                    break;
                case < 33 when _lastId > 0:
                    var again = 1 + (which * 7 % _lastId);
                    if (_run.UnixMs - _firstSent[again] < RecentMessages.KeptFor.TotalMilliseconds)
                        Put(again, _senderOf[again]);
                    break;
                case < 55 when _run.Asked.Count > 0:
                    Note(_run.AnswerJournal());
                    break;
                case < 65 when _run.Replaying.TryDequeue(out var ticket):
                    Note(_run.On(new MailboxCommand.Replayed(ticket)));
                    break;
                case < 72:
                    Receive(which);
                    break;
                case < 80 when _session is null:
                    Attach();
                    break;
                case < 83 when _session is { } session:
                    Receive(which);
                    _session = null;
                    Note(_run.Detach(session));
                    break;
                case < 85:
                    Attach(); // takes over
                    break;
                case < 90 when _position is { } dealtWith:
                    Note(_run.Acknowledge(dealtWith.Sequence));
                    break;
                case < 93:
                    Note(_run.Tick(which == 0 && hasExpiry ? (long)TimeSpan.FromDays(3).TotalMilliseconds : 1000));
                    break;
                case < 97:
                    Note(_isOpen ? _run.Fail(written: which % 2 == 0) : _run.Recover());
                    _isOpen = !_isOpen;
                    break;
                case 97:
                    _session = null;
                    _unanswered.Clear();
                    _run.Kill(written: which % 2 == 0);
                    _isOpen = true;
                    break;
            }
        }

        /// <summary>Everything works again and the reader comes back: then it has had all that anybody was told is safe.</summary>
        public void Check(bool hasExpiry)
        {
            if (!_isOpen)
                Note(_run.Recover());
            if (_session is null)
                Attach();
            while (_run.Asked.Count + _run.Replaying.Count > 0)
            {
                if (_run.Asked.Count > 0)
                    Note(_run.AnswerJournal());
                if (_run.Replaying.TryDequeue(out var ticket))
                    Note(_run.On(new MailboxCommand.Replayed(ticket)));
            }

            Receive(int.MaxValue);
            Assert.Empty(_unanswered);
            Assert.Equal(_run.State.Last, _next - 1);
            if (!hasExpiry)
                Assert.Subset(_came, _accepted.Keys.ToHashSet());
        }

        private void Put(int id, int sender)
        {
            _senderOf[id] = sender;
            _firstSent.TryAdd(id, _run.UnixMs);
            _unanswered.Add(id);
            Note(_run.Put(id, sender));
        }

        private void Attach()
        {
            var session = _run.Attach(out var done, _position);
            (_session, _read) = (session, 0);
            Note(done);
            var at = Assert.IsType<MailboxEffect.Attached>(_run.Last[0]).Position!;
            Assert.Equal(_position?.Sequence ?? 0, at.Sequence);
            (_position, _next) = (at, at.Sequence + 1);
        }

        /// <summary>So many frames more reach the client; the others are on their way, or lost with the connection.</summary>
        private void Receive(int frames)
        {
            if (_session is not { } session)
                return;

            var sent = _run.Sent[session.Id];
            for (var end = (int)Math.Min(sent.Count, (long)_read + frames); _read < end; _read++)
            {
                var frame = sent[_read];
                if (frame.Gap is { } gap)
                {
                    Assert.Equal(_next, gap.FromSequence);
                    _next = gap.ToSequence + 1;
                }
                else
                {
                    Assert.Equal(_next, frame.PrivateMessage.Position.Sequence);
                    Assert.True(_came.Add(MailboxRun.NumberOf(frame.PrivateMessage.MessageId)), "it came twice");
                    _next++;
                }

                _position = new Position { Epoch = _run.State.Epoch, Sequence = _next - 1 };
            }
        }

        private void Note(string[] _)
        {
            foreach (var answer in _run.Last.OfType<MailboxEffect.Answer>())
            {
                var id = (int)answer.To.Ref;
                _unanswered.Remove(id);
                if (answer.Accepted is not { } accepted)
                    continue;
                if (_accepted.TryGetValue(id, out var time))
                    Assert.Equal(time, accepted.TimeUnixMs);
                _accepted[id] = accepted.TimeUnixMs;
            }

            foreach (var frame in _run.Sent.Values.SelectMany(sent => sent).Where(frame => frame.PrivateMessage is not null))
            {
                var (number, id) = (frame.PrivateMessage.Position.Sequence, MailboxRun.NumberOf(frame.PrivateMessage.MessageId));
                Assert.Equal(id, _log.GetValueOrDefault(number, id));
                _log[number] = id;
            }

            // A kill brings back what had been acknowledged since the last snapshot.
            Assert.InRange(_run.State.Mail.WaitingCount, 0, 30 + MailboxState.CompactAfter);
        }
    }
}
