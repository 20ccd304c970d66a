using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ChatLock.Client.Connection;

namespace ChatLock.Client.Tests.Scenarios;

/// <summary>Over TLS: whose certificate it is, before a byte is sent.</summary>
public sealed class TlsTests : ClientScenario
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = SelfSigned();

    public TlsTests() => _listener.Start();

    private byte[] Shown => SHA256.HashData(_certificate.PublicKey.ExportSubjectPublicKeyInfo());

    private string Where => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    [Fact]
    public async Task The_first_certificate_is_pinned_and_said()
    {
        Start(server: Address(Where));
        var session = new ScriptedSession(await AcceptAsync(), Shown);
        await session.AdmitAsync();
        var pinned = await NextAsync<ClientEvent.Notice>(notice => notice.Code == "server-pinned");
        Assert.Contains(Convert.ToHexStringLower(Shown), pinned.Sentence, StringComparison.Ordinal);
        await NextAsync<ClientEvent.Entered>();
    }

    [Fact]
    public async Task Another_certificate_than_the_address_says_gets_nothing()
    {
        Start(server: Address($"{Where}#sha256={new string('0', 64)}"));
        var stream = await AcceptAsync();
        var stopped = Assert.IsType<ConnectionStatus.Stopped>(
            (await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped)).Status);
        Assert.Equal(StopKind.NotTrusted, stopped.Kind);
        Assert.Contains($"chatlock://{Where}#sha256={Convert.ToHexStringLower(Shown)}", stopped.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, await ReadToEndAsync(stream));
    }

    [Fact]
    public async Task A_server_that_speaks_for_another_than_its_certificate_gets_nothing()
    {
        Start(server: Address(Where));
        var stream = await AcceptAsync();
        var session = new ScriptedSession(stream, serverId: new byte[32]);
        await session.ChallengeAsync();
        var stopped = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Equal(StopKind.NotTrusted, ((ConnectionStatus.Stopped)stopped.Status).Kind);
        Assert.Null(await session.ReadAsync());
    }

    [Fact]
    public async Task Plain_text_where_tls_should_be_is_left_with_a_sentence()
    {
        Start(server: Address(Where));
        using var client = await _listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        var stopped = await NextAsync<ClientEvent.StatusChanged>(status => status.Status is ConnectionStatus.Stopped);
        Assert.Contains("doesn't speak TLS as a ChatLock gateway does", stopped.Status.Sentence, StringComparison.Ordinal);
    }

    protected override void AfterAll()
    {
        _listener.Dispose();
        _certificate.Dispose();
        base.AfterAll();
    }

    private static ServerAddress Address(string text) =>
        ServerAddress.TryParse(text, out var address, out var problem) ? address : throw new ArgumentException(problem);

    private async Task<SslStream> AcceptAsync()
    {
        var stream = new SslStream((await _listener.AcceptTcpClientAsync()).GetStream());
        await stream.AuthenticateAsServerAsync(_certificate);
        return stream;
    }

    private static async Task<int> ReadToEndAsync(Stream stream)
    {
        var buffer = new byte[1];
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=chatlock", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
