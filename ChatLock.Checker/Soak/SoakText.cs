using System.Security.Cryptography;
using ChatLock.Checker.History;

namespace ChatLock.Checker.Soak;

/// <summary>What the clients say to each other: the canary, so that it must not be found; the message's id, so that it is known
/// for what it is after all encryption; and filling.</summary>
internal static class SoakText
{
    private const int FillingMaxLength = 160;

    public static MessageId NewId() => new(new UInt128(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))));

    public static string Of(string canary, MessageId id, Random random) =>
        $"{canary} {id} {new string('.', random.Next(FillingMaxLength))}";

    /// <summary>The id in a text; one that nobody sent if the text isn't one of ours.</summary>
    public static MessageId IdOf(string text) =>
        text.Split(' ') is [_, var second, _] && MessageId.TryParse(second, out var id) ? id : default;
}
