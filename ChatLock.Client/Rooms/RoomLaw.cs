using System.Collections.Immutable;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Rooms;

/// <summary>A room's rules as one of its members follows them, act by act, and our own acts on their way.</summary>
/// <remarks>
/// A value. The rules are <see cref="RoomRules"/>, as the server has them too; signatures are checked before. Own acts come through the
/// log like everyone's and are answered as well, in either order; whichever is first counts. One whose answer a cut connection took is
/// sent again as it was: then it is stale, or it is taken now.
/// </remarks>
internal sealed record RoomLaw(Fingerprint Self, ByteString SelfKey)
{
    /// <summary>Acts of ours that may wait.</summary>
    public const int WishesMax = 16;

    /// <summary>Tries of one act that the server found too late or asked to repeat.</summary>
    public const int TriesMax = 8;

    /// <summary>Acts of others that wait for the answer to one of ours.</summary>
    public const int HeldMax = RoomRules.ActsMax;

    /// <summary>How long the act may take to come that was before ours.</summary>
    public static readonly TimeSpan OvertakerIn = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public RoomRules Rules { get; private init; } = RoomRules.Of(null);

    public ulong Epoch { get; private init; }

    /// <summary>As the server told them last; what follows in the log may lead there.</summary>
    private RoomRules Told { get; init; } = RoomRules.Of(null);

    /// <summary>Where in the log an act stands, for those that came through it.</summary>
    private ImmutableDictionary<ulong, ulong> StandsAt { get; init; } = ImmutableDictionary<ulong, ulong>.Empty;

    private ImmutableList<ActWish> Wishes { get; init; } = [];

    private OwnAct? Own { get; init; }

    private ImmutableList<HeldAct> Held { get; init; } = [];

    private int Tries { get; init; }

    private bool IsOnline { get; init; }

    private Pause Pausing { get; init; }

    /// <summary>Why our act isn't on its way at the moment.</summary>
    private enum Pause
    {
        None,

        /// <summary>Somebody else's was first, and it hasn't come yet; or it is our own, whose answer was lost.</summary>
        Stale,

        /// <summary>The server asked to try again later.</summary>
        Later,
    }

    public (RoomLaw Next, IReadOnlyList<LawEffect> Effects) On(LawInput input)
    {
        var effects = new List<LawEffect>();
        var next = Apply(input, effects).Pump(effects);
        return (next, effects);
    }

    /// <summary>Whether a post counts: its sender wasn't banned or muted when it was posted.</summary>
    /// <param name="sender">Whose.</param>
    /// <param name="timeUnixMs">When, by the server's clock.</param>
    /// <param name="sequence">Its number in the log.</param>
    public bool MayPost(Fingerprint sender, long timeUnixMs, ulong sequence)
    {
        var isMuted = Rules.MutedUntilMs.TryGetValue(sender, out var until) && timeUnixMs < until;
        return !(Rules.Banned.Contains(sender) && IsAfter(RoomActKind.Ban)) && !(isMuted && IsAfter(RoomActKind.Mute));

        bool IsAfter(RoomActKind kind) => Rules.InForce
            .FindLast(act => act.Kind == kind && Fingerprint.TryFrom(act.Target.Span, out var target) && target == sender) is { } last
            && (StandsAt.TryGetValue(last.Number, out var at) ? sequence > at : timeUnixMs >= last.TimeUnixMs);
    }

    /// <summary>Keeps our act as it was signed, for sending it again when its fate is unknown.</summary>
    public RoomLaw WithSigned(RoomAct act) => Own is { } own ? this with { Own = own with { Act = act } } : this;

    private RoomLaw Apply(LawInput input, List<LawEffect> effects) => input switch
    {
        LawInput.Entered entered => OnEntered(entered, effects),
        LawInput.Came came => OnCame(came.Checked, came.Sequence, effects),
        LawInput.Missed => Told.LastAct > Rules.LastAct ? this with { Rules = Told } : this,
        LawInput.Wish wish => OnWish(wish.Wanted, effects),
        LawInput.Replied replied when Own is { Act: { } act } => OnReplied(act, replied.Reply, effects),
        LawInput.Overdue => OnOverdue(effects),
        LawInput.Offline => this with { IsOnline = false, Pausing = Pause.None },
        LawInput.Close close => OnClose(close.Sentence, effects),
        _ => this,
    };

    /// <summary>Sends the next wish, or again what had no answer.</summary>
    private RoomLaw Pump(List<LawEffect> effects)
    {
        if (!IsOnline || Own is not null || Wishes.IsEmpty)
            return this;
        var number = Rules.LastAct + 1;
        effects.Add(new LawEffect.Sign(Wishes[0], number));
        return this with { Own = new OwnAct(Wishes[0], null, number) };
    }

    private RoomLaw OnEntered(LawInput.Entered entered, List<LawEffect> effects)
    {
        effects.AddRange(entered.Acts.Where(told => !told.IsGenuine).Select(told => new LawEffect.Refused(told.Act, ActFault.BadSignature)));
        var genuine = entered.Acts.Where(told => told.IsGenuine).Select(told => told.Act).ToList();
        if (!RoomRules.TryRead(entered.Owner, genuine, entered.LastAct, out var told))
            effects.Add(new LawEffect.Refused(FirstNotAllowed(entered, genuine), ActFault.NotAllowed));

        var goesOn = entered.IsAgain && entered.Epoch == Epoch && entered.Owner == Rules.Owner && Rules.LastAct <= entered.LastAct;
        var next = this with { IsOnline = true, Pausing = Pause.None, Epoch = entered.Epoch, Told = told };
        if (!goesOn)
            next = next with { Rules = told, StandsAt = ImmutableDictionary<ulong, ulong>.Empty, Held = [] };
        if (next.Own is not { Act: { } act })
            return next with { Own = null };
        if (entered.Epoch != Epoch)
            return next with { Own = null }; // signed for a log that isn't there any more: once more
        effects.Add(new LawEffect.Send(act));
        return next;
    }

    private static RoomAct FirstNotAllowed(LawInput.Entered entered, List<RoomAct> acts)
    {
        var good = 0;
        while (good < acts.Count && RoomRules.TryRead(entered.Owner, acts.Take(good + 1), entered.LastAct, out _))
            good++;
        return acts[Math.Min(good, acts.Count - 1)];
    }

    private RoomLaw OnCame(CheckedAct came, ulong sequence, List<LawEffect> effects)
    {
        var act = came.Act;
        if (!came.IsGenuine)
        {
            effects.Add(new LawEffect.Refused(act, ActFault.BadSignature));
            return this;
        }
        if (Own is { Act: { } own } && IsSame(own, act))
            return Done(act, sequence, effects);
        if (act.Number <= Rules.LastAct)
            return this; // known already
        if (Own is { Act: not null } && Own.Number == Rules.LastAct + 1 && act.Number > Own.Number && Held.Count < HeldMax)
            return this with { Held = Held.Add(new HeldAct(act, sequence)) };
        var next = Follow(act, sequence, effects);
        return next.Pausing != Pause.None && next.Own is { } overtaken && overtaken.Number <= next.Rules.LastAct
            ? (next with { Own = null, Pausing = Pause.None }).Catch(effects)
            : next;
    }

    /// <remarks>Only we sign with our key, so this is what we wanted, perhaps as it was signed in an earlier try.</remarks>
    private static bool IsSame(RoomAct own, RoomAct act) =>
        (own.Number, own.Kind, own.Target, own.Seconds, own.By) == (act.Number, act.Kind, act.Target, act.Seconds, act.By);

    /// <summary>Applies an act of somebody else's with a number above the last one.</summary>
    private RoomLaw Follow(RoomAct act, ulong sequence, List<LawEffect> effects)
    {
        var law = this;
        if (act.Number > Rules.LastAct + 1)
        {
            if (Told.LastAct > Rules.LastAct && Told.LastAct >= act.Number - 1)
                law = this with { Rules = Told };
            else
                effects.Add(new LawEffect.Refused(act, ActFault.Hole));
            if (act.Number <= law.Rules.LastAct)
                return law;
        }
        if (law.Rules.Check(act) == ActProblem.NotAllowed)
        {
            effects.Add(new LawEffect.Refused(act, ActFault.NotAllowed));
            RoomRules.TryRead(law.Rules.Owner, law.Rules.InForce, act.Number, out var passedOver);
            return law with { Rules = passedOver };
        }
        return law.InForce(act, sequence, effects);
    }

    private RoomLaw InForce(RoomAct act, ulong sequence, List<LawEffect> effects)
    {
        effects.Add(new LawEffect.Acted(act));
        var rules = Rules.At(act.TimeUnixMs).Apply(act);
        var kept = rules.InForce.Select(inForce => inForce.Number).ToHashSet();
        return this with
        {
            Rules = rules,
            StandsAt = StandsAt.SetItem(act.Number, sequence).RemoveRange(StandsAt.Keys.Where(number => !kept.Contains(number))),
        };
    }

    private RoomLaw OnWish(ActWish wish, List<LawEffect> effects)
    {
        var problem = Wishes.Count >= WishesMax
            ? (RefusalCode.TooFast, "Too much waits to be done in that room already.")
            : Rules.Check(Unsigned(wish, Rules.LastAct + 1)) switch
            {
                ActProblem.NotAllowed => (RefusalCode.NotAllowed, Refusals.NotAllowed.Sentence),
                ActProblem.TooMany => (RefusalCode.RoomFull, Refusals.TooManyActs.Sentence),
                _ => (RefusalCode.Unspecified, ""),
            };
        if (problem.Item1 == RefusalCode.Unspecified)
            return this with { Wishes = Wishes.Add(wish) };
        effects.Add(new LawEffect.Failed(wish, problem.Item1, problem.Item2));
        return this;
    }

    /// <summary>The act that a wish comes to, without envelope and signature.</summary>
    public RoomAct Unsigned(ActWish wish, ulong number) => new()
    {
        Kind = wish.Kind,
        Number = number,
        Target = wish.Target is { } target ? target.ToByteString() : ByteString.Empty,
        Seconds = wish.Seconds,
        By = SelfKey,
    };

    private RoomLaw OnReplied(RoomAct act, Reply reply, List<LawEffect> effects)
    {
        if (reply.Accepted is { } accepted)
            return Done(new RoomAct(act) { TimeUnixMs = accepted.TimeUnixMs }, accepted.Sequence, effects);

        var refused = reply.Refused ?? new Refused { Sentence = "The server's answer makes no sense." };
        var isStale = refused.Code == RefusalCode.StaleAct;
        if ((!isStale && refused.RetryAfterMs == 0) || Tries + 1 >= TriesMax)
        {
            effects.Add(new LawEffect.Failed(Wishes[0], refused.Code, refused.Sentence));
            return (this with { Own = null, Tries = 0, Wishes = Wishes.RemoveAt(0) }).Catch(effects);
        }
        var next = this with { Tries = Tries + 1 };
        if (isStale && Rules.LastAct >= act.Number)
            return (next with { Own = null }).Catch(effects); // what was before ours is known: again, with the next number
        var wait = isStale ? OvertakerIn : TimeSpan.FromMilliseconds(refused.RetryAfterMs);
        effects.Add(new LawEffect.WakeAfter(wait < LongestWait ? wait : LongestWait));
        return next with { Pausing = isStale ? Pause.Stale : Pause.Later };
    }

    private RoomLaw OnOverdue(List<LawEffect> effects)
    {
        if (Pausing == Pause.Stale)
            return (this with { Own = null, Pausing = Pause.None }).Catch(effects);
        if (Pausing == Pause.Later && Own is { Act: { } act })
            effects.Add(new LawEffect.Send(act));
        return this with { Pausing = Pause.None };
    }

    private RoomLaw Done(RoomAct act, ulong sequence, List<LawEffect> effects)
    {
        var next = this with { Own = null, Tries = 0, Pausing = Pause.None, Wishes = Wishes.RemoveAt(0) };
        return (act.Number > Rules.LastAct ? next.InForce(act, sequence, effects) : next).Catch(effects);
    }

    /// <summary>What waited for our act is applied.</summary>
    private RoomLaw Catch(List<LawEffect> effects)
    {
        var law = this with { Held = [] };
        foreach (var held in Held)
            law = held.Act.Number > law.Rules.LastAct ? law.Follow(held.Act, held.Sequence, effects) : law;
        return law;
    }

    private RoomLaw OnClose(string sentence, List<LawEffect> effects)
    {
        effects.AddRange(Wishes.Select(wish => new LawEffect.Failed(wish, RefusalCode.Unspecified, sentence)));
        return this with { Wishes = [], Own = null, IsOnline = false };
    }
}
