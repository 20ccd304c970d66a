using System.Text.Json;
using ChatLock.Crypto.Tests;
using ChatLock.Protocol.Session;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>vectors/sessions: what a client's session makes of what happens to it, the same in every language.</summary>
public sealed class SessionScriptTests
{
    private const string Scripts = "sessions/client.json";

    [Fact]
    public void The_file_is_what_the_table_makes_today() => GoldenFile.AssertIs(Scripts, SessionScripts.All);

    [Fact]
    public void Each_script_goes_as_the_file_says()
    {
        var file = Vectors.Json<SessionScriptFile>(Scripts);
        Assert.All(file.Scripts, script =>
        {
            var run = SessionRun.Of(
                script.Name, script.Start, script.Resume is { } point ? SessionSpelling.Read(point) : null, script.Steps.Select(step => SessionSpelling.Read(step.Input)));
            Assert.Equal(JsonSerializer.Serialize(script), JsonSerializer.Serialize(run));
        });
        Assert.Equal(file.Scripts.Count, file.Scripts.DistinctBy(script => script.Name).Count());
        VectorCounts.Passed(Scripts, file.Scripts.Count);
    }

    [Fact]
    public void Every_phase_meets_every_kind_of_input_and_every_effect_comes_about()
    {
        var table = SessionScripts.All.Scripts.Select(script => script.Name);
        Assert.Equal(
            Enum.GetValues<ClientPhase>().SelectMany(_ => SessionInputs.Kinds, (phase, kind) => $"{SessionSpelling.Of(phase)}: {kind.Name}"),
            table.Where(name => name.Contains(": ", StringComparison.Ordinal)).Take(5 * SessionInputs.Kinds.Count));
        Assert.Equal(
            typeof(ClientEffect).GetNestedTypes().Length,
            SessionScripts.All.Scripts.SelectMany(script => script.Steps).SelectMany(step => step.Effects)
                .Select(effect => effect.Type).Distinct().Count());
    }
}
