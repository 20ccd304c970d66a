using ChatLock.Actors.Registry;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using CsCheck;

namespace ChatLock.Actors.Tests.Registry;

/// <summary>What holds in whatever order people claim, come back, leave and time passes, the journal fails and the process is killed.</summary>
public sealed class RegistryPropertyTests
{
    private static readonly string[] Names = ["alice", "Alice", "аlice", "bob", "paypal", "раураl", "ivan", "lvan", "Ivan"];

    [Fact]
    public void A_name_is_never_held_twice_at_once_and_a_token_is_good_once() =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 4], Gen.Int[0, Names.Length - 1]).Array[1, 120].Sample(choices =>
        {
            var world = new World();
            foreach (var (choice, key, name) in choices)
            {
                world.Do(choice, key, name);
                world.Check();
            }
        }, iter: 2000);

    /// <summary>People with sessions and tokens around one registry, who remember what they were told.</summary>
    private sealed class World
    {
        private readonly RegistryRun _run = new(names: new NamesSettings { ReservedMax = 3 });
        private readonly Dictionary<int, (SessionId Session, string Token)> _here = [];
        private readonly Dictionary<int, string> _tokens = [];
        private readonly List<string> _old = ["never given"];
        private Dictionary<int, string> _storedTokens = [], _beingStored = [];
        private bool _isOpen = true;
        private int _lastToken;

        public void Do(int choice, int key, int name)
        {
            switch (choice)
            {
                case < 25:
                    Claim(key, Names[name]);
                    break;
                case < 40 when _tokens.TryGetValue(key, out var token):
                    Resume(key, token, isGood: true);
                    break;
                case < 45:
                    Resume(key, _old[name % _old.Count], isGood: false);
                    break;
                case < 50 when _tokens.TryGetValue((key + 1) % 5, out var foreign):
                    Resume(key, foreign, isGood: false);
                    break;
                case < 58 when _here.TryGetValue(key, out var session):
                    _run.Rename(key, session.Session, Names[name]);
                    break;
                case < 68 when _here.Remove(key, out var session):
                    _run.Detach(key, session.Session);
                    break;
                case < 74 when _here.Remove(key, out var session):
                    _run.Release(key, session.Session);
                    Spend(key);
                    break;
                case < 80:
                    _run.Pass(RegistryRun.Window / 2);
                    break;
                case < 82:
                    _run.Pass(RegistryRun.Reserve / 2);
                    break;
                case < 90:
                    _run.On(RegistryCommand.Save.Now);
                    if (_run.Last.OfType<RegistryEffect.Append>().Any())
                        _beingStored = new(_tokens);
                    break;
                case < 95:
                    AnswerJournal();
                    break;
                case < 97:
                    FailOrRecover(written: name % 2 == 0);
                    break;
                default:
                    Kill(written: name % 2 == 0);
                    break;
            }

            foreach (var over in _tokens.Keys.Where(IsOver).ToList())
                Spend(over);
        }

        public void Check()
        {
            var held = _run.State.Names.All.ToList();
            Assert.Equal(held.Count, held.Select(holder => holder.Key).Distinct().Count());
            for (var i = 0; i < held.Count; i++)
            {
                for (var j = 0; j < i; j++)
                    Assert.False(held[i].Name.Keys.Meet(held[j].Name.Keys), $"{held[i].Name} and {held[j].Name}");
            }

            Assert.InRange(held.Count(holder => holder.Hold == Hold.Reserved), 0, 3);
            foreach (var (key, session) in _here)
                Assert.Equal(session.Session, _run.State.Names.Of(RegistryRun.Key(key))?.Session);
        }

        private void Claim(int key, string name)
        {
            var token = $"t{++_lastToken}";
            var session = _run.Claim(key, name, token);
            if (_run.Last.OfType<RegistryEffect.Grant>().Any())
                Came(key, session, token);
            else
                Assert.Contains(_run.State.Names.All, other =>
                    other.Key != RegistryRun.Key(key) && other.Name.Keys.Meet(RegistryRun.Name(name).Keys));
        }

        private void Resume(int key, string shown, bool isGood)
        {
            var token = $"t{++_lastToken}";
            var session = _run.Resume(key, shown, out _, token);
            Assert.Equal(isGood, _run.Last.OfType<RegistryEffect.Grant>().Any());
            if (isGood)
                Came(key, session, token);
        }

        private void Came(int key, SessionId session, string token)
        {
            Spend(key);
            _here[key] = (session, token);
            _tokens[key] = token;
        }

        private void Spend(int key)
        {
            if (_tokens.Remove(key, out var token))
                _old.Add(token);
        }

        private bool IsOver(int key) => _run.State.Names.Of(RegistryRun.Key(key)) is null or { Hold: Hold.Reserved };

        private void AnswerJournal()
        {
            if (_run.Asked.Count == 0)
                return;
            if (_run.Asked.Peek() is JournalCommand.Append)
                _storedTokens = _beingStored;
            _run.AnswerJournal();
        }

        private void FailOrRecover(bool written)
        {
            if (_isOpen)
            {
                Write(written);
                _run.Fail(written);
            }
            else
            {
                _run.Recover();
            }

            _isOpen = !_isOpen;
        }

        private void Write(bool written)
        {
            if (written && _run.Asked.Any(asked => asked is JournalCommand.Append))
                _storedTokens = _beingStored;
        }

        private void Kill(bool written)
        {
            Write(written);
            _old.AddRange(_tokens.Values.Except(_storedTokens.Values));
            _run.Kill(written);
            _here.Clear();
            _tokens.Clear();
            _isOpen = true;
            foreach (var (key, token) in _storedTokens)
            {
                _tokens[key] = token;
                _old.Remove(token); // it was used up in a run that nobody remembers
            }
        }
    }
}
