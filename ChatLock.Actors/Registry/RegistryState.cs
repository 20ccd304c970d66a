using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Decision = (ChatLock.Actors.Registry.RegistryState Next, System.Collections.Generic.IReadOnlyList<ChatLock.Actors.Registry.RegistryEffect> Effects);

namespace ChatLock.Actors.Registry;

/// <summary>Who holds which name: one key a name, one name and one session a key. Names outlive sessions, and sessions connections.</summary>
/// <param name="Limits">For the resume window and the grace.</param>
/// <param name="Settings">How long names are kept, and how many.</param>
/// <param name="Mailbox">For how long mail waits.</param>
public sealed partial record RegistryState(SessionLimits Limits, NamesSettings Settings, MailboxSettings Mailbox)
{
    /// <summary>Free names offered with a refusal.</summary>
    public const int Suggestions = 3;

    /// <summary>Requests that wait until the journal has been read; one more is refused.</summary>
    public const int WaitingMax = 20_000;

    /// <summary>Sessions without a connection. One more isn't kept: it is over when its connection is.</summary>
    public const int DetachedMax = 50_000;

    /// <summary>Names whose time is over that one tick frees; the others wait for the next.</summary>
    public const int FreedAtOnce = 1000;

    /// <summary>Who holds what.</summary>
    public NameTable Names { get; private init; } = NameTable.Empty;

    private NameLog Log { get; init; } = NameLog.New;

    /// <summary>What came before the journal had been read; null: it has been. Nobody is granted a name before that.</summary>
    private ImmutableQueue<RegistryCommand>? Waiting { get; init; } = [];

    private int WaitingCount { get; init; }

    /// <summary>What the journal has can't be read.</summary>
    private bool IsBroken { get; init; }

    public Decision On(RegistryCommand command, ServerTime now) => command switch
    {
        RegistryCommand.Journal journal => OnJournal(journal.Event, now),
        RegistryCommand.Flush flush => With(Log.Flush(Names, flush.ReplyTo)),
        RegistryCommand.Save => With(Log.Save(Names)),
        RegistryCommand.Tick => Waiting is null ? OnTick(now) : Nothing,
        _ when Waiting is not null => Wait(command, Waiting),
        RegistryCommand.Claim claim => OnClaim(claim, now),
        RegistryCommand.Resume resume => OnResume(resume, now),
        RegistryCommand.Rename rename => OnRename(rename),
        RegistryCommand.Release release => Holder(release.Key, release.Session) is { } holder ? Close(holder, now, []) : Nothing,
        RegistryCommand.Detach detach => OnDetach(detach, now),
        RegistryCommand.Find find => (this, [new RegistryEffect.Answer(find.ReplyTo, OnFind(find, now))]),
        RegistryCommand.IsKept kept => (this, [new RegistryEffect.Kept(kept.Key, Names.Of(kept.Key) is not null)]),
        RegistryCommand.MailSince mail => OnMailSince(mail),
        _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
    };

    private Decision Nothing => (this, []);

    private Decision OnClaim(RegistryCommand.Claim claim, ServerTime now) =>
        Problem(claim.Name, claim.Key) is { } taken
            ? (this, [new RegistryEffect.Refuse(claim.ReplyTo, taken)])
            : Attach(claim.Name, claim.Key, claim.Session, claim.Arrival, claim.ReplyTo, resumed: false, now);

    private Decision OnResume(RegistryCommand.Resume resume, ServerTime now) =>
        Names.Of(resume.Key) is { Hold: not Hold.Reserved } holder && holder.Token.Matches(resume.Shown)
            ? Attach(holder.Name, resume.Key, resume.Session, resume.Arrival, resume.ReplyTo, resumed: true, now)
            : (this, [new RegistryEffect.Refuse(resume.ReplyTo, Refusals.CannotResume)]);

    private Decision Attach(
        UserName name, Fingerprint key, Sessions.SessionId session, Arrival arrival, IActorRef actor, bool resumed, ServerTime now)
    {
        var old = Names.Of(key);
        var holder = new NameHolder(name, key, new Member(arrival.You) { Name = name.Text }, Hold.Attached)
        {
            Session = session,
            Actor = actor,
            Token = arrival.Token,
            LastSeenUnixMs = now.UnixMs,
            MailSinceUnixMs = old?.MailSinceUnixMs ?? 0,
            IsMailUnknown = old?.IsMailUnknown ?? false,
        };
        var grant = new RegistryEffect.Grant(actor, name, resumed);
        return old is { Hold: Hold.Attached } && old.Session != session
            ? Put(holder, new RegistryEffect.TakeOver(old.Actor), grant)
            : Put(holder, grant);
    }

    private Decision OnRename(RegistryCommand.Rename rename)
    {
        if (Holder(rename.Key, rename.Session) is not { Hold: Hold.Attached } holder)
            return (this, [new RegistryEffect.Refuse(rename.ReplyTo, Refusals.Internal)]); // taken over meanwhile
        if (Problem(rename.Name, rename.Key) is { } taken)
            return (this, [new RegistryEffect.Refuse(rename.ReplyTo, taken)]);

        return Put(
            holder with { Name = rename.Name, You = new Member(holder.You) { Name = rename.Name.Text } },
            new RegistryEffect.Grant(rename.ReplyTo, rename.Name, Resumed: false));
    }

    private Decision OnDetach(RegistryCommand.Detach detach, ServerTime now)
    {
        if (Holder(detach.Key, detach.Session) is not { Hold: Hold.Attached } holder)
            return Nothing;
        return Limits.Resumes && Names.DetachedCount < DetachedMax
            ? Put(holder with { Hold = Hold.Detached, Actor = ActorRefs.Nobody, DetachedMs = now.Ms, LastSeenUnixMs = now.UnixMs })
            : Close(holder, now, [new RegistryEffect.Over(holder.Key, holder.Session)]);
    }

    /// <summary>The session is over: the name is kept for its key, or is free.</summary>
    private Decision Close(NameHolder holder, ServerTime now, IReadOnlyList<RegistryEffect> told)
    {
        if (Settings.ReserveFor <= TimeSpan.Zero || Names.ReservedCount >= Settings.ReservedMax)
            return Free(holder, told);

        var sweep = holder.IsMailUnknown ? new RegistryEffect[] { new RegistryEffect.Sweep(holder.Key) } : [];
        return Put(
            holder with
            {
                Hold = Hold.Reserved,
                Actor = ActorRefs.Nobody,
                Token = default,
                LastSeenUnixMs = now.UnixMs,
                IsMailUnknown = false,
            },
            [.. told, .. sweep]);
    }

    private Decision Free(NameHolder holder, IReadOnlyList<RegistryEffect> told)
    {
        var (log, save) = Log.OnChanged(holder.Key);
        return (this with { Names = Names.Without(holder.Key), Log = log }, [.. told, new RegistryEffect.Freed(holder.Key), .. save]);
    }

    private Decision Put(NameHolder holder, params IReadOnlyList<RegistryEffect> told)
    {
        var (log, save) = Log.OnChanged(holder.Key);
        return (this with { Names = Names.With(holder), Log = log }, [.. told, .. save]);
    }

    private NameHolder? Holder(Fingerprint key, Sessions.SessionId session) =>
        Names.Of(key) is { Hold: not Hold.Reserved } holder && holder.Session == session ? holder : null;

    private Refused? Problem(UserName name, Fingerprint key)
    {
        if (Names.HeldByAnother(name, key) is not { } holder)
            return null;
        var free = NameSuggestions.For(name, other => Names.HeldByAnother(other, key) is null, Suggestions);
        return Refusals.NameTaken(holder.Name != name, free.Select(other => other.Text));
    }

    private Reply OnFind(RegistryCommand.Find find, ServerTime now)
    {
        var holder = Fingerprint.TryFrom(find.Question.Fingerprint.Span, out var key) ? Names.Of(key)
            : UserName.TryParse(find.Question.Name, out var name, out _) ? Names.Of(name)
            : null;
        return holder is null
            ? new Reply { Ref = find.Ref, Refused = Refusals.NobodyFound }
            : new Reply
            {
                Ref = find.Ref,
                Roster = new Roster { Members = { holder.ToMember(now.Ms, (long)Limits.AwayAfter.TotalMilliseconds) }, Online = find.Online },
            };
    }

    private Decision OnMailSince(RegistryCommand.MailSince mail) =>
        Names.Of(mail.Key) is { } holder && holder.MailSinceUnixMs != mail.UnixMs
            ? Put(holder with { MailSinceUnixMs = mail.UnixMs })
            : Nothing;

    private Decision With((NameLog Next, IReadOnlyList<RegistryEffect> Effects) log) => (this with { Log = log.Next }, log.Effects);
}
