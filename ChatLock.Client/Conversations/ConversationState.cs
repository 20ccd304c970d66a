using System.Collections.Immutable;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>What was typed and isn't acknowledged yet, in order, until the server took it or it is handed back.</summary>
/// <remarks>A value. Nothing leaves it silently: every entry ends in <see cref="OutboxEffect.Taken"/> or
/// <see cref="OutboxEffect.Failed"/>.</remarks>
internal sealed record ConversationState
{
    /// <summary>Messages that may wait; a further one is handed back.</summary>
    public const int QueueMax = 500;

    /// <summary>Messages sent and not answered yet. One: if the server refused the first of two and took the second, their order would
    /// be lost.</summary>
    public const int WindowMax = 1;

    /// <summary>Refusals with "try again" that one message takes.</summary>
    public const int RefusalsMax = 10;

    /// <summary>Refusals with "not stored" that one message takes: about an hour of a full disk.</summary>
    public const int NotStoredMax = 120;

    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    public Reach Reach { get; private init; }

    public ImmutableList<OutboxEntry> Outbox { get; private init; } = [];

    private bool Paused { get; init; }

    private bool InGrace { get; init; }

    public (ConversationState Next, IReadOnlyList<OutboxEffect> Effects) On(OutboxInput input)
    {
        var effects = new List<OutboxEffect>();
        var next = Apply(input, effects).Pump(effects);
        return (next, effects);
    }

    /// <summary>Keeps a message as it was encrypted, for sending it again.</summary>
    public ConversationState WithSealed(ByteString id, MessageTrace message) => this with
    {
        Outbox = [.. Outbox.Select(entry => entry.Id == id ? entry with { Sealed = message } : entry)],
    };

    private ConversationState Apply(OutboxInput input, List<OutboxEffect> effects) => input switch
    {
        OutboxInput.Say say => OnSay(say.Entry, effects),
        OutboxInput.Online online => this with { Reach = Reach.Unknown, InGrace = online.IsAgain },
        OutboxInput.Offline => OnOffline(effects),
        OutboxInput.Found found when Reach != Reach.Offline => OnFound(found.SameKey),
        OutboxInput.NotFound no when Reach != Reach.Offline => OnNotFound(no.Sentence, effects),
        OutboxInput.Stale when Reach != Reach.Offline => this with { Reach = Reach.Unknown },
        OutboxInput.GraceOver => OnGraceOver(effects),
        OutboxInput.Replied replied => OnReply(replied.Id, replied.Reply, effects),
        OutboxInput.Resume => this with { Paused = false },
        OutboxInput.FailAll fail => HandBackWaiting(RefusalCode.Unspecified, fail.Sentence, effects),
        OutboxInput.Close close => OnClose(close.Sentence, effects),
        _ => this,
    };

    /// <summary>Sends what may go, in order, or finds out to whom.</summary>
    private ConversationState Pump(List<OutboxEffect> effects)
    {
        if (Reach == Reach.Unknown && Outbox.Any(entry => !entry.InFlight))
        {
            effects.Add(new OutboxEffect.LookUp());
            return this with { Reach = Reach.LookingUp };
        }
        if (Reach != Reach.Ready || Paused)
            return this;

        var free = WindowMax - Outbox.Count(entry => entry.InFlight);
        var next = this;
        foreach (var entry in Outbox.Where(entry => !entry.InFlight).Take(free))
        {
            var sent = entry with { InFlight = true };
            next = next with { Outbox = next.Outbox.Replace(entry, sent) };
            effects.Add(new OutboxEffect.Send(sent));
        }
        return next;
    }

    private ConversationState OnSay(OutboxEntry entry, List<OutboxEffect> effects)
    {
        if (Outbox.Count >= QueueMax)
        {
            effects.Add(new OutboxEffect.Failed(
                entry, RefusalCode.TooFast, $"{QueueMax} messages wait already; try again when some have gone."));
            return this;
        }
        if (Reach is Reach.Offline or Reach.Awaited)
            effects.Add(new OutboxEffect.Held(entry));
        return this with { Outbox = Outbox.Add(entry) };
    }

    private ConversationState OnOffline(List<OutboxEffect> effects)
    {
        effects.AddRange(Outbox.Where(entry => entry.InFlight).Select(entry => new OutboxEffect.Held(entry)));
        return this with
        {
            Reach = Reach.Offline,
            Paused = false,
            Outbox = [.. Outbox.Select(entry => entry with { InFlight = false })],
        };
    }

    private ConversationState OnFound(bool sameKey) => this with
    {
        Reach = Reach.Ready,
        Outbox = sameKey ? Outbox : [.. Outbox.Select(entry => entry.InFlight ? entry : entry with { Sealed = null })],
    };

    private ConversationState OnNotFound(string sentence, List<OutboxEffect> effects) => InGrace
        ? this with { Reach = Reach.Awaited }
        : (this with { Reach = Reach.Unknown }).HandBackWaiting(RefusalCode.NotHere, sentence, effects);

    private ConversationState OnGraceOver(List<OutboxEffect> effects)
    {
        var next = this with { InGrace = false };
        return Reach == Reach.Awaited
            ? (next with { Reach = Reach.Unknown }).HandBackWaiting(
                RefusalCode.NotHere, "The receiver didn't come back.", effects)
            : next;
    }

    private ConversationState OnReply(ByteString id, Reply reply, List<OutboxEffect> effects)
    {
        if (Outbox.Find(entry => entry.Id == id) is not { } entry)
            return this;
        if (reply.Accepted is { } accepted)
        {
            effects.Add(new OutboxEffect.Taken(entry, accepted));
            return this with { Outbox = Outbox.Remove(entry) };
        }
        return OnRefused(entry, reply.Refused ?? new Refused { Sentence = "The server's answer makes no sense." }, effects);
    }

    /// <remarks>A refused message reached nobody, so it is encrypted anew under a counter of its own: the old one may
    /// be below those that went out meanwhile. A receiver who isn't here is looked up again before the next one.</remarks>
    private ConversationState OnRefused(OutboxEntry entry, Refused refused, List<OutboxEffect> effects)
    {
        if (PauseAfter(refused, entry.Refusals) is { } pause)
        {
            // Before it is said that it is held: whoever hears of that may count on the wait.
            effects.Add(new OutboxEffect.PauseFor(pause));
            if (refused.Code == RefusalCode.NotStored && entry.Refusals == 0)
                effects.Add(new OutboxEffect.Held(entry));
            var again = entry with { InFlight = false, Sealed = null, Refusals = entry.Refusals + 1 };
            return this with { Paused = true, Outbox = Outbox.Replace(entry, again) };
        }
        if (refused.Code == RefusalCode.NotHere && InGrace)
            return this with
            {
                Reach = Reach.Awaited,
                Outbox = Outbox.Replace(entry, entry with { InFlight = false, Sealed = null }),
            };

        effects.Add(new OutboxEffect.Failed(entry, refused.Code, refused.Sentence));
        return this with
        {
            Outbox = Outbox.Remove(entry),
            Reach = refused.Code == RefusalCode.NotHere && Reach == Reach.Ready ? Reach.Unknown : Reach,
        };
    }

    /// <summary>How long to wait before the same message is tried again; <c>null</c>: it is handed back.</summary>
    /// <remarks>Muted and slow mode last longer than a user wants to wait without a word, and the text is handed back with theirs. A
    /// journal that fails is tried less and less often.</remarks>
    private static TimeSpan? PauseAfter(Refused refused, int refusals)
    {
        var asked = TimeSpan.FromMilliseconds(refused.RetryAfterMs);
        return refused.Code switch
        {
            RefusalCode.Muted or RefusalCode.SlowMode => null,
            RefusalCode.NotStored when refusals < NotStoredMax =>
                Least(PauseMax, TimeSpan.FromSeconds(Math.Max(asked.TotalSeconds, Math.Pow(2, Math.Min(refusals, 10))))),
            _ when asked > TimeSpan.Zero && refusals < RefusalsMax => Least(PauseMax, asked),
            _ => null,
        };
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private ConversationState OnClose(string? why, List<OutboxEffect> effects)
    {
        effects.AddRange(Outbox.Select(entry => new OutboxEffect.Failed(entry, RefusalCode.Unspecified, why ?? (entry.Sealed is null
            ? "The connection ended before it was sent."
            : "The connection ended before the server's answer; it may have arrived."))));
        return this with { Reach = Reach.Offline, Outbox = [] };
    }

    private ConversationState HandBackWaiting(RefusalCode code, string sentence, List<OutboxEffect> effects)
    {
        var waiting = Outbox.Where(entry => !entry.InFlight).ToList();
        effects.AddRange(waiting.Select(entry => new OutboxEffect.Failed(entry, code, sentence)));
        return this with { Outbox = Outbox.RemoveRange(waiting) };
    }
}
