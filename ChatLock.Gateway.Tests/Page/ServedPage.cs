using ChatLock.Gateway.Tests.BadInput;

namespace ChatLock.Gateway.Tests.Page;

/// <summary>One gateway and one browser for all the tests of a class.</summary>
public sealed class ServedPage : IAsyncLifetime, IDisposable
{
    private GatewayRig? _rig;
    private Browser? _browser;

    public GatewayHost Host => _rig!.Host;

    public Browser Browser => _browser!;

    public async Task InitializeAsync()
    {
        _rig = await GatewayRig.StartAsync(Page.Browser.Files);
        _browser = new Browser(_rig.Host);
    }

    public async Task DisposeAsync() => await _rig!.DisposeAsync();

    public void Dispose() => _browser?.Dispose();
}
