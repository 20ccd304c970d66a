using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ChatLock.Actors;
using ChatLock.Actors.Storage;
using ChatLock.Gateway.Page;
using ChatLock.Gateway.Settings;

namespace ChatLock.Gateway.Tls;

/// <summary>The node's TLS certificate: the operator's own, or a self-signed one that is made once.</summary>
public sealed class NodeCertificate : IDisposable
{
    private const string CertificateFile = "certificate.pem";
    private const string KeyFile = "key.pem";
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);

    private NodeCertificate(X509Certificate2 certificate, bool isSelfMade)
    {
        Certificate = certificate;
        IsSelfMade = isSelfMade;
        DnsNames = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames())];
        PublicKeyHash = SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, 32 bytes: the server id that clients pin and sign.</summary>
    public byte[] PublicKeyHash { get; }

    /// <summary>Made by this node: browsers warn of it.</summary>
    public bool IsSelfMade { get; }

    /// <summary>The names it is for; one may begin with <c>*.</c></summary>
    public IReadOnlyList<string> DnsNames { get; }

    /// <summary>A name that others can reach this node by, if an operator's certificate has one.</summary>
    public string? NameForOthers =>
        IsSelfMade ? null : DnsNames.FirstOrDefault(name => name != "localhost" && !name.StartsWith('*'));

    public static NodeCertificate Load(GatewaySettings settings, TimeProvider time)
    {
        var (certificate, key) = settings.OwnCertificate ?? SelfSigned(settings.DataFolder, time);
        try
        {
            return new NodeCertificate(X509Certificate2.CreateFromPemFile(certificate, key), settings.OwnCertificate is null);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                $"The certificate {certificate} with the key {key} can't be used: {wrong.Message} " +
                "Both must be PEM files that belong together.");
        }
    }

    public void Dispose() => Certificate.Dispose();

    private static (string Certificate, string Key) SelfSigned(string folder, TimeProvider time)
    {
        var files = (Certificate: Path.Combine(folder, CertificateFile), Key: Path.Combine(folder, KeyFile));
        try
        {
            if (!File.Exists(files.Key) || !File.Exists(files.Certificate))
                Make(folder, files.Certificate, files.Key, time.GetUtcNow());
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw OwnerOnly.Unusable(folder, wrong);
        }

        return files;
    }

    private static void Make(string folder, string certificateFile, string keyFile, DateTimeOffset now)
    {
        OwnerOnly.MakeDataFolder(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Environment.MachineName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Environment.MachineName);
        if (!Environment.MachineName.Contains('.', StringComparison.Ordinal))
            names.AddDnsName($"{Environment.MachineName}.local"); // as machines of a home network find each other
        foreach (var address in (IEnumerable<IPAddress>)[IPAddress.Loopback, IPAddress.IPv6Loopback, .. LanAddress.All()])
            names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Validity);

        // The key first, readable by its owner only from its first byte on; a node killed in between makes both anew.
        OwnerOnly.Write(keyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
    }
}
