using System.Runtime.InteropServices;

namespace ChatLock.ConsoleClient.Modes;

/// <summary>SIGINT, SIGTERM and SIGHUP (a closed terminal) end the client in good order.</summary>
/// <remarks>Made before the terminal goes into raw mode: with the first registration the platform sets the terminal up
/// in its own way.</remarks>
internal sealed class Signals : IDisposable
{
    private static readonly PosixSignal[] Caught = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private readonly PosixSignalRegistration[] _registrations;

    public Signals() => _registrations = [.. Caught.Select(signal => PosixSignalRegistration.Create(signal, On))];

    /// <summary>Called on another thread for each of them.</summary>
    public Action? Came { get; set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        context.Cancel = true;
        Came?.Invoke();
    }
}
