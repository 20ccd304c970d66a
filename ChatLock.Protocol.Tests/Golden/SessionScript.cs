using System.Text.Json.Serialization;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>vectors/sessions/client.json. Its README says what the fields are.</summary>
internal sealed record SessionScriptFile(IReadOnlyList<SessionScript> Scripts);

/// <summary>What happens to one client's session, in order, and what follows.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Start">The name to ask for from the start, or null.</param>
/// <param name="Resume">Where an earlier connection ended; absent for the first.</param>
/// <param name="Steps">In order.</param>
internal sealed record SessionScript(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Start,
    ResumePointText? Resume,
    IReadOnlyList<SessionStep> Steps);

/// <summary>One input; the effects, the phase and the session's name after it, and the resume point where it changed.</summary>
internal sealed record SessionStep(
    SessionInputText Input,
    IReadOnlyList<SessionEffectText> Effects,
    string Phase,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    ResumePointText? Resume);

/// <summary>A ResumePoint, spelled for every language.</summary>
/// <param name="Token">Hex; empty for none.</param>
/// <param name="Positions">In the table's order.</param>
internal sealed record ResumePointText(string Token, IReadOnlyList<PositionText> Positions);

/// <summary>A Position; 64-bit numbers are decimal strings.</summary>
internal sealed record PositionText(string Room, string Epoch, string Sequence);

/// <summary>A ClientInput, spelled for every language.</summary>
internal sealed record SessionInputText(string Type)
{
    public long? Tag { get; init; }

    public string? Name { get; init; }

    /// <summary>The body of a ServerFrame (received) or of a ClientFrame without its ref (ask).</summary>
    public string? Frame { get; init; }
}

/// <summary>A ClientEffect, spelled for every language. 64-bit numbers are decimal strings.</summary>
internal sealed record SessionEffectText(string Type)
{
    public string? Name { get; init; }

    public string? Ref { get; init; }

    public ResumePointText? Resume { get; init; }

    public bool? Resumed { get; init; }

    public string? Frame { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<string>? Suggestions { get; init; }

    public long? Tag { get; init; }

    public string? Room { get; init; }

    public string? Sequence { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<long>? Unanswered { get; init; }
}
