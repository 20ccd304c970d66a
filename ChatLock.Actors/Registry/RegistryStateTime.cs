using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using Decision = (ChatLock.Actors.Registry.RegistryState Next, System.Collections.Generic.IReadOnlyList<ChatLock.Actors.Registry.RegistryEffect> Effects);

namespace ChatLock.Actors.Registry;

/// <summary>What time does, and what the journal does.</summary>
public sealed partial record RegistryState
{
    private Decision OnTick(ServerTime now)
    {
        var (state, effects) = (this, new List<RegistryEffect>());
        for (var freed = 0; freed < FreedAtOnce && state.NextInTime(now) is { } next; freed++)
        {
            state = next.Next;
            effects.AddRange(next.Effects);
        }

        return (state, effects);
    }

    /// <summary>One whose time is over, if there is one.</summary>
    private Decision? NextInTime(ServerTime now) =>
        Names.DetachedUntil(now.Ms - (long)Limits.ResumeWindow.TotalMilliseconds) is { } gone
            ? Close(gone, now, [new RegistryEffect.Over(gone.Key, gone.Session)])
        : Names.ReservedUntil(now.UnixMs - (long)Settings.ReserveFor.TotalMilliseconds) is { } kept
            ? Free(kept, [])
        : Names.WithMailUntil(now.UnixMs - (long)Mailbox.KeepFor.TotalMilliseconds) is { } mail
            ? Put(mail with { MailSinceUnixMs = 0 }, new RegistryEffect.Sweep(mail.Key))
        : null;

    private Decision Wait(RegistryCommand command, ImmutableQueue<RegistryCommand> waiting)
    {
        if (!IsBroken && WaitingCount < WaitingMax)
            return (this with { Waiting = waiting.Enqueue(command), WaitingCount = WaitingCount + 1 }, []);

        // Full, or nothing to wait for.
        return command switch
        {
            RegistryCommand.Claim claim => (this, [new RegistryEffect.Refuse(claim.ReplyTo, Refusals.Starting)]),
            RegistryCommand.Resume resume => (this, [new RegistryEffect.Refuse(resume.ReplyTo, Refusals.Starting)]),
            RegistryCommand.Find find =>
                (this, [new RegistryEffect.Answer(find.ReplyTo, new Reply { Ref = find.Ref, Refused = Refusals.Starting })]),
            RegistryCommand.IsKept kept => (this, [new RegistryEffect.Kept(kept.Key, IsKept: false)]),
            // Whoever ends before it was granted a name takes its claim out of the line.
            RegistryCommand.Release gone => (WithoutClaims(waiting, gone.Session), []),
            RegistryCommand.Detach gone => (WithoutClaims(waiting, gone.Session), []),
            _ => Nothing,
        };
    }

    /// <summary>What is stored isn't what a registry stores: nothing of it is overwritten, and nobody is granted what may be another's.</summary>
    private Decision OnUnreadable(ImmutableQueue<RegistryCommand> waiting, ServerTime now)
    {
        var state = this with { IsBroken = true, Waiting = [], WaitingCount = 0 };
        var effects = new List<RegistryEffect> { RegistryEffect.Broken.One };
        foreach (var command in waiting)
            effects.AddRange(state.On(command, now).Effects);
        return (state, effects);
    }

    private RegistryState WithoutClaims(ImmutableQueue<RegistryCommand> waiting, Sessions.SessionId session)
    {
        var left = waiting.Where(command => command switch
        {
            RegistryCommand.Claim claim => claim.Session != session,
            RegistryCommand.Resume resume => resume.Session != session,
            _ => true,
        }).ToList();
        return this with { Waiting = [.. left], WaitingCount = left.Count };
    }

    private Decision OnJournal(JournalEvent told, ServerTime now)
    {
        switch (told)
        {
            case JournalEvent.Recovered recovered when Waiting is { } waiting:
                return OnRead(recovered, waiting, now);
            case JournalEvent.Recovered recovered:
                return With(Log.OnRecovered(Names, recovered.LastNumber));
            case JournalEvent.Appended appended:
                return With(Log.OnAppended(Names, appended.Last));
            case JournalEvent.Failed:
                return With(Log.OnFailed());
            case JournalEvent.SnapshotDone done:
                return (this, [new RegistryEffect.DeleteTo(done.Number)]);
            default:
                throw new UnreachableException($"no rule for {told.GetType().Name}");
        }
    }

    /// <summary>The registry is as it was; then what has waited for that is answered in its order.</summary>
    private Decision OnRead(JournalEvent.Recovered recovered, ImmutableQueue<RegistryCommand> waiting, ServerTime now)
    {
        NameTable names;
        int dropped;
        try
        {
            (names, dropped) = NameRecords.Read(recovered, now);
        }
        catch (InvalidProtocolBufferException)
        {
            return OnUnreadable(waiting, now);
        }

        var (log, first) = Log.OnRecovered(names, recovered.LastNumber);
        var state = this with { Names = names, Log = log, Waiting = null, WaitingCount = 0 };
        var effects = new List<RegistryEffect>(first);
        if (dropped > 0)
            effects.Add(new RegistryEffect.Dropped(dropped));
        foreach (var command in waiting)
        {
            (state, var more) = state.On(command, now);
            effects.AddRange(more);
        }

        return (state, effects);
    }
}
