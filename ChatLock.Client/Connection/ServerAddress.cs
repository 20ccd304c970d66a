using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace ChatLock.Client.Connection;

/// <summary>Where a gateway listens, how it is reached, and what its certificate must be if the user knows it.</summary>
/// <remarks>docs/TERMINAL.md section 1. Written <c>host</c>, <c>host:port</c>, <c>[v6]:port</c> or
/// <c>chatlock://host:port#sha256=HEX</c>; <c>plain://</c> is TCP without TLS, to this machine only; of <c>https://host:port/#sha256=HEX</c>,
/// the address of the gateway's page, host and fingerprint are taken.</remarks>
public sealed record ServerAddress
{
    /// <summary>The gateway's TLS port where none is given.</summary>
    public const int DefaultPort = 4600;

    /// <summary>Length of a certificate's fingerprint, in bytes: SHA-256 of its SubjectPublicKeyInfo.</summary>
    public const int CertificateBytes = 32;

    private const string SecureScheme = "chatlock://";
    private const string PlainScheme = "plain://";
    private const string PageScheme = "https://";
    private const string PinPrefix = "sha256=";

    private ServerAddress(string host, int port, bool isPlain, ImmutableArray<byte>? certificate) =>
        (Host, Port, IsPlain, Certificate) = (host, port, isPlain, certificate);

    /// <summary>A name or an IP address, in lower case, without brackets.</summary>
    public string Host { get; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; }

    /// <summary>TCP without TLS; only ever to this machine.</summary>
    public bool IsPlain { get; }

    /// <summary>32 bytes that the certificate's key must hash to, where the address said so.</summary>
    public ImmutableArray<byte>? Certificate { get; }

    /// <summary>This machine, default port, TLS.</summary>
    public static ServerAddress Default { get; } = new("127.0.0.1", DefaultPort, isPlain: false, certificate: null);

    /// <summary>What the server's pin is kept under, and how people read it: host:port.</summary>
    public override string ToString() => WithPort(Port);

    /// <summary>The host with another port, as <see cref="ToString"/> writes it.</summary>
    internal string WithPort(int port) => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{port}" : $"{Host}:{port}";

    /// <summary>Reads an address that a user typed.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="address">The address, or <c>null</c> when the answer is <c>false</c>.</param>
    /// <param name="problem">What is wrong, as a sentence; empty when the answer is <c>true</c>.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerAddress? address, out string problem)
    {
        address = null;
        var rest = text.Trim();
        var isPlain = rest.StartsWith(PlainScheme, StringComparison.OrdinalIgnoreCase);
        if (isPlain)
            rest = rest[PlainScheme.Length..];
        else if (rest.StartsWith(SecureScheme, StringComparison.OrdinalIgnoreCase))
            rest = rest[SecureScheme.Length..];
        var isPage = rest.StartsWith(PageScheme, StringComparison.OrdinalIgnoreCase);
        if (isPage)
            rest = rest[PageScheme.Length..];

        var parts = rest.Split('#', 2);
        ImmutableArray<byte>? certificate = null;
        if (parts.Length == 2 && !TryReadPin(parts[1], out certificate))
            problem = "What follows # must be sha256= and 64 hexadecimal digits.";
        else if (!TryReadEndpoint(parts[0].TrimEnd('/'), out var host, out var port))
            problem = "A server is written host, host:port or chatlock://host:port#sha256=…";
        else if (isPlain && !IsThisMachine(host))
            problem = "plain:// (TCP without TLS) is only for this machine; leave it out.";
        else
        {
            address = new ServerAddress(host, isPage ? DefaultPort : port, isPlain, certificate);
            problem = "";
        }
        return address is not null;
    }

    private static bool TryReadPin(string text, out ImmutableArray<byte>? certificate)
    {
        certificate = null;
        var hex = text.StartsWith(PinPrefix, StringComparison.OrdinalIgnoreCase)
            ? text[PinPrefix.Length..].Replace(":", "", StringComparison.Ordinal)
            : "";
        if (hex.Length != 2 * CertificateBytes || !hex.All(char.IsAsciiHexDigit))
            return false;
        certificate = [.. Convert.FromHexString(hex)];
        return true;
    }

    private static bool TryReadEndpoint(string text, out string host, out int port)
    {
        host = text.ToLowerInvariant();
        port = DefaultPort;
        if (!host.StartsWith('[') && IPAddress.TryParse(host, out _) && host.Contains(':', StringComparison.Ordinal))
            return true; // a bare IPv6 address has colons of its own
        var colon = host.LastIndexOf(':');
        var bracket = host.LastIndexOf(']');
        if (colon > bracket)
        {
            if (!int.TryParse(host.AsSpan(colon + 1), out port) || port is < 1 or > 65535)
                return false;
            host = host[..colon];
        }
        if (bracket >= 0)
        {
            host = host.Trim('[', ']');
            return IPAddress.TryParse(host, out _);
        }
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
}
