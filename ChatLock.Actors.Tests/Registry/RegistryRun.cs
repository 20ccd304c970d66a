using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Registry;

/// <summary>A registry that is fed command by command, and a journal in memory; what it wants done comes out as words.</summary>
internal sealed class RegistryRun
{
    public static readonly long Window = 300_000;
    public static readonly long Reserve = 30L * 24 * 3600 * 1000;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SessionLimits _limits;
    private readonly NamesSettings _names;
    private MemoryJournalState _journal = MemoryJournalState.Empty;
    private int _sessions;

    public RegistryRun(SessionLimits? limits = null, NamesSettings? names = null, bool recovered = true)
    {
        (_limits, _names) = (limits ?? new SessionLimits(), names ?? new NamesSettings());
        State = New();
        if (recovered)
            Recover();
    }

    public RegistryState State { get; private set; }

    public long NowMs { get; set; } = 1000;

    public long UnixMs { get; set; } = Start.ToUnixTimeMilliseconds();

    /// <summary>The effects of the last command, as they are.</summary>
    public IReadOnlyList<RegistryEffect> Last { get; private set; } = [];

    /// <summary>What the journal is asked for and hasn't answered.</summary>
    public Queue<JournalCommand> Asked { get; } = new();

    public static Member Keys(int key) => new()
    {
        IdentityKey = ByteString.CopyFrom([4, .. BitConverter.GetBytes(key), .. new byte[60]]),
        SessionKey = ByteString.CopyFrom([4, .. BitConverter.GetBytes(~key), .. new byte[60]]),
        SessionKeySignature = ByteString.CopyFrom(new byte[64]),
        SessionKeyMadeUnixMs = key,
    };

    public static Fingerprint Key(int key) => Fingerprint.Of(Keys(key).IdentityKey.Span);

    public static UserName Name(string text) =>
        UserName.TryParse(text, out var name, out var problem) ? name : throw new ArgumentException(problem.Sentence);

    public static ResumeTokenHash Token(string token) => ResumeTokenHash.Of(ByteString.CopyFromUtf8(token).Span);

    public string[] On(RegistryCommand command)
    {
        (State, Last) = State.On(command, new ServerTime(NowMs, UnixMs));
        foreach (var effect in Last)
            Ask(effect);
        return [.. Last.Select(Words).Where(words => words.Length > 0)];
    }

    /// <summary>A new session of this key claims a name; its token is called like the session.</summary>
    public SessionId Claim(int key, string name, out string[] done, string? token = null)
    {
        var (session, arrival) = Arrive(key, token);
        done = On(new RegistryCommand.Claim(Name(name), Key(key), session, arrival, Ref(session)));
        return session;
    }

    public SessionId Claim(int key, string name, string? token = null) => Claim(key, name, out _, token);

    public SessionId Resume(int key, string shown, out string[] done, string? token = null)
    {
        var (session, arrival) = Arrive(key, token);
        done = On(new RegistryCommand.Resume(Key(key), Token(shown), session, arrival, Ref(session)));
        return session;
    }

    public string[] Rename(int key, SessionId session, string name) =>
        On(new RegistryCommand.Rename(Name(name), Key(key), session, Ref(session)));

    public string[] Detach(int key, SessionId session) => On(new RegistryCommand.Detach(Key(key), session));

    public string[] Release(int key, SessionId session) => On(new RegistryCommand.Release(Key(key), session));

    public Reply Find(Who question)
    {
        On(new RegistryCommand.Find(9, question, 5, new TestRef("asker")));
        return Assert.IsType<RegistryEffect.Answer>(Assert.Single(Last)).Reply;
    }

    public bool IsKept(int key)
    {
        On(new RegistryCommand.IsKept(Key(key)));
        return Assert.IsType<RegistryEffect.Kept>(Assert.Single(Last)).IsKept;
    }

    public string[] Pass(long ms)
    {
        (NowMs, UnixMs) = (NowMs + ms, UnixMs + ms);
        return On(RegistryCommand.Tick.Now);
    }

    /// <summary>The save that was asked for comes, and the journal does all that it is asked.</summary>
    public void Save()
    {
        On(RegistryCommand.Save.Now);
        while (Asked.Count > 0)
            AnswerJournal();
    }

    public void AnswerJournal()
    {
        (_journal, var answer) = _journal.On(Asked.Dequeue());
        if (answer is not null)
            On(new RegistryCommand.Journal(answer));
    }

    public void Recover() => On(new RegistryCommand.Journal(_journal.Recovered));

    /// <summary>The journal fails; the write under way, if there is one, was done or wasn't.</summary>
    public string[] Fail(bool written)
    {
        while (Asked.TryDequeue(out var command))
        {
            if (written)
                (_journal, _) = _journal.On(command);
        }

        return On(new RegistryCommand.Journal(new JournalEvent.Failed("full")));
    }

    /// <summary>The process is killed and started again: only what the journal has is there.</summary>
    public void Kill(bool written, bool recovered = true)
    {
        while (Asked.TryDequeue(out var command))
        {
            if (written)
                (_journal, _) = _journal.On(command);
        }

        NowMs = 0;
        State = New();
        if (recovered)
            Recover();
    }

    private RegistryState New() => new(_limits, _names, new MailboxSettings());

    private (SessionId, Arrival) Arrive(int key, string? token)
    {
        var session = new SessionId(new Guid(++_sessions, 0, 0, new byte[8]));
        return (session, new Arrival(Keys(key), Token(token ?? $"token{_sessions}")));
    }

    private TestRef Ref(SessionId session) => new($"s{session.Value.ToByteArray()[0]}");

    private void Ask(RegistryEffect effect)
    {
        switch (effect)
        {
            case RegistryEffect.Append append:
                Asked.Enqueue(new JournalCommand.Append(append.Events));
                break;
            case RegistryEffect.Snapshot snapshot:
                Asked.Enqueue(new JournalCommand.Snapshot(snapshot.Number, snapshot.State));
                break;
            case RegistryEffect.DeleteTo delete:
                Asked.Enqueue(new JournalCommand.DeleteTo(delete.Number));
                break;
        }
    }

    private static string Words(RegistryEffect effect) => effect switch
    {
        RegistryEffect.Grant grant => $"{grant.To} {(grant.Resumed ? "resumes" : "gets")} {grant.Name}",
        RegistryEffect.Refuse refuse => $"{refuse.To} refused {CodeNames.Of(refuse.Refusal.Code)}",
        RegistryEffect.TakeOver takeOver => $"{takeOver.Session} taken over",
        RegistryEffect.Over => "over",
        RegistryEffect.Freed => "freed",
        RegistryEffect.Sweep => "sweep",
        RegistryEffect.Flushed flushed => $"{flushed.To} flushed",
        RegistryEffect.Dropped dropped => $"dropped {dropped.Names}",
        _ => "",
    };
}
