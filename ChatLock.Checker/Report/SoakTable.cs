using System.Globalization;
using ChatLock.Checker.Checking;
using ChatLock.Checker.Soak;

namespace ChatLock.Checker.Report;

/// <summary>A soak's figures for people, and in one line for a test's log.</summary>
internal static class SoakTable
{
    public static IEnumerable<string> Lines(SoakResult result)
    {
        var (verdict, tally) = (result.Verdict, result.Verdict.Tally);
        (string, object, string)[] rows =
        [
            ("sent", tally.Sent, ""),
            ("acknowledged", tally.Acknowledged, $"{tally.PrivateAcknowledged} private"),
            ("delivered", tally.Delivered, ""),
            ("resumed", tally.Resumed, $"of {tally.Detached} connections lost"),
            ("kills", result.Kills, "kill -9 and restart"),
            ("cuts", result.Faults.GetValueOrDefault("cut"), Others(result.Faults)),
            ("lost", verdict.Count(Promise.NothingLost), ""),
            ("doubled", verdict.Count(Promise.NothingDoubled), ""),
            ("disordered", verdict.Count(Promise.NothingDisordered), ""),
            ("otherwise wrong", verdict.Count(Promise.NothingElse), ""),
            ("violations", verdict.Total, ""),
            ("gaps", tally.Declared + result.PrivateGaps, "deliveries that the server said would not come"),
            ("handed back", result.Failed, "messages that clients gave up"),
            ("unreadable", result.Unreadable, "messages"),
            ("away at the end", result.Away, "clients"),
            ("put out of rooms", result.RoomsLost, "times"),
            ("names given twice", result.NamesGiven, $"{result.NamesRefused} refused"),
            ("signatures verified", tally.SignaturesVerified, "from the wire"),
            ("canaries found", result.Canaries.Count, Scanned(result)),
            ("seconds", (int)result.Took.TotalSeconds, $"seed {result.Seed}"),
        ];
        return rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Item1,-20}{row.Item2,10}  {row.Item3}").TrimEnd());
    }

    public static string Line(SoakResult result)
    {
        var (verdict, tally) = (result.Verdict, result.Verdict.Tally);
        return $"soak: {verdict.Count(Promise.NothingLost) + tally.Declared} lost, {verdict.Count(Promise.NothingDoubled)} doubled, " +
            $"{verdict.Count(Promise.NothingDisordered)} disordered of {tally.Acknowledged} acknowledged messages ({tally.Delivered} deliveries, " +
            $"{tally.Resumed} resumes, {result.Kills} kills, {result.Faults.GetValueOrDefault("cut")} cuts)";
    }

    private static string Others(IReadOnlyDictionary<string, int> faults) =>
        string.Join(", ", faults.Where(pair => pair.Key != "cut").OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {pair.Key}"));

    private static string Scanned(SoakResult result) => (result.SawNames, result.ExpectedNames) switch
    {
        (true, _) => $"in {result.BytesScanned >> 10} KiB, in which names were found",
        (false, true) => $"in {result.BytesScanned >> 10} KiB, in which no name was found either: BLIND",
        (false, false) => $"in {result.BytesScanned >> 10} KiB",
    };
}
