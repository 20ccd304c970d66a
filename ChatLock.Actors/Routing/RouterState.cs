using System.Collections.Immutable;
using System.Diagnostics;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Routing;

/// <summary>Who is here and through which session: by key for messages, by name for people.</summary>
public sealed record RouterState
{
    /// <summary>Members in one page of a roster.</summary>
    public const int PageMembers = 50;

    public static readonly RouterState Empty = new();

    private static readonly RouterEffect[] Nothing = [];

    private sealed record Seat(SessionHandle Session, Member Member, string NameKey);

    private ImmutableDictionary<Fingerprint, Seat> ByKey { get; init; } = ImmutableDictionary<Fingerprint, Seat>.Empty;

    private ImmutableDictionary<string, Seat> ByName { get; init; } = ImmutableDictionary<string, Seat>.Empty;

    /// <summary>The names in their order, for pages.</summary>
    private ImmutableSortedSet<string> Names { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public int Count => ByKey.Count;

    public (RouterState Next, IReadOnlyList<RouterEffect> Effects) On(RouterCommand command, long nowUnixMs) => command switch
    {
        RouterCommand.Private message => (this, OnPrivate(message, nowUnixMs)),
        RouterCommand.Who who => (this, [new RouterEffect.Answer(OnWho(who))]),
        RouterCommand.Register register => OnRegister(register),
        RouterCommand.Unregister gone => (Without(gone.Key, gone.Session), Nothing),
        RouterCommand.Rename rename => (OnRename(rename), Nothing),
        _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
    };

    private IReadOnlyList<RouterEffect> OnPrivate(RouterCommand.Private message, long nowUnixMs)
    {
        if (!Fingerprint.TryFrom(message.Body.Recipient.Span, out var recipient) ||
            !ByKey.TryGetValue(recipient, out var seat))
            return [new RouterEffect.Answer(new Reply { Ref = message.Ref, Refused = Refusals.RecipientNotHere })];

        var frame = new PrivateMessage
        {
            TimeUnixMs = nowUnixMs,
            From = message.From,
            Envelope = message.Body.Envelope,
            MessageId = message.Body.MessageId,
        };
        var accepted = new Reply { Ref = message.Ref, Accepted = new Accepted { TimeUnixMs = nowUnixMs } };
        return [new RouterEffect.Deliver(seat.Session, frame), new RouterEffect.Answer(accepted)];
    }

    private Reply OnWho(RouterCommand.Who who)
    {
        var question = who.Question;
        if (question.Name.Length == 0 && question.Fingerprint.Length == 0)
            return new Reply { Ref = who.Ref, Roster = Page(question.After) };

        return Find(question) is { } seat
            ? new Reply { Ref = who.Ref, Roster = new Roster { Members = { seat.Member }, Online = (uint)Count } }
            : new Reply { Ref = who.Ref, Refused = Refusals.NobodyFound };
    }

    private Seat? Find(Who question) =>
        Fingerprint.TryFrom(question.Fingerprint.Span, out var key) ? ByKey.GetValueOrDefault(key)
        : NameKey(question.Name) is { } nameKey ? ByName.GetValueOrDefault(nameKey)
        : null;

    private Roster Page(string after)
    {
        var start = after.Length > 0 && NameKey(after) is { } key ? FirstAfter(key) : 0;
        var end = Math.Min(start + PageMembers, Names.Count);
        var roster = new Roster { Online = (uint)Count, More = end < Names.Count };
        for (var i = start; i < end; i++)
            roster.Members.Add(ServerSession.Public(ByName[Names[i]].Member));
        return roster;
    }

    private int FirstAfter(string nameKey)
    {
        var index = Names.IndexOf(nameKey);
        return index >= 0 ? index + 1 : ~index;
    }

    private (RouterState, IReadOnlyList<RouterEffect>) OnRegister(RouterCommand.Register register)
    {
        var next = With(register.Key, register.Member, register.Session);
        return (next, [new RouterEffect.Listed(next.Page(after: ""))]);
    }

    private RouterState OnRename(RouterCommand.Rename rename) =>
        ByKey.TryGetValue(rename.Key, out var seat) && seat.Session.Id == rename.Session
            ? With(rename.Key, rename.Member, seat.Session)
            : this;

    private RouterState With(Fingerprint key, Member member, SessionHandle session)
    {
        var cleared = ByKey.TryGetValue(key, out var old) ? Without(key, old.Session.Id) : this;
        var seat = new Seat(session, member, NameKey(member.Name) ?? member.Name);
        return cleared with
        {
            ByKey = cleared.ByKey.SetItem(key, seat),
            ByName = cleared.ByName.SetItem(seat.NameKey, seat),
            Names = cleared.Names.Add(seat.NameKey),
        };
    }

    private RouterState Without(Fingerprint key, SessionId session)
    {
        if (!ByKey.TryGetValue(key, out var seat) || seat.Session.Id != session)
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
