using ChatLock.Crypto.Suites;

namespace ChatLock.Crypto.Tests.Suites;

/// <summary>A file of <c>vectors/suites</c>. Its README says what the fields are; bytes are lower-case hex.</summary>
internal sealed record SuiteVectorFile(int Suite, string Name, IReadOnlyList<SuiteVector> Messages);

/// <summary>One message as its receiver sees it, and the answer it must give.</summary>
internal sealed record SuiteVector
{
    public required string Comment { get; init; }
    public required string Kind { get; init; }
    public required string Expected { get; init; }
    public string? RoomName { get; init; }
    public string? RoomSecret { get; init; }
    public string? RecipientPoint { get; init; }
    public string? SessionPrivateKey { get; init; }
    public string? SessionPoint { get; init; }
    public string? OneTimePrivateKey { get; init; }
    public required string SenderPrivateKey { get; init; }
    public required string SenderPoint { get; init; }
    public required string Target { get; init; }
    public required string Sender { get; init; }
    public required string Salt { get; init; }
    public required string Counter { get; init; }
    public string? Plaintext { get; init; }
    public string SignedBytes { get; init; } = "";
    public string Ciphertext { get; init; } = "";
    public string Signature { get; init; } = "";

    public bool IsPost() => Kind == "post";

    public OpenFailure Failure() => Expected switch
    {
        "genuine" => OpenFailure.None,
        "bad_signature" => OpenFailure.BadSignature,
        "cannot_decrypt" => OpenFailure.CannotDecrypt,
        "malformed" => OpenFailure.Malformed,
        _ => throw new InvalidDataException($"no answer is called {Expected}"),
    };

    public MessageHeader Header() => new(
        IsPost() ? MessageKind.Post : MessageKind.Private,
        Convert.FromHexString(Target), Convert.FromHexString(Sender), Convert.FromHexString(Salt),
        ulong.Parse(Counter, System.Globalization.CultureInfo.InvariantCulture));

    public SealedMessage Message() => new(Convert.FromHexString(Ciphertext), Convert.FromHexString(Signature));
}
