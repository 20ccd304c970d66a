using ChatLock.Protocol.Session;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Writes down what a client's session does.</summary>
internal sealed class SessionRun(string? start, ResumePoint? resume = null)
{
    private readonly List<SessionStep> _steps = [];
    private ClientSession _session = new(start, resume ?? ResumePoint.None);

    public ClientPhase Phase => _session.Phase;

    public ResumePoint Resume => _session.Resume;

    public static SessionScript Of(string name, string? start, ResumePoint? resume, IEnumerable<ClientInput> inputs)
    {
        var run = new SessionRun(start, resume);
        foreach (var input in inputs)
            run.On(input);
        return run.As(name);
    }

    public IReadOnlyList<ClientEffect> On(ClientInput input)
    {
        var before = SessionSpelling.Of(_session.Resume);
        (_session, var effects) = _session.On(input);
        var after = SessionSpelling.Of(_session.Resume);
        _steps.Add(new SessionStep(
            SessionSpelling.Of(input),
            [.. effects.Select(effect => SessionSpelling.Of(effect, _session))],
            SessionSpelling.Of(_session.Phase),
            _session.Name,
            before.Token == after.Token && before.Positions.SequenceEqual(after.Positions) ? null : after));
        return effects;
    }

    public SessionScript As(string name) => new(name, start, resume is null ? null : SessionSpelling.Of(resume), _steps);
}
