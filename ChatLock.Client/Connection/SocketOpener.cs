using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatLock.Client.Connection;

/// <summary>What came of an attempt to open a stream.</summary>
internal abstract record OpenOutcome
{
    private OpenOutcome()
    {
    }

    /// <summary>Connected. <paramref name="Certificate"/>: SHA-256 of the certificate's key, 32 bytes; none without TLS.</summary>
    public sealed record Opened(Stream Stream, byte[]? Certificate) : OpenOutcome;

    /// <summary>Not connected: the reason and, for the first time, the remedy in words.</summary>
    public sealed record Failed(string Sentence, string Advice = "") : OpenOutcome;
}

/// <summary>Opens a TCP connection, with TLS 1.3 or 1.2 over it unless the address is plain.</summary>
/// <remarks>Who the server is, is decided afterwards by its pinned key, before a byte is sent to it: a gateway's
/// certificate is its own, no authority signs it. docs/PROTOCOL.md section 1.</remarks>
internal static class SocketOpener
{
    /// <summary>A resource bound only: whoever asked has given up before (<see cref="ConnectionState.OpenTimeout"/>).</summary>
    private static readonly TimeSpan GiveUpAfter = 2 * ConnectionState.OpenTimeout;

    public static async Task<OpenOutcome> OpenAsync(ServerAddress server)
    {
        using var giveUp = new CancellationTokenSource(GiveUpAfter);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, giveUp.Token).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return server.IsPlain
                ? new OpenOutcome.Opened(stream, Certificate: null)
                : await SecureAsync(server, stream, giveUp.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is SocketException or IOException or OperationCanceledException or AuthenticationException)
        {
            socket.Dispose();
            return Failure(server, failed);
        }
    }

    private static async Task<OpenOutcome> SecureAsync(ServerAddress server, Stream stream, CancellationToken giveUp)
    {
        byte[]? certificate = null;
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(Options(server, shown => certificate = shown), giveUp).ConfigureAwait(false);
        return certificate is null
            ? new OpenOutcome.Failed($"{server} shows no certificate.")
            : new OpenOutcome.Opened(secure, certificate);
    }

    [SuppressMessage("Security", "CA5359", Justification = "The key is pinned; the caller compares it before sending.")]
    [SuppressMessage("Security", "CA5398", Justification = "Nothing below TLS 1.2, whatever the platform would allow.")]
    private static SslClientAuthenticationOptions Options(ServerAddress server, Action<byte[]> shown) => new()
    {
        TargetHost = server.Host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            if (certificate is X509Certificate2 full)
                shown(SHA256.HashData(full.PublicKey.ExportSubjectPublicKeyInfo()));
            return certificate is X509Certificate2;
        },
    };

    private static OpenOutcome.Failed Failure(ServerAddress server, Exception failed) => failed switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(
            $"Nothing answers at {server}.", "Is the gateway running? Start it with: dotnet run --project ChatLock.Gateway"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            new($"There is no host called {server.Host}.", "Check the spelling, or use its IP address."),
        SocketException { SocketErrorCode: var code } => new($"{server} can't be reached ({code})."),
        OperationCanceledException => new($"{server} doesn't answer."),
        _ => new(
            $"What answers at {server} doesn't speak TLS as a ChatLock gateway does.",
            "Is the port right? A gateway prints it at its start."),
    };
}
