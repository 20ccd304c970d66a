using System.Net;
using ChatLock.Actors;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Codes;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Gateway.Connections;

/// <summary>Counts and, now and then, logs connections that never became a session.</summary>
public sealed partial class RefusedConnections(ServerIdentity server, ILogger<RefusedConnections> log)
{
    /// <summary>What a connection without a place gets instead of a Challenge.</summary>
    public static readonly EncodedFrame TooManyFrame = EncodedFrame.Of(new ServerFrame
    {
        Close = new Close
        {
            Reason = CloseReason.TooManyConnections,
            Sentence = CloseSentences.Of(CloseReason.TooManyConnections),
        },
    });

    private readonly Lock _lock = new();
    private LogLimit _limit = LogLimit.None;

    public void TooMany(IPAddress remote)
    {
        server.Counters.CountClose(CloseReason.TooManyConnections);
        Refused(remote, CloseReason.TooManyConnections, "too many connections");
    }

    /// <summary>The TLS handshake failed: plain text on a TLS port, an old TLS version, or a scanner.</summary>
    public void NoTls(IPAddress remote) => Refused(remote, CloseReason.Malformed, "no TLS handshake");

    /// <summary>A browser with another site's page wanted a session.</summary>
    public void ForeignOrigin(IPAddress remote) => Refused(remote, CloseReason.Unspecified, "page of another origin");

    private void Refused(IPAddress remote, CloseReason reason, string why)
    {
        server.Counters.CountConnectionRefused();
        lock (_lock)
        {
            if (_limit.TryLog(reason, server.Clock.NowMs, out _limit, out var suppressed))
                LogRefused(remote, why, suppressed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "connection from {Remote} refused: {Why} ({Suppressed} like it not logged)")]
    private partial void LogRefused(IPAddress remote, string why, int suppressed);
}
