using System.Collections.Concurrent;
using ChatLock.Actors.Rooms;
using ChatLock.Protocol.Wire;
using CsCheck;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Whatever happens in whatever order: what was acknowledged is in the log once, and everyone gets all of it in order.</summary>
public sealed class RoomPropertyTests
{
    private static readonly Gen<(int What, int Who, int How)[]> Happenings =
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, RoomWorld.Keys.Count - 1], Gen.Int[0, 1000]).Array[0, 120];

    /// <summary>What has to have come up in all runs together, or the property says little.</summary>
    private static readonly string[] Wanted = ["Append", "Read", "Snapshot", "DeleteTo", "Replay", "Expel", "Refuse", "Gap", "Act"];

    [Fact]
    public void Nothing_acknowledged_is_lost_doubled_or_disordered_for_anyone()
    {
        var seen = new ConcurrentDictionary<string, int>();

        Happenings.Sample(
            happenings =>
            {
                var run = new Run();
                run.Check(happenings);
                foreach (var what in run.Seen)
                    seen.AddOrUpdate(what, 1, (_, count) => count + 1);
            },
            iter: 3000);

        Assert.All(Wanted, what => Assert.True(seen.GetValueOrDefault(what) >= 30, $"{what}: {seen.GetValueOrDefault(what)}"));
    }

    /// <summary>One run: each happening is a number that is looked up in the table of <see cref="Do"/>.</summary>
    private sealed class Run
    {
        private readonly RoomWorld _world = new RoomWorld { IsPrompt = false }.Opened();

        public IEnumerable<string> Seen => _world.Effects
            .Select(effect => effect is RoomEffect.ToJournal journal ? journal.Command.GetType().Name : effect.GetType().Name)
            .Concat(_world.Sessions.SelectMany(session => session.Frames).Select(frame =>
                frame.Posted?.Act is null ? frame.BodyCase.ToString() : "Act"));

        public void Check((int What, int Who, int How)[] happenings)
        {
            foreach (var (what, who, how) in happenings)
                Do(what, RoomWorld.Keys[who], how);
            _world.Settle();

            var log = _world.History;
            Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (ulong)i), log.Select(posting => posting.Sequence));
            foreach (var session in _world.Sessions.Where(session => session.Info is not null))
                session.Check(_world.State.LastSequence, sequence => Own(session, log[(int)sequence - 1]));
            CheckAccepted(log);
        }

        private static bool Own(RoomSession session, Posting posting) => posting.Sender == session.Who.Key && posting.Act is null;

        private void CheckAccepted(List<Posting> log)
        {
            foreach (var session in _world.Sessions)
            {
                foreach (var (id, accepted) in session.Accepted)
                {
                    var posting = log[(int)accepted.Sequence - 1];
                    Assert.Equal((session.Who.Key, id), (posting.Sender, posting.MessageIdBytes()));
                }
            }

            var ids = log.Where(posting => posting.Act is null).Select(posting => (posting.Sender, posting.MessageId)).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }

        private void Do(int what, Person who, int how)
        {
            var session = _world.Sessions.FindLast(session => session.Who == who && session.IsMember);
            var known = _world.Sessions.FindLast(session => session.Who == who && session.Info is not null);
            switch (what)
            {
                case < 30 when session is not null:
                    _world.Post(session, new string('x', how));
                    break;
                case < 38 when session is not null:
                    Retry(session, who, how);
                    break;
                case < 42 when session is null:
                    _world.Join(who);
                    break;
                case < 52:
                    _world.Join(who, known is null ? null : _world.At(known.Highest), @ref: (ulong)(how % 2));
                    break;
                case < 55:
                    _world.Join(who, _world.At((ulong)how % (_world.State.LastSequence + 3)));
                    break;
                case < 56:
                    _world.Join(who, new Position { Room = "#garden", Epoch = 7, Sequence = (ulong)how });
                    break;
                case < 60 when session is not null:
                    _world.Detach(session);
                    session.IsMember = false;
                    break;
                case < 62 when session is not null:
                    _world.Leave(session);
                    break;
                case < 78:
                    _world.Answer();
                    break;
                case < 88:
                    _world.SendChunk();
                    break;
                case < 90:
                    if (!_world.HasFailed)
                        _world.Fail(stored: how % 2);
                    break;
                case < 93:
                    if (_world.HasFailed)
                        _world.Recover();
                    break;
                case < 95:
                    _world.Pass(TimeSpan.FromMilliseconds(how * 100));
                    break;
                case < 98 when session is not null:
                    var kinds = Enum.GetValues<RoomActKind>();
                    var kind = kinds[how % kinds.Length];
                    var isTargeted = kind is not (RoomActKind.Topic or RoomActKind.SlowMode);
                    _world.Act(session, kind, isTargeted ? RoomWorld.Keys[how % RoomWorld.Keys.Count] : null);
                    break;
                case 99 when how < 300:
                    _world.Restart(stored: how % 2);
                    break;
            }
        }

        /// <summary>The last message of this key once more, as after a lost reply.</summary>
        private void Retry(RoomSession session, Person who, int how)
        {
            var posted = _world.Sessions.Where(other => other.Who == who).SelectMany(other => other.Posted.Values).ToList();
            if (posted.Count > 0)
                _world.Post(session, "again", posted[^(1 + how % Math.Min(posted.Count, 5))]);
        }
    }
}
