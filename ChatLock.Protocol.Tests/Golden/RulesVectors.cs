using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using static ChatLock.Protocol.Tests.Golden.RoomVectors;
using static ChatLock.Protocol.Wire.RoomActKind;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Makes vectors/rooms/rules.json: alice owns the room.</summary>
internal static class RulesVectors
{
    private sealed record Step(RoomActKind Kind, string? Target, string By = "alice", uint Seconds = 0, string? Envelope = null, ulong? Number = null);

    public static RulesVectorFile All { get; } = new(
    [
        Story("nothing was done"),
        Story("nobody owns the lobby", owner: null, new Step(Kick, "bob"), new Step(Topic, null)),
        Story("the owner does everything", "alice",
            new Step(Topic, null, Envelope: "topic"), new Step(SlowMode, null, Seconds: 30), new Step(Kick, "bob"), new Step(Ban, "carol"),
            new Step(Mute, "dave", Seconds: 60), new Step(Mute, "eve"), new Step(Op, "frank")),
        Story("what is undone is not in force", "alice",
            new Step(Ban, "bob"), new Step(Unban, "bob"), new Step(Mute, "bob"), new Step(Unmute, "bob"), new Step(Op, "bob"), new Step(Deop, "bob"),
            new Step(SlowMode, null, Seconds: 5), new Step(SlowMode, null), new Step(Topic, null, Envelope: "topic"), new Step(Topic, null)),
        Story("the last of a kind counts", "alice",
            new Step(Topic, null, Envelope: "one"), new Step(Topic, null, Envelope: "two"), new Step(SlowMode, null, Seconds: 5),
            new Step(SlowMode, null, Seconds: 9), new Step(Mute, "bob", Seconds: 5), new Step(Mute, "bob", Seconds: 9)),
        Story("others may do nothing", "alice",
            new Step(Kick, "carol", "bob"), new Step(Ban, "carol", "bob"), new Step(Op, "bob", "bob"), new Step(Topic, null, "bob"), new Step(Unban, "bob", "bob")),
        Story("an op may do what isn't about ops", "alice",
            new Step(Op, "bob"), new Step(Kick, "carol", "bob"), new Step(Ban, "carol", "bob"), new Step(Topic, null, "bob", Envelope: "topic"),
            new Step(SlowMode, null, "bob", Seconds: 3), new Step(Op, "dave", "bob"), new Step(Op, "eve"), new Step(Kick, "eve", "bob"),
            new Step(Deop, "eve", "bob"), new Step(Ban, "alice", "bob"), new Step(Mute, "alice", "bob"), new Step(Kick, "bob", "bob"), new Step(Unban, "carol", "bob")),
        Story("an op lays the right down", "alice", new Step(Op, "bob"), new Step(Deop, "bob", "bob"), new Step(Kick, "carol", "bob")),
        Story("the owner can't be acted on, not even by the owner", "alice", new Step(Op, "alice"), new Step(Deop, "alice"), new Step(Kick, "alice"), new Step(Ban, "alice")),
        Story("what a former op did stays, with the proof that he was one", "alice",
            new Step(Op, "bob"), new Step(Ban, "carol", "bob"), new Step(Mute, "dave", "bob"), new Step(Deop, "bob"), new Step(Ban, "eve", "bob"), new Step(Unmute, "dave")),
        Story("an op who is banned can do nothing until the ban is over", "alice",
            new Step(Op, "bob"), new Step(Ban, "carol", "bob"), new Step(Ban, "bob"), new Step(Unban, "bob", "bob"), new Step(Unban, "bob"), new Step(Kick, "dave", "bob")),
        Story("opped, dismissed and opped again", "alice",
            new Step(Op, "bob"), new Step(Ban, "carol", "bob"), new Step(Deop, "bob"), new Step(Op, "bob"), new Step(Ban, "dave", "bob"), new Step(Deop, "bob")),
        Story("numbers are without gaps, and a second time is stale", "alice",
            new Step(Kick, "bob", Number: 2), new Step(Kick, "bob", Number: 1), new Step(Kick, "bob", Number: 1), new Step(Ban, "bob", Number: 3), new Step(Ban, "bob", Number: 2)),
        Story("who may not is told so, whatever the number", "alice", new Step(Kick, "carol", "bob", Number: 7)),
        Story("a kick is over when it is done", "alice", new Step(Kick, "bob"), new Step(Kick, "bob")),
        Story("as many as a room keeps", "alice",
            [.. Enumerable.Range(0, RoomRules.ActsMax + 1).Select(at => new Step(Ban, $"key {at}")), new Step(Unban, "key 0"), new Step(Ban, "key 1000")]),
        Story("misshapen acts change nothing", "alice", new Step(Topic, "bob"), new Step(Kick, null), new Step(Unspecified, "bob")),
    ]);

    public static RulesState StateOf(RoomRules rules) => new(
        $"{rules.LastAct}", [.. rules.InForce.Select(act => $"{act.Number}")], Sorted(rules.Ops), Sorted(rules.Banned),
        [.. rules.MutedUntilMs.OrderBy(mute => Hex(mute.Key), StringComparer.Ordinal).Select(mute => new MuteVector(Hex(mute.Key), $"{mute.Value}"))],
        rules.SlowModeSeconds, rules.Topic is { } topic ? $"{topic.Number}" : null);

    public static string Spelled(ActProblem problem) => problem switch
    {
        ActProblem.None => "none",
        ActProblem.Stale => "stale",
        ActProblem.NotAllowed => "not-allowed",
        _ => "too-many",
    };

    private static RulesVector Story(string comment, string? owner = "alice", params IReadOnlyList<Step> steps)
    {
        var rules = RoomRules.Of(owner is null ? null : KeyOf(owner));
        var told = new List<RulesStep>();
        foreach (var step in steps)
        {
            var act = Act(step.Kind, step.Number ?? rules.LastAct + 1, step.Target, step.Seconds, step.Envelope, step.By, time: 1_000 * (told.Count + 1));
            var problem = rules.Check(act);
            told.Add(new RulesStep(RoomVectors.Spelled(act), Spelled(problem)));
            if (problem == ActProblem.None)
                rules = rules.Apply(act);
        }
        return new RulesVector(comment, owner is null ? null : Hex(KeyOf(owner)), told, StateOf(rules));
    }

    private static List<string> Sorted(IEnumerable<Fingerprint> keys) => [.. keys.Select(Hex).Order(StringComparer.Ordinal)];
}
