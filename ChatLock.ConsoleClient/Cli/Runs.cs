namespace ChatLock.ConsoleClient.Cli;

/// <summary>Something to do with a gateway.</summary>
/// <param name="Invocation">What.</param>
/// <param name="Flags">Settings from the command line.</param>
/// <param name="ConfigFile">A settings file that was named.</param>
internal sealed record ConnectedRun(
    Invocation Invocation, IReadOnlyList<KeyValuePair<string, string>> Flags, string? ConfigFile);

/// <summary>Something to see in the lab.</summary>
internal abstract record LabRun
{
    private LabRun()
    {
    }

    /// <summary>DES.</summary>
    public sealed record Des(string Key, string BlockOrText, bool IsDecrypting) : LabRun;

    /// <summary>ECDSA.</summary>
    public sealed record Ecdsa(string Message, string Curve, string? PrivateKey, string? Nonce, bool WithSteps) : LabRun;
}
