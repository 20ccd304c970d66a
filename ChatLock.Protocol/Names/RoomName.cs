using System.Diagnostics.CodeAnalysis;

namespace ChatLock.Protocol.Names;

/// <summary>What a room is called: the rules of <see cref="UserName"/> except for length and reserved words, and one
/// form only, the case-mapped one, since its UTF-8 bytes are signed. docs/PROTOCOL.md, names.</summary>
public sealed record RoomName
{
    /// <summary>Most characters (Unicode scalar values, as typed and in NFC) of a name.</summary>
    public const int MaxCharacters = 64;

    private RoomName(string text) => Text = text;

    /// <summary>The room that everyone is in.</summary>
    public static RoomName Lobby { get; } = new("lobby");

    /// <summary>Lower case, NFC, ordinary width.</summary>
    public string Text { get; }

    /// <summary>Takes a name from outside. Any input is answered, none throws.</summary>
    /// <param name="text">Anything; more than 512 UTF-16 units are refused unread.</param>
    /// <param name="name">The name, if there is nothing wrong with it.</param>
    /// <param name="problem">What is wrong, with a sentence for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RoomName? name, out NameProblem problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = NameRules.Enforce(text, MaxCharacters, out var enforced);
        name = problem.Kind == NameProblemKind.None ? new(enforced.CaseMapped) : null;
        return name is not null;
    }

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
