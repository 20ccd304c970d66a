using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ChatLock.Checker.Faults;

namespace ChatLock.Checker.Tests.Faults;

public sealed class TlsTests
{
    [Fact]
    public async Task TLS_passes_and_a_corrupted_byte_ends_it()
    {
        await using var rig = new ProxyRig((FaultDirection.ToClient, new ScheduledFault(20_000, new Fault.Corrupt(1))));
        var (client, gateway) = await rig.ConnectAsync();
        using var certificate = Certificate();
        await using var server = new SslStream(new NetworkStream(gateway));
        await using var secure = new SslStream(
            new NetworkStream(client), false, (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString());
        await Task.WhenAll(server.AuthenticateAsServerAsync(certificate), secure.AuthenticateAsClientAsync("localhost"));

        var sent = new byte[1_000];
        var buffer = new byte[1_000];
        await server.WriteAsync(sent);
        await secure.ReadExactlyAsync(buffer);
        Assert.Equal(sent, buffer);

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var turn = 0; turn < 30; turn++)
            {
                await server.WriteAsync(sent);
                await secure.ReadExactlyAsync(buffer);
            }
        });
        Assert.Equal("corrupt", (await rig.NextFaultAsync()).Fault.Kind);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
