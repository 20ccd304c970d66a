using System.Collections.Immutable;
using System.Diagnostics;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Routing;

/// <summary>Who has a session, with a connection or without: by key, by name, and page by page.</summary>
/// <param name="AwayAfter">Time without a connection after which someone is away.</param>
public sealed record RouterState(TimeSpan AwayAfter)
{
    /// <summary>Members in one page of a roster.</summary>
    public const int PageMembers = 50;

    private static readonly RouterEffect[] Nothing = [];

    /// <param name="DetachedMs">Since when it has no connection, by the monotonic clock.</param>
    private sealed record Seat(SessionId Session, Member Member, string NameKey, long? DetachedMs);

    private ImmutableDictionary<Fingerprint, Seat> ByKey { get; init; } = ImmutableDictionary<Fingerprint, Seat>.Empty;

    private ImmutableDictionary<string, Seat> ByName { get; init; } = ImmutableDictionary<string, Seat>.Empty;

    /// <summary>The names in their order, for pages.</summary>
    private ImmutableSortedSet<string> Names { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public int Count => ByKey.Count;

    public (RouterState Next, IReadOnlyList<RouterEffect> Effects) On(RouterCommand command, long nowMs) => command switch
    {
        RouterCommand.Who who => (this, [OnWho(who, nowMs)]),
        RouterCommand.Register register => OnRegister(register, nowMs),
        RouterCommand.Unregister gone => (Without(gone.Key, gone.Session), Nothing),
        RouterCommand.Detach gone => (OnDetach(gone, nowMs), Nothing),
        RouterCommand.Rename rename => (OnRename(rename), Nothing),
        _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
    };

    private RouterEffect OnWho(RouterCommand.Who who, long nowMs)
    {
        var question = who.Question;
        if (question.Name.Length == 0 && question.Fingerprint.Length == 0)
            return new RouterEffect.Answer(who.ReplyTo, new Reply { Ref = who.Ref, Roster = Page(question.After, nowMs) });
        if (Find(question) is not { } seat)
            return new RouterEffect.AskRegistry(who.Ref, question, (uint)Count, who.ReplyTo);

        var member = new Member(seat.Member) { Away = IsAway(seat, nowMs) };
        return new RouterEffect.Answer(
            who.ReplyTo, new Reply { Ref = who.Ref, Roster = new Roster { Members = { member }, Online = (uint)Count } });
    }

    private Seat? Find(Who question) =>
        Fingerprint.TryFrom(question.Fingerprint.Span, out var key) ? ByKey.GetValueOrDefault(key)
        : NameKey(question.Name) is { } nameKey ? ByName.GetValueOrDefault(nameKey)
        : null;

    private Roster Page(string after, long nowMs)
    {
        var start = after.Length > 0 && NameKey(after) is { } key ? FirstAfter(key) : 0;
        var end = Math.Min(start + PageMembers, Names.Count);
        var roster = new Roster { Online = (uint)Count, More = end < Names.Count };
        for (var i = start; i < end; i++)
        {
            var seat = ByName[Names[i]];
            var member = ServerSession.Public(seat.Member);
            member.Away = IsAway(seat, nowMs);
            roster.Members.Add(member);
        }

        return roster;
    }

    private bool IsAway(Seat seat, long nowMs) =>
        seat.DetachedMs is { } since && nowMs - since >= AwayAfter.TotalMilliseconds;

    private int FirstAfter(string nameKey)
    {
        var index = Names.IndexOf(nameKey);
        return index >= 0 ? index + 1 : ~index;
    }

    private (RouterState, IReadOnlyList<RouterEffect>) OnRegister(RouterCommand.Register register, long nowMs)
    {
        var next = With(register.Key, register.Member, register.Session, detachedMs: null);
        return (next, [new RouterEffect.Listed(register.ReplyTo, next.Page(after: "", nowMs))]);
    }

    private RouterState OnDetach(RouterCommand.Detach gone, long nowMs) =>
        ByKey.TryGetValue(gone.Key, out var seat) && seat.Session == gone.Session
            ? With(gone.Key, seat.Member, seat.Session, nowMs)
            : this;

    private RouterState OnRename(RouterCommand.Rename rename) =>
        ByKey.TryGetValue(rename.Key, out var seat) && seat.Session == rename.Session
            ? With(rename.Key, rename.Member, seat.Session, seat.DetachedMs)
            : this;

    private RouterState With(Fingerprint key, Member member, SessionId session, long? detachedMs)
    {
        var cleared = ByKey.TryGetValue(key, out var old) ? Without(key, old.Session) : this;
        var seat = new Seat(session, member, NameKey(member.Name) ?? member.Name, detachedMs);
        return cleared with
        {
            ByKey = cleared.ByKey.SetItem(key, seat),
            ByName = cleared.ByName.SetItem(seat.NameKey, seat),
            Names = cleared.Names.Add(seat.NameKey),
        };
    }

    private RouterState Without(Fingerprint key, SessionId session)
    {
        if (!ByKey.TryGetValue(key, out var seat) || seat.Session != session)
            return this;

        var next = this with { ByKey = ByKey.Remove(key) };
        // The name may have been granted to someone else already: their entry stays.
        return ByName.TryGetValue(seat.NameKey, out var named) && ReferenceEquals(named, seat)
            ? next with { ByName = ByName.Remove(seat.NameKey), Names = Names.Remove(seat.NameKey) }
            : next;
    }

    private static string? NameKey(string name) =>
        UserName.TryParse(name, out var parsed, out _) ? parsed.CaseMapped : null;
}
