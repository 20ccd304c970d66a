using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;

namespace ChatLock.Client;

/// <summary>What the lab shows: lines, or a sentence about what was given.</summary>
/// <param name="Lines">Printable ASCII, at most 100 characters each; empty if there is a problem.</param>
/// <param name="Problem">Empty if there are lines.</param>
public sealed record LabAnswer(IReadOnlyList<string> Lines, string Problem);

/// <summary>DES and ECDSA step by step, for those who may not know a cipher themselves. INSECURE: for lessons.</summary>
public static class Lab
{
    /// <summary>DES on a block or a text.</summary>
    /// <param name="key">16 hexadecimal digits.</param>
    /// <param name="blockOrText">16 hexadecimal digits are a block; anything else is text, which can only be encrypted.</param>
    /// <param name="isDecrypting">Whether to decrypt.</param>
    public static LabAnswer Des(string key, string blockOrText, bool isDecrypting) =>
        Answer(DesLab.Run(key, blockOrText, isDecrypting ? DesDirection.Decrypt : DesDirection.Encrypt));

    /// <summary>Signs a message and verifies it again.</summary>
    /// <param name="curve">"p256" or "small".</param>
    /// <param name="privateKey">1 to n − 1; <c>null</c> makes a random one.</param>
    /// <param name="message">At most 16 KiB of UTF-8.</param>
    /// <param name="nonce">k, written like the key; <c>null</c> derives it by RFC 6979.</param>
    /// <param name="withSteps">Whether each step of every multiplication and inversion is shown.</param>
    public static LabAnswer Ecdsa(string curve, string? privateKey, string message, string? nonce, bool withSteps) =>
        Answer(EcdsaLab.Run(curve, privateKey, message, nonce, withSteps ? LabDetail.Steps : LabDetail.Values));

    private static LabAnswer Answer(LabResult result) => new(result.Lines, result.Sentence);
}
