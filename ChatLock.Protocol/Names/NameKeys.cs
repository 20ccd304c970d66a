namespace ChatLock.Protocol.Names;

/// <summary>Stand-ins for how a name looks. Two names conflict, so that only one may be live, if and only if they
/// share a key: any of one with any of the other.</summary>
/// <param name="Skeleton">The name's skeleton (UTS #39 section 4), case-folded.</param>
/// <param name="FoldedSkeleton">The case-folded name's skeleton, case-folded; often the same text.</param>
/// <remarks>A holder takes all its <see cref="Values"/> in one dictionary, key to holder; a claim is free if none
/// of its values is there. Names with equal case-mapped forms always share a key, so that rule needs no key of its
/// own: what tells "taken" from "looks like one that is taken" is whether the holder's <see cref="UserName"/> is
/// equal. Conflict isn't transitive ("Ivan" conflicts with "ivan" and with "lvan", these two don't), hence two
/// keys. For comparing only: never shown, never stored as the name. docs/PROTOCOL.md, names.</remarks>
public readonly record struct NameKeys(string Skeleton, string FoldedSkeleton)
{
    /// <summary>The distinct keys: one or two.</summary>
    public IReadOnlyList<string> Values => Skeleton == FoldedSkeleton ? [Skeleton] : [Skeleton, FoldedSkeleton];

    /// <summary>Whether the two names share a key.</summary>
    public bool Meet(NameKeys other) =>
        Skeleton == other.Skeleton || Skeleton == other.FoldedSkeleton
        || FoldedSkeleton == other.Skeleton || FoldedSkeleton == other.FoldedSkeleton;
}
