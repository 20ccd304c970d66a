using ChatLock.Checker.Checking;

namespace ChatLock.Checker.Report;

/// <summary>A verdict for people.</summary>
internal static class VerdictText
{
    public static IEnumerable<string> Lines(Verdict verdict, int showMax)
    {
        foreach (var violation in verdict.Violations.Take(showMax))
            yield return violation.ToString();
        if (verdict.Total > showMax)
            yield return $"and {verdict.Total - showMax} more";
        foreach (var (kind, count) in verdict.ByKind)
            yield return $"{kind}: {count}";
        var tally = verdict.Tally;
        yield return $"{tally.Clients} clients, {tally.Rooms} rooms, {tally.Sent} sent, {tally.Acknowledged} acknowledged " +
            $"({tally.PrivateAcknowledged} private), {tally.Delivered} delivered, {tally.Detached} times detached, {tally.Resumed} resumed, " +
            $"{tally.SignaturesVerified} signatures verified";
        yield return $"{verdict.Count(Promise.NothingLost)} lost, {verdict.Count(Promise.NothingDoubled)} doubled, " +
            $"{verdict.Count(Promise.NothingDisordered)} disordered, {verdict.Count(Promise.NothingElse)} otherwise wrong; " +
            $"{tally.Declared} not delivered and said so";
    }
}
