using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Codes;

/// <summary>The stable spelling of refusal codes and close reasons, as people, logs and scripts see them.</summary>
/// <remarks>docs/PROTOCOL.md sections 8 and 9: "name-taken" for <c>REFUSAL_CODE_NAME_TAKEN</c>.</remarks>
public static class CodeNames
{
    private static readonly Dictionary<RefusalCode, string> Refusals = NamesOf<RefusalCode>();
    private static readonly Dictionary<CloseReason, string> Closes = NamesOf<CloseReason>();

    /// <summary>The code in kebab-case; a number that this version doesn't know reads "unknown-NUMBER".</summary>
    public static string Of(RefusalCode code) => Refusals.GetValueOrDefault(code) ?? $"unknown-{(int)code}";

    /// <summary>The reason in kebab-case; a number that this version doesn't know reads "unknown-NUMBER".</summary>
    public static string Of(CloseReason reason) => Closes.GetValueOrDefault(reason) ?? $"unknown-{(int)reason}";

    private static Dictionary<T, string> NamesOf<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(value => value, value => KebabCase(value.ToString()));

    private static string KebabCase(string pascalCase) =>
        string.Concat(pascalCase.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
