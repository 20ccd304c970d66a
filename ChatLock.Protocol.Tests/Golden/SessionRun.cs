using ChatLock.Protocol.Session;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Writes down what a client's session does.</summary>
internal sealed class SessionRun(string? start)
{
    private readonly List<SessionStep> _steps = [];
    private ClientSession _session = new(start);

    public ClientPhase Phase => _session.Phase;

    public static SessionScript Of(string name, string? start, IEnumerable<ClientInput> inputs)
    {
        var run = new SessionRun(start);
        foreach (var input in inputs)
            run.On(input);
        return run.As(name);
    }

    public IReadOnlyList<ClientEffect> On(ClientInput input)
    {
        (_session, var effects) = _session.On(input);
        _steps.Add(new SessionStep(
            SessionSpelling.Of(input),
            [.. effects.Select(effect => SessionSpelling.Of(effect, _session))],
            SessionSpelling.Of(_session.Phase),
            _session.Name));
        return effects;
    }

    public SessionScript As(string name) => new(name, start, _steps);
}
