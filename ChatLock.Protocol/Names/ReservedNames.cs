using System.Collections.Frozen;

namespace ChatLock.Protocol.Names;

/// <summary>What the chat itself speaks with or addresses by ("Me to all: …", "*** server: …"). A user called so,
/// or alike, could speak in its voice.</summary>
internal static class ReservedNames
{
    private static readonly string[] Words =
    [
        "server", "system", "administrator", "moderator", "gateway", "chatlock",
        "me", "you", "all", "everyone", "nobody", "lobby",
    ];

    private static readonly FrozenSet<string> Held =
        Words.SelectMany(word => NameSkeletons.KeysOf(word).Values).ToFrozenSet(StringComparer.Ordinal);

    public static bool Claim(NameKeys keys) => Held.Contains(keys.Skeleton) || Held.Contains(keys.FoldedSkeleton);
}
