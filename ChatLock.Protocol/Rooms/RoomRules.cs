using System.Collections.Immutable;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Rooms;

/// <summary>What is wrong with an act.</summary>
public enum ActProblem
{
    /// <summary>Nothing: it may be applied.</summary>
    None,

    /// <summary>Its number isn't the next one.</summary>
    Stale,

    /// <summary>Who does it hasn't the right, or it is about someone it can't be about.</summary>
    NotAllowed,

    /// <summary>As many acts in force as a room keeps.</summary>
    TooMany,
}

/// <summary>Who may do what in a room, and what was done: the same for the server and for every client.</summary>
/// <remarks>docs/PROTOCOL.md section 6a. A value. The owner may do everything; an op everything but making or unmaking ops,
/// and nothing against the owner or another op. Signatures are <see cref="RoomActs"/>'.</remarks>
public sealed record RoomRules
{
    /// <summary>Acts in force that a room keeps: bans, mutes, ops, topic, slow mode and what proves the rights behind them.</summary>
    public const int ActsMax = 100;

    private RoomRules(Fingerprint? owner) => Owner = owner;

    /// <summary>Who made the room; <c>null</c>: nobody owns it, and no act is allowed.</summary>
    public Fingerprint? Owner { get; }

    /// <summary>The number of the last act; the next one has one more.</summary>
    public ulong LastAct { get; private init; }

    /// <summary>Those in force by rising numbers, and those that gave their makers the right to them.</summary>
    public ImmutableList<RoomAct> InForce { get; private init; } = [];

    /// <summary>Keys with an op's rights.</summary>
    public ImmutableHashSet<Fingerprint> Ops { get; private init; } = [];

    /// <summary>Keys that can't enter.</summary>
    public ImmutableHashSet<Fingerprint> Banned { get; private init; } = [];

    /// <summary>Keys that can't post, and until when (milliseconds since 1970 by the server's clock; <see cref="long.MaxValue"/>: until unmuted).</summary>
    public ImmutableDictionary<Fingerprint, long> MutedUntilMs { get; private init; } = ImmutableDictionary<Fingerprint, long>.Empty;

    /// <summary>Seconds between two posts of a member who is neither owner nor op; 0: no such rule.</summary>
    public uint SlowModeSeconds { get; private init; }

    /// <summary>The last topic act; <c>null</c>: there is no topic.</summary>
    public RoomAct? Topic { get; private init; }

    /// <summary>A room's rules before anything was done.</summary>
    /// <param name="owner">Fingerprint of the creator's identity key; <c>null</c> for the lobby.</param>
    public static RoomRules Of(Fingerprint? owner) => new(owner);

    /// <summary>The rules that a server tells someone who enters: acts in force in their order, each checked.</summary>
    /// <param name="owner">As in the invite or, for an open room, as the server says.</param>
    /// <param name="acts">By rising numbers; their signatures are the caller's to check.</param>
    /// <param name="lastAct">The number of the last act of all.</param>
    /// <param name="rules">The rules; only acts that were allowed are in them.</param>
    /// <returns><c>false</c> when an act wasn't allowed to who did it, or the numbers don't rise.</returns>
    public static bool TryRead(Fingerprint? owner, IEnumerable<RoomAct> acts, ulong lastAct, out RoomRules rules)
    {
        ArgumentNullException.ThrowIfNull(acts);
        rules = Of(owner);
        var isGood = true;
        foreach (var act in acts)
        {
            if (act.Number > rules.LastAct && act.Number <= lastAct && rules.IsAllowed(act))
                rules = rules.With(act);
            else
                isGood = false;
        }
        rules = rules with { LastAct = lastAct };
        return isGood;
    }

    /// <summary>Whether a key may do anything here at all.</summary>
    /// <remarks>An op who is banned can do nothing until the ban is over.</remarks>
    public bool IsModerator(Fingerprint key) => key == Owner || (Ops.Contains(key) && !Banned.Contains(key));

    /// <summary>Whether a key may post now.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="nowUnixMs">Now, by the server's clock.</param>
    public bool IsMuted(Fingerprint key, long nowUnixMs) => MutedUntilMs.TryGetValue(key, out var until) && nowUnixMs < until;

    /// <summary>What is wrong with the next act. It is well-formed and its signature good: <see cref="RoomActs.Verify"/>.</summary>
    public ActProblem Check(RoomAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return !IsAllowed(act) ? ActProblem.NotAllowed
            : act.Number != LastAct + 1 ? ActProblem.Stale
            : Apply(act).InForce.Count > ActsMax ? ActProblem.TooMany
            : ActProblem.None;
    }

    /// <summary>The rules after an act that <see cref="Check"/> found nothing wrong with.</summary>
    public RoomRules Apply(RoomAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return With(act);
    }

    /// <summary>Bans, mutes and the rest as they are; mutes that ran out are forgotten.</summary>
    /// <param name="nowUnixMs">Now, by the server's clock.</param>
    public RoomRules At(long nowUnixMs)
    {
        var over = MutedUntilMs.Where(mute => mute.Value <= nowUnixMs).Select(mute => mute.Key).ToList();
        return over.Count == 0 ? this : (this with { MutedUntilMs = MutedUntilMs.RemoveRange(over) }).Pruned();
    }

    private bool IsAllowed(RoomAct act)
    {
        var by = Fingerprint.Of(act.By.Span);
        var isOwner = by == Owner;
        if (!isOwner && !IsModerator(by))
            return false;
        if (!Fingerprint.TryFrom(act.Target.Span, out var target))
            return act.Kind is RoomActKind.Topic or RoomActKind.SlowMode;
        if (target == Owner || target == by)
            return act.Kind == RoomActKind.Deop && target == by && !isOwner; // an op may lay the right down
        return act.Kind switch
        {
            RoomActKind.Op or RoomActKind.Deop => isOwner,
            RoomActKind.Kick or RoomActKind.Ban or RoomActKind.Mute => isOwner || !Ops.Contains(target),
            RoomActKind.Unban or RoomActKind.Unmute => true,
            _ => false,
        };
    }

    private RoomRules With(RoomAct act)
    {
        var next = this with { LastAct = act.Number, InForce = InForce.Add(act) };
        Fingerprint.TryFrom(act.Target.Span, out var target);
        return (act.Kind switch
        {
            RoomActKind.Ban => next with { Banned = Banned.Add(target) },
            RoomActKind.Unban => next with { Banned = Banned.Remove(target) },
            RoomActKind.Mute => next with { MutedUntilMs = MutedUntilMs.SetItem(target, MuteEnd(act)) },
            RoomActKind.Unmute => next with { MutedUntilMs = MutedUntilMs.Remove(target) },
            RoomActKind.Op => next with { Ops = Ops.Add(target) },
            RoomActKind.Deop => next with { Ops = Ops.Remove(target) },
            RoomActKind.Topic => next with { Topic = act.Envelope.IsEmpty ? null : act },
            RoomActKind.SlowMode => next with { SlowModeSeconds = act.Seconds },
            _ => next,
        }).Pruned();
    }

    private static long MuteEnd(RoomAct act) => act.Seconds == 0 ? long.MaxValue : act.TimeUnixMs + act.Seconds * 1000L;

    /// <summary>Leaves out what has no effect any more: the last act about each thing stays, if it says something; so do the ops'
    /// appointments and dismissals as long as something of theirs is in force.</summary>
    private RoomRules Pruned()
    {
        var last = new Dictionary<(RoomActKind, Fingerprint), RoomAct>();
        foreach (var act in InForce)
        {
            Fingerprint.TryFrom(act.Target.Span, out var target);
            last[(Subject(act.Kind), target)] = act;
        }
        var effective = last.Values.Where(IsEffective).ToList();
        var makers = effective.Select(act => Fingerprint.Of(act.By.Span)).Where(by => by != Owner).ToHashSet();
        var kept = InForce.Where(act =>
            effective.Contains(act)
            || (Subject(act.Kind) == RoomActKind.Op && Fingerprint.TryFrom(act.Target.Span, out var op) && makers.Contains(op)));
        return this with { InForce = [.. kept] };
    }

    /// <summary>Kinds that undo each other are about the same thing.</summary>
    private static RoomActKind Subject(RoomActKind kind) => kind switch
    {
        RoomActKind.Unban => RoomActKind.Ban,
        RoomActKind.Unmute => RoomActKind.Mute,
        RoomActKind.Deop => RoomActKind.Op,
        _ => kind,
    };

    private bool IsEffective(RoomAct act)
    {
        Fingerprint.TryFrom(act.Target.Span, out var target);
        return act.Kind switch
        {
            RoomActKind.Ban => Banned.Contains(target),
            RoomActKind.Mute => MutedUntilMs.ContainsKey(target),
            RoomActKind.Op => Ops.Contains(target),
            RoomActKind.Topic => ReferenceEquals(act, Topic),
            RoomActKind.SlowMode => act.Seconds > 0,
            _ => false,
        };
    }
}
