using System.Runtime.InteropServices;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>SIGINT, SIGTERM and SIGHUP (a closed terminal) end the client in good order.</summary>
internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public Signals(Action interrupted) => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal =>
            PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interrupted();
            })),
    ];

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
