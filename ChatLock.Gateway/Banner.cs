using System.Text;

namespace ChatLock.Gateway;

/// <summary>What the gateway prints when it is ready: how to join, from here and from another machine.</summary>
public static class Banner
{
    private const string Client = "dotnet run --project ChatLock.ConsoleClient";

    public static string For(GatewayHost host)
    {
        var text = new StringBuilder().AppendLine($"{Software.NameAndVersion} is running. Ctrl-C stops it.").AppendLine();
        AddPage(text, host);
        AddTerminal(text, host);
        return text.AppendLine($"  Key fingerprint (SHA-256)  {Convert.ToHexStringLower(host.CertificateHash.Span)}").ToString();
    }

    private static void AddPage(StringBuilder text, GatewayHost host)
    {
        if (host.Links.Here is not { } here)
            return;
        if (!host.HasPage)
        {
            text.AppendLine("  Without the page in the browser: this gateway was built with BuildPage=false.").AppendLine();
            return;
        }

        text.AppendLine($"  Open {here} in a browser.").AppendLine();
        if (host.Links.Page is not { } link)
            return;
        text.AppendLine("  A friend opens").AppendLine($"    {link}");
        if (host.IsCertificateSelfMade)
            text.AppendLine("    The browser warns once of the self-made certificate, unless tls.certificate is set.");
        text.AppendLine();
    }

    private static void AddTerminal(StringBuilder text, GatewayHost host)
    {
        if (host.Tcp is { } tcp)
            text.AppendLine($"  In a terminal, on this machine:  {Client}{(tcp.Port == 4600 ? "" : $" -- 127.0.0.1:{tcp.Port}")}");
        if (host.Links.Terminal is { } link)
            text.AppendLine("  In a terminal, a friend:").AppendLine($"    {Client} -- \"{link}\"");
        if (host.TcpPlain is { } plain)
            text.AppendLine($"  Without TLS, this machine only:  plain://{plain}");
        if ((host.Tcp ?? host.TcpPlain) is not null)
            text.AppendLine();
    }
}
