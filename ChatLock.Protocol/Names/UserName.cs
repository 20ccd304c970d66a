using System.Diagnostics.CodeAnalysis;

namespace ChatLock.Protocol.Names;

/// <summary>What a user is called: PRECIS UsernameCaseMapped (RFC 8265 section 3.3), of characters that UTS #39
/// allows in identifiers. Two are equal if their case-mapped forms are; whether both may be held at once is for
/// <see cref="Keys"/> to say. docs/PROTOCOL.md, names.</summary>
public sealed class UserName : IEquatable<UserName>
{
    /// <summary>Most characters (Unicode scalar values, in NFC) of a name; at most 128 bytes of UTF-8.</summary>
    public const int MaxCharacters = 32;

    private UserName(EnforcedName name, NameKeys keys) =>
        (Text, CaseMapped, Keys) = (name.Shown, name.CaseMapped, keys);

    /// <summary>The order of rosters: by UTF-16 unit of the case-mapped form.</summary>
    public static IComparer<UserName> RosterOrder { get; } =
        Comparer<UserName>.Create((left, right) => string.CompareOrdinal(left.CaseMapped, right.CaseMapped));

    /// <summary>As people see it: NFC, ordinary width, in the case it was typed in.</summary>
    public string Text { get; }

    /// <summary>As names are compared: <see cref="Text"/> in lower case, in NFC.</summary>
    public string CaseMapped { get; }

    /// <summary>What no two live names may share.</summary>
    public NameKeys Keys { get; }

    /// <summary>Takes a name from outside. Any input is answered, none throws.</summary>
    /// <param name="text">Anything; more than 256 UTF-16 units are refused unread.</param>
    /// <param name="name">The name, if there is nothing wrong with it.</param>
    /// <param name="problem">What is wrong, with a sentence for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out UserName? name, out NameProblem problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        name = null;
        problem = NameRules.Enforce(text, MaxCharacters, out var enforced);
        if (problem.Kind != NameProblemKind.None)
            return false;
        var keys = NameSkeletons.KeysOf(enforced.Shown);
        if (ReservedNames.Claim(keys))
        {
            problem = new(NameProblemKind.Reserved);
            return false;
        }
        name = new(enforced, keys);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(UserName? other) => other is not null && CaseMapped == other.CaseMapped;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UserName);

    /// <inheritdoc/>
    public override int GetHashCode() => CaseMapped.GetHashCode(StringComparison.Ordinal);

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;

    /// <summary>Same case-mapped form.</summary>
    public static bool operator ==(UserName? left, UserName? right) => Equals(left, right);

    /// <summary>Another case-mapped form.</summary>
    public static bool operator !=(UserName? left, UserName? right) => !Equals(left, right);
}
