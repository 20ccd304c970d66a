using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;

namespace ChatLock.Actors.Registry;

/// <summary>Who holds which name: one key a name, one name and one session a key.</summary>
public sealed record RegistryState
{
    /// <summary>Free names offered with a refusal.</summary>
    public const int Suggestions = 3;

    public static readonly RegistryState Empty = new();

    private sealed record Holding(UserName Name, Fingerprint Key, SessionId Session, IActorRef Actor);

    private ImmutableDictionary<string, Holding> ByNameKey { get; init; } = ImmutableDictionary<string, Holding>.Empty;

    private ImmutableDictionary<Fingerprint, Holding> ByKey { get; init; } = ImmutableDictionary<Fingerprint, Holding>.Empty;

    public int Count => ByKey.Count;

    public (RegistryState Next, IReadOnlyList<RegistryEffect> Effects) On(RegistryCommand command) => command switch
    {
        RegistryCommand.Claim claim => OnClaim(claim),
        RegistryCommand.Release release => (OnRelease(release), []),
        _ => throw new UnreachableException($"no rule for {command.GetType().Name}"),
    };

    private (RegistryState, IReadOnlyList<RegistryEffect>) OnClaim(RegistryCommand.Claim claim)
    {
        if (HeldByAnother(claim.Name, claim.Key) is { } holder)
        {
            var confusable = holder.Name != claim.Name;
            var free = NameSuggestions.For(claim.Name, name => HeldByAnother(name, claim.Key) is null, Suggestions);
            return (this, [new RegistryEffect.Refuse(Refusals.NameTaken(confusable, free.Select(name => name.Text)))]);
        }

        var old = ByKey.GetValueOrDefault(claim.Key);
        var holding = new Holding(claim.Name, claim.Key, claim.Session, claim.ReplyTo);
        var next = (old is null ? this : Without(old)).With(holding);
        return old is not null && old.Session != claim.Session
            ? (next, [new RegistryEffect.TakeOver(old.Actor), new RegistryEffect.Grant(claim.Name)])
            : (next, [new RegistryEffect.Grant(claim.Name)]);
    }

    private RegistryState OnRelease(RegistryCommand.Release release) =>
        ByKey.TryGetValue(release.Key, out var holding) && holding.Session == release.Session
            ? Without(holding)
            : this;

    private Holding? HeldByAnother(UserName name, Fingerprint key) => name.Keys.Values
        .Select(nameKey => ByNameKey.GetValueOrDefault(nameKey))
        .FirstOrDefault(holding => holding is not null && holding.Key != key);

    private RegistryState With(Holding holding) => this with
    {
        ByNameKey = ByNameKey.SetItems(holding.Name.Keys.Values.Select(nameKey => KeyValuePair.Create(nameKey, holding))),
        ByKey = ByKey.SetItem(holding.Key, holding),
    };

    private RegistryState Without(Holding holding) => this with
    {
        ByNameKey = ByNameKey.RemoveRange(holding.Name.Keys.Values),
        ByKey = ByKey.Remove(holding.Key),
    };
}
